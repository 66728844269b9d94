/** Reactors: effects that a replay repeats, what is remembered, and members of a persistent subscription. */
import { describe, expect, test } from 'vitest'
import type { ProcessManager } from '../../../clients/processManager/processManager.ts'
import type { ProcessManagerSettings } from '../../../clients/processManager/settings.ts'
import type { Action, NodeDoc, Scenario } from '../../document.ts'
import { SCENARIO_FORMAT } from '../../document.ts'
import { World } from '../../world.ts'

const position = { x: 0, y: 0 }

/** Mailers on a store that holds these amounts from the start; they work 100 ms a mail. */
function mailers(settings: Partial<ProcessManagerSettings>[], amounts = [1, 2, 3]): Scenario {
  const nodes: NodeDoc[] = settings.map((rest, i) => ({
    kind: 'processManager',
    id: `mailer${i}`,
    name: `mailer${i}`,
    position,
    process: 'mailer',
    service: { kind: 'fixed', ms: 100 },
    ...rest,
  }))
  return {
    format: SCENARIO_FORMAT,
    title: 'Mailers',
    seed: 1,
    durationMs: 60_000,
    brokers: [{ id: 'store', family: 'eventstore' }],
    nodes: [
      {
        kind: 'eventStore',
        id: 'events',
        name: 'events',
        position,
        broker: 'store',
        contents: [
          {
            stream: 'account-acc1',
            events: amounts.map((amount) => ({
              type: 'Deposited',
              data: { account: 'acc1', amount },
            })),
          },
        ],
      },
      ...nodes,
    ],
    links: nodes.map(({ id }) => ({ id: `to-${id}`, from: 'events', to: id, latencyMs: 0 })),
  }
}

function played(scenario: Scenario, script: Action[] = [], untilMs = 20_000) {
  const world = new World(scenario)
  world.start(script)
  world.run(untilMs * 1000)
  const mailer = (i = 0) => world.part(`mailer${i}`) as ProcessManager
  const mails = (i = 0) => {
    const { ledger } = mailer(i)
    return Array.from({ length: ledger.count }, (_, at) => {
      const body = world.records.body(ledger.messageAt(at))
      return (JSON.parse(body) as { amount: number }).amount
    })
  }
  return { mailer, mails }
}

const at = (ms: number, act: Omit<Action, 'atUs'>): Action =>
  ({ ...act, atUs: ms * 1000 }) as Action

describe('given a mailer', () => {
  test('when it follows the events, then it mails each once, in order', () => {
    expect(played(mailers([{}])).mails()).toEqual([1, 2, 3])
  })

  test('when it goes back to the beginning, then every mail goes out again', () => {
    const again = at(1000, {
      do: 'sourcing',
      node: 'mailer0',
      act: { what: 'rewind', to: 0 },
    } as never)
    expect(played(mailers([{}]), [again]).mails()).toEqual([1, 2, 3, 1, 2, 3])
  })

  test('when it remembers what it has reacted to, then a replay is silent', () => {
    const again = at(1000, {
      do: 'sourcing',
      node: 'mailer0',
      act: { what: 'rewind', to: 0 },
    } as never)
    const { mails, mailer } = played(mailers([{ remembers: true }]), [again])
    expect(mails()).toEqual([1, 2, 3])
    expect(mailer().position).toBe(3)
  })

  test('when it dies between its effect and saving its position, then that mail goes out twice', () => {
    const script = [
      at(150, { do: 'crashAt', node: 'mailer0', point: 'afterEffect' } as never),
      at(1000, { do: 'restart', node: 'mailer0' } as never),
    ]
    expect(played(mailers([{}]), script).mails()).toEqual([1, 2, 2, 3])
  })

  test('when it cannot work on an event, then it stops there until it can', () => {
    const script = [at(5000, { do: 'set', node: 'mailer0', name: 'failOn', value: '' } as never)]
    const scenario = mailers([{ failOn: '"amount":2' }])
    const before = played(scenario, [], 4000)
    expect([before.mails(), before.mailer().isStopped]).toEqual([[1], true])
    expect(played(scenario, script).mails()).toEqual([1, 2, 3])
  })
})

describe('given two mailers in one persistent subscription', () => {
  test('when both are there, then each event goes to one of them', () => {
    const { mails } = played(mailers([{ group: 'g' }, { group: 'g' }], [1, 2, 3, 4]))
    expect([...mails(0), ...mails(1)].sort()).toEqual([1, 2, 3, 4])
    expect(mails(0)).toHaveLength(2)
  })

  test('when one dies, then the other one gets what it held', () => {
    const script = [at(50, { do: 'crash', node: 'mailer0' } as never)]
    const { mails } = played(mailers([{ group: 'g' }, { group: 'g' }], [1, 2, 3, 4]), script)
    expect([...mails(1)].sort()).toEqual([1, 2, 3, 4])
  })

  test('when an event fails always, then it is parked, and goes out when parked events are replayed', () => {
    const scenario = mailers([{ group: 'g', failOn: '"amount":2' }])
    const parked = played(scenario)
    expect([parked.mails(), parked.mailer().group?.parked.length]).toEqual([[1, 3], 1])
    const script = [
      at(5000, { do: 'set', node: 'mailer0', name: 'failOn', value: '' } as never),
      at(6000, { do: 'sourcing', node: 'mailer0', act: { what: 'replayParked' } } as never),
    ]
    const replayed = played(scenario, script)
    expect([replayed.mails(), replayed.mailer().group?.parked.length]).toEqual([[1, 3, 2], 0])
  })
})

describe('given a person who answers an event that a member holds', () => {
  /** The first event goes out at 0 ms and takes 50 ms of work. */
  const answered = (how: 'ack' | 'retry' | 'park' | 'skip', message?: number) => {
    const scenario = mailers([{ group: 'g', maxRetryCount: 1 }, { group: 'g' }])
    const [first = -1] = played(scenario, [], 20).mailer().handed
    const act = { what: 'answerEvent', message: message ?? first, how }
    const script = [at(20, { do: 'sourcing', node: 'mailer1', act } as never)]
    return played(scenario, script)
  }

  test.each([
    ['ack', [1], [], 3],
    ['skip', [1], [], 3],
    ['park', [1], [0], 3],
    ['retry', [1, 1], [], 4],
  ] as const)(
    'when the answer is %s, then it counts in place of the member’s, which has worked on it all the same',
    (how, first, parked, deliveries) => {
      const { mails, mailer } = answered(how)
      expect([...mails(0), ...mails(1)].sort()).toEqual([...first, 2, 3])
      expect(mailer().group).toMatchObject({ parked, deliveries, lag: 0 })
    },
  )

  test('when nobody holds the event, then nothing happens', () => {
    const { mailer } = answered('park', 99)
    expect(mailer().group).toMatchObject({ parked: [], deliveries: 3, lag: 0 })
  })
})

describe('given members of a persistent subscription that cannot work on an amount of 2', () => {
  const group = { group: 'mailers', failOn: '"amount":2' } as const

  test.each([
    ['retry', 'parked, once it was tried too often', [1]],
    ['park', 'parked', [1]],
    ['skip', 'gone', []],
  ] as const)('when they answer %s, then the event is %s in the end', (onFail, _, parked) => {
    const { mailer, mails } = played(mailers([{ ...group, onFail }]))
    expect([mails(), mailer().group?.parked, mailer().group?.lag]).toEqual([[1, 3], parked, 0])
  })

  test('when it may be tried so often, then a member has it once more than that before it is parked', () => {
    const { mailer } = played(mailers([{ ...group, maxRetryCount: 4 }]))
    expect(mailer().group?.deliveries).toBe(3 - 1 + 5)
  })

  test('when a member may hold so many, then it is handed no more than that at once', () => {
    const { mailer } = played(mailers([{ group: 'mailers', bufferSize: 1 }]), [], 50)
    expect([mailer().hand.length, mailer().group?.next]).toEqual([1, 1])
  })

  test('when an event takes longer than it may, then it is tried again while it is at work', () => {
    const slow = { group: 'mailers', messageTimeoutMs: 60, maxRetryCount: 1 }
    const { mailer, mails } = played(mailers([slow], [1]))
    expect([mails(), mailer().group?.parked]).toEqual([[1, 1], [0]])
  })
})

describe('given a persistent subscription on a part of the store', () => {
  test.each([
    ['$ce-account', [1, 2, 3]],
    ['account-acc1', [1, 2, 3]],
    ['$ce-order', []],
    ['account-acc2', []],
  ])('when it is on %s, then its members get the events of that only', (source, expected) => {
    const { mailer, mails } = played(mailers([{ group: 'mailers', source }]))
    expect([mails(), mailer().group?.lag]).toEqual([expected, 0])
  })
})
