/** The event store in a world: commands become events, events become read models and messages. */
import { describe, expect, test } from 'vitest'
import type { Queue } from '../../../brokers/amqp/queue.ts'
import { EVENTSTORE_FACTS } from '../../../brokers/eventstore/facts.ts'
import { COMMAND_HANDLER_FACTS } from '../../../clients/commandHandler/facts.ts'
import { PROJECTION_FACTS } from '../../../clients/projection/facts.ts'
import { PIPE_FACTS } from '../../../engine/pipe.ts'
import { ARTICLE_COMMANDS, BankRun, bank } from '../../../testing/bank.ts'
import { actAt } from '../../document.ts'

const MS = 1000
const deposit = (amount: number) => `{"type":"Deposit","account":"acc1","amount":${amount}}`

describe('given the commands of the article', () => {
  test('when they run, then the events are the article’s and the balance is 0, 100, 50', () => {
    const run = new BankRun(bank())
    expect(run.events().map(({ stream, type, data }) => ({ stream, type, data }))).toEqual([
      { stream: 'account-acc1', type: 'AccountCreated', data: { id: 'acc1', balance: 0 } },
      { stream: 'account-acc1', type: 'Deposited', data: { account: 'acc1', amount: 100 } },
      { stream: 'account-acc1', type: 'Withdrawn', data: { account: 'acc1', amount: 50 } },
    ])
    expect(run.balances()).toEqual([0, 100, 50])
    expect(run.projection('balance').rows(9)).toEqual([{ account: 'acc1', balance: 50 }])
    expect(run.handler(0).accepted).toBe(3)
  })

  test('when they run at latency 0, then the same happens', () => {
    const run = new BankRun(bank({ latencyMs: 0 }))
    expect(run.balances()).toEqual([0, 100, 50])
    expect(run.projection('balance').rows(9)).toEqual([{ account: 'acc1', balance: 50 }])
    expect(run.relayed()).toEqual([0, 1, 2])
  })

  test('when an event is asked where it comes from, then its parent is the command', () => {
    const run = new BankRun(bank())
    const bodies = run.events().map(({ message }) => {
      return run.world.records.body(run.world.records.messages.parent(message))
    })
    expect(bodies).toEqual(ARTICLE_COMMANDS)
  })

  test('when they are relayed, then a message of each event lies in the queue, in order', () => {
    const run = new BankRun(bank())
    const mail = run.world.part('mail') as Queue
    const { records } = run.world
    const ready = mail.ready(9).map((position) => mail.messageAt(position))
    expect(ready.map((message) => records.body(message))).toEqual([
      '{"type":"AccountCreated","id":"acc1","balance":0}',
      '{"type":"Deposited","account":"acc1","amount":100}',
      '{"type":"Withdrawn","account":"acc1","amount":50}',
    ])
    expect(records.key(ready[0] as number)).toBe('account-acc1')
  })
})

describe('given commands that cannot be carried out', () => {
  test('when they run, then each is rejected with its reason and leaves no event', () => {
    const tellers = [['Order1', '{"type":"Close"}', deposit(5), ...ARTICLE_COMMANDS]]
    const run = new BankRun(bank({ tellers: [[...(tellers[0] ?? []), deposit(0)]] }))
    expect(run.balances()).toEqual([0, 100, 50])
    expect(run.rejections(0)).toEqual([
      expect.stringMatching(/^The command is not JSON/),
      expect.stringMatching(/^Close is not a command/),
      'There is no account acc1. Create it first.',
      'The amount is 0: it must be a whole number above 0.',
    ])
  })

  test('when there is no store, then commands are rejected with what to do', () => {
    const scenario = bank()
    scenario.links = scenario.links.filter(({ id }) => id !== 'accounts0-store')
    const run = new BankRun(scenario)
    expect(run.rejections(0)[0]).toBe('There is no event store. Link the command handler to one.')
    expect(run.events()).toEqual([])
  })
})

describe('given two tellers who write to one account at the same time', () => {
  const tellers = [
    ['{"type":"CreateAccount","account":"acc1"}', deposit(1), deposit(2)],
    ['{"type":"CreateAccount","account":"acc1"}', deposit(10), deposit(20)],
  ]

  test('when both decide on one version, then one conflicts, decides again and loses nothing', () => {
    const run = new BankRun(bank({ tellers, serviceMs: { minMs: 5, maxMs: 5 } }))
    expect(run.facts(EVENTSTORE_FACTS.conflicted).length).toBeGreaterThanOrEqual(3)
    expect(run.events().map(({ version }) => version)).toEqual([0, 1, 2, 3, 4])
    expect(run.balances().at(-1)).toBe(33)
    expect(run.rejections(1)).toEqual(['Account acc1 exists already.'])
  })

  test('when no retry is allowed, then the loser is rejected and its event is nowhere', () => {
    const run = new BankRun(bank({ tellers, serviceMs: { minMs: 5, maxMs: 5 }, retries: 0 }))
    expect(run.rejections(1)).toHaveLength(3)
    expect(run.handler(1).conflicts).toBe(3)
    expect(run.balances()).toEqual([0, 1, 3])
  })
})

describe('given a command handler that crashes', () => {
  const tellers = [[...ARTICLE_COMMANDS, deposit(5)]]

  test('when it is deciding, then the command is lost, nothing is written, and the next one works', () => {
    const script = [
      actAt(2022 * MS, { do: 'crash', node: 'accounts0' }),
      actAt(2900 * MS, { do: 'restart', node: 'accounts0' }),
    ]
    const run = new BankRun(bank({ tellers, serviceMs: { minMs: 50, maxMs: 50 } }), script)
    expect(run.facts(COMMAND_HANDLER_FACTS.lost)).toHaveLength(1)
    expect(run.events().map(({ type }) => type)).toEqual(['AccountCreated', 'Deposited'])
    expect(run.balances()).toEqual([0, 5])
    expect(run.rejections(0)).toEqual(['The balance is 0: 50 cannot be withdrawn.'])
  })

  test('when its append is under way, then the event is written although nobody hears of it', () => {
    const script = [actAt(2035 * MS, { do: 'crash', node: 'accounts0' })]
    const run = new BankRun(bank({ tellers, serviceMs: { minMs: 1, maxMs: 1 } }), script)
    expect(run.balances()).toEqual([0, 100])
    expect(run.handler(0).accepted).toBe(1)
    expect(run.facts(COMMAND_HANDLER_FACTS.lost)).toHaveLength(1)
    expect(run.facts(COMMAND_HANDLER_FACTS.unheard)).toHaveLength(2)
  })

  test('when commands wait in its memory, then each of them is lost', () => {
    const run = new BankRun(bank({ tellers, everyMs: 1, serviceMs: { minMs: 500, maxMs: 500 } }), [
      actAt(100 * MS, { do: 'crash', node: 'accounts0' }),
    ])
    expect(run.facts(COMMAND_HANDLER_FACTS.lost)).toHaveLength(4)
    expect(run.events()).toEqual([])
    expect(run.handler(0).current()).toBe(-1)
  })
})

describe('given a link that is cut', () => {
  test('when the acknowledgement of an append is lost, then the handler asks again and the event is there once', () => {
    const run = new BankRun(bank({ serviceMs: { minMs: 1, maxMs: 1 } }), [
      actAt(2045 * MS, { do: 'cut', link: 'accounts0-store' }),
      actAt(2500 * MS, { do: 'mend', link: 'accounts0-store' }),
    ])
    expect(run.facts(EVENTSTORE_FACTS.repeated)).toHaveLength(1)
    expect(run.balances()).toEqual([0, 100, 50])
    expect(run.handler(0).accepted).toBe(3)
  })

  test('when events could not be pushed, then the projection catches up once the link works again', () => {
    const run = new BankRun(bank(), [
      actAt(1500 * MS, { do: 'cut', link: 'store-balance' }),
      actAt(5000 * MS, { do: 'mend', link: 'store-balance' }),
    ])
    expect(run.projection('balance').rows(9)).toEqual([{ account: 'acc1', balance: 50 }])
  })

  test('when polls are lost, then the relay goes on once the link works again', () => {
    const run = new BankRun(bank(), [
      actAt(1500 * MS, { do: 'cut', link: 'store-relay' }),
      actAt(5000 * MS, { do: 'mend', link: 'store-relay' }),
    ])
    expect(run.relayed()).toEqual([0, 1, 2])
  })
})

describe('given a projection that crashes', () => {
  test('when it starts again, then it goes on from its position and works each event once', () => {
    const run = new BankRun(bank({ serviceMs: { minMs: 300, maxMs: 300 } }), [
      actAt(1700 * MS, { do: 'crash', node: 'balance' }),
      actAt(6000 * MS, { do: 'restart', node: 'balance' }),
    ])
    const projection = run.projection('balance')
    expect(projection.position).toBe(3)
    expect(projection.ledger.count).toBe(3)
    expect(projection.rows(9)).toEqual([{ account: 'acc1', balance: 50 }])
  })

  test('when it dies at work, then what it held in memory is asked for again', () => {
    const run = new BankRun(bank({ everyMs: 100, serviceMs: { minMs: 300, maxMs: 300 } }), [
      actAt(1000 * MS, { do: 'crash', node: 'balance' }),
      actAt(2000 * MS, { do: 'restart', node: 'balance' }),
    ])
    const { facts } = run.world.records
    const asked = run
      .facts(PROJECTION_FACTS.subscribing)
      .filter((at) => facts.node(at) === run.projection('balance').node)
      .map((at) => facts.aux(at))
    expect(asked).toEqual([0, 1])
    expect(run.projection('balance').ledger.count).toBe(3)
  })

  test('when history is longer than a page, then it comes page by page', () => {
    const many = Array.from({ length: 100 }, () => deposit(1))
    const tellers = [['{"type":"CreateAccount","account":"acc1"}', ...many]]
    const run = new BankRun(
      bank({
        tellers,
        everyMs: 100,
        latencyMs: 5,
        serviceMs: { minMs: 1, maxMs: 1 },
        durationMs: 20_000,
      }),
      [
        actAt(10 * MS, { do: 'crash', node: 'balance' }),
        actAt(15_000 * MS, { do: 'restart', node: 'balance' }),
      ],
    )
    expect(run.projection('balance').rows(9)).toEqual([{ account: 'acc1', balance: 100 }])
  })
})

describe('given a relay that crashes between publishing and saving its position', () => {
  test('when it starts again, then it publishes the same event again', () => {
    // The first event is published at 1090 ms and saved 50 ms later.
    const run = new BankRun(bank({ serviceMs: { minMs: 5, maxMs: 5 } }), [
      actAt(1120 * MS, { do: 'crash', node: 'relay' }),
      actAt(1130 * MS, { do: 'restart', node: 'relay' }),
    ])
    expect(run.relayed()).toEqual([0, 0, 1, 2])
  })
})

describe('given a client that dies while something is under way to it', () => {
  test.each([
    ['accounts0', 'accounts0-store', 1025],
    ['balance', 'store-balance', 15],
    ['relay', 'store-relay', 15],
  ])('when it is %s, then that is lost with the connection', (node, link, atMs) => {
    const run = new BankRun(bank(), [actAt(atMs * MS, { do: 'crash', node })])
    const { facts } = run.world.records
    const broken = run.facts(PIPE_FACTS.emptied)
    expect(broken.map((at) => run.world.owner(facts.node(at)))).toEqual([link])
  })
})
