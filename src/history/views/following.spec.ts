/** Followers of a category or of one stream: what they see of a store, where they stand in it, and after a crash. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventStore } from '../../brokers/eventstore/store.ts'
import type { ProcessManager } from '../../clients/processManager/processManager.ts'
import type { Projection } from '../../clients/projection/projection.ts'
import { type ActionBody, actAt, type Scenario, type Script } from '../../scenario/document.ts'
import { World } from '../../scenario/world.ts'
import { History } from '../history.ts'
import type { ProcessManagerState, ProjectionState } from '../sourcingStates.ts'
import { viewNode } from './index.ts'

const position = { x: 0, y: 0 }
const service = { kind: 'fixed', ms: 20 } as const
const SOURCES = [
  ...['', '$ce-account', 'account-acc1', 'account-acc2', '$ce-cart', 'nothing'],
  ...['$all?type=Deposited', '$all?stream=cart-,account-acc2', '$all?type=Nothing'],
] as const

/** Three streams of two categories, written to in turn, and followers of a source. */
function given(source: string, mode: 'async' | 'inline' = 'async'): Scenario {
  const streams = ['account-acc1', 'cart-1', 'account-acc2']
  const events = (stream: string) => [
    { type: 'AccountCreated', data: { id: stream, balance: 0 } },
    { type: 'Deposited', data: { account: stream, amount: 10 } },
  ]
  const contents = [0, 1].flatMap(() =>
    streams.map((stream) => ({ stream, times: 3, events: events(stream) })),
  )
  const commands = Array.from({ length: 12 }, (_, i) => {
    const account = `acc${(i % 3) + 1}`
    return `{"type":"${i < 3 ? 'CreateAccount' : 'Deposit'}","account":"${account}","amount":5}`
  })
  return {
    format: 'eventarium-scenario/1',
    title: 'followers',
    seed: 1,
    durationMs: 4000,
    brokers: [{ id: 'kurrent', family: 'eventstore' }],
    nodes: [
      {
        ...{ id: 'teller', kind: 'producer', name: 'teller', position },
        arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 100 }, count: 12 },
        bodies: commands,
      },
      {
        ...{ id: 'accounts', kind: 'commandHandler', name: 'accounts', position },
        ...{ domain: 'account', stream: 'account-acc3', service, retries: 3 },
      },
      { id: 'store', kind: 'eventStore', name: 'events', broker: 'kurrent', position, contents },
      {
        ...{ id: 'counts', kind: 'projection', name: 'counts', position },
        ...{ view: 'statement', service, mode, source },
      },
      {
        ...{ id: 'mailer', kind: 'processManager', name: 'mailer', position },
        ...{ process: 'mailer', service, source, remembers: true },
      },
    ],
    links: [
      { id: 'a', from: 'teller', to: 'accounts', latencyMs: 5 },
      { id: 'b', from: 'accounts', to: 'store', latencyMs: 5 },
      { id: 'c', from: 'store', to: 'counts', latencyMs: 30 },
      { id: 'd', from: 'store', to: 'mailer', latencyMs: 30 },
    ],
  }
}

function run(scenario: Scenario, script: Script = []): World {
  const world = new World(scenario)
  world.start(script)
  world.run(world.endUs)
  return world
}

/** Positions in the store of what a source has. */
function positionsOf(store: EventStore, source: string): number[] {
  const all = store.readAll(0, store.count)
  if (source === '') return all
  const [, by, prefixes = ''] = /^\$all\?(type|stream)=(.*)/.exec(source) ?? []
  return all.filter((at) => {
    const { stream, type } = store.log.event(at)
    if (by !== undefined) {
      const text = by === 'type' ? type : stream
      return prefixes.split(',').some((prefix) => text.startsWith(prefix))
    }
    return source.startsWith('$ce-') ? stream.split('-')[0] === source.slice(4) : stream === source
  })
}

function folded(world: World): unknown[] {
  const projection = world.part('counts') as Projection
  return projection.rows(1000).map(({ account, event }) => `${account} ${event}`)
}

describe.each(SOURCES)('given followers of "%s"', (source) => {
  test('when everything is written, then both have seen its events and no others, in order', () => {
    const world = run(given(source))
    const store = world.part('store') as EventStore
    const wanted = positionsOf(store, source)
    const projection = world.part('counts') as Projection
    const manager = world.part('mailer') as ProcessManager
    expect([projection.position, manager.cursor]).toEqual([wanted.length, wanted.length])
    expect(folded(world)).toHaveLength(wanted.length)
    const seen = Array.from({ length: manager.ledger.count }, (_, i) =>
      store.log.firstPosition(manager.ledger.messageAt(i)),
    )
    expect(seen).toEqual(wanted)
    expect(projection.tables.number(0, 'missed')).toBe(0)
  })

  test('when it is written in the transaction, then it is never behind', () => {
    const world = new World(given(source, 'inline'))
    const store = world.part('store') as EventStore
    const projection = world.part('counts') as Projection
    world.start([])
    for (let ms = 200; ms <= 4000; ms += 100) {
      world.run(ms * 1000)
      if (projection.isLive) expect(projection.position).toBe(positionsOf(store, source).length)
    }
  })

  test('when processes crash, links are cut and tables are rebuilt at any time, then the rows are the fold of its events', () => {
    const acts: readonly ActionBody[] = [
      { do: 'crash', node: 'counts' },
      { do: 'restart', node: 'counts' },
      { do: 'crash', node: 'mailer' },
      { do: 'restart', node: 'mailer' },
      { do: 'cut', link: 'c' },
      { do: 'mend', link: 'c' },
      { do: 'cut', link: 'd' },
      { do: 'mend', link: 'd' },
      { do: 'sourcing', node: 'counts', act: { what: 'rebuild', how: 'inPlace' } },
      { do: 'sourcing', node: 'counts', act: { what: 'rebuild', how: 'blueGreen' } },
    ]
    const whole = folded(run(given(source)))
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.constantFrom(...acts)))
    fc.assert(
      fc.property(steps, (drawn) => {
        const after = acts.filter((act) => act.do === 'restart' || act.do === 'mend')
        const script = [
          ...drawn.toSorted((a, b) => a[0] - b[0]),
          ...after.map((act) => [2000, act] as const),
        ]
        const world = run(
          given(source),
          script.map(([ms, act]) => actAt(ms * 1000, act)),
        )
        expect(folded(world)).toEqual(whole)
        const manager = world.part('mailer') as ProcessManager
        expect(manager.cursor).toBe(positionsOf(world.part('store') as EventStore, source).length)
      }),
      { numRuns: 30 },
    )
  })
})

test('given a stream that keeps its last two events, when it is followed, then the follower begins behind what is gone and says what it missed', () => {
  const scenario = given('account-acc1')
  const limit: ActionBody = {
    ...{ do: 'sourcing', node: 'store' },
    act: { what: 'limitStream', stream: 'account-acc1', maxCount: 2, maxAgeMs: null },
  }
  const world = run(scenario, [
    actAt(10_000, { do: 'crash', node: 'counts' }),
    actAt(10_000, { do: 'crash', node: 'mailer' }),
    actAt(20_000, limit),
    actAt(30_000, { do: 'restart', node: 'counts' }),
    actAt(30_000, { do: 'restart', node: 'mailer' }),
  ])
  const projection = world.part('counts') as Projection
  const store = world.part('store') as EventStore
  const size = positionsOf(store, 'account-acc1').length
  expect(projection.position).toBe(size)
  expect(projection.tables.number(0, 'missed')).toBe(10)
  expect(projection.rows(99)).toHaveLength(size - 10)
  expect((world.part('mailer') as ProcessManager).cursor).toBe(size)
})

test('given followers of a category, when they are looked at, then lag counts its events and the place in the store is told', () => {
  const history = new History(given('$ce-account'), [])
  while (!history.done) history.advance()
  history.seek({ atUs: 100_000 })
  const state = (id: string) => {
    const doc = history.viewed.scenario.nodes.find((node) => node.id === id)
    return doc && viewNode(history.viewed, doc)
  }
  const store = history.viewed.part('store') as unknown as EventStore
  const all = positionsOf(store, '$ce-account')
  for (const id of ['counts', 'mailer']) {
    const seen = state(id) as ProjectionState | ProcessManagerState
    expect(seen.position).toBeGreaterThan(0)
    expect(seen.lag).toBe(all.length - seen.position)
    expect(seen.reached).toBe((all[seen.position - 1] as number) + 1)
    expect(seen.source).toBe('$ce-account')
  }
})
