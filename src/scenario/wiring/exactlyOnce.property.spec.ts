/** What a group promises that reads, works and writes in transactions: over random crashes, cuts, slowness and deaths of brokers. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Topic } from '../../brokers/log/topic.ts'
import {
  type Action,
  actAt,
  type NodeOf,
  SCENARIO_FORMAT,
  type Scenario,
  type Script,
} from '../document.ts'
import { World } from '../world.ts'

const position = { x: 0, y: 0 }
const RECORDS = 30
const TROUBLE_MS = 12_000
const END_MS = 150_000

const MEMBERS = ['a', 'b']
const LINKS = ['read-a', 'read-b', 'write-a', 'write-b']

const trouble = fc.record({
  atMs: fc.integer({ min: 200, max: TROUBLE_MS }),
  forMs: fc.integer({ min: 100, max: 6000 }),
  who: fc.constantFrom(...MEMBERS),
  link: fc.constantFrom(...LINKS),
  what: fc.constantFrom(
    'crash' as const,
    'cut' as const,
    'slow' as const,
    'close' as const,
    'stall' as const,
    'kill' as const,
  ),
})
const setting = fc.record({
  seed: fc.nat(),
  partitions: fc.integer({ min: 1, max: 3 }),
  latencyMs: fc.constantFrom(0, 5, 120),
  serviceMs: fc.constantFrom(1, 80, 300),
  maxPollRecords: fc.constantFrom(1, 3, 6),
  // Longer than any batch takes, shorter than some cuts last.
  transactionTimeoutMs: fc.constantFrom(4000, 60_000),
  failureRate: fc.constantFrom(0, 0.2),
  terms: fc.record(
    {
      assignor: fc.constantFrom('range', 'cooperative-sticky'),
      protocol: fc.constantFrom('classic', 'consumer'),
      staticMember: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  troubles: fc.array(trouble, { maxLength: 6 }),
})
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never

function scenarioOf(given: Setting, commit: 'transaction' | 'after'): Scenario {
  const { latencyMs } = given
  const topic = (id: string): NodeOf<'topic'> => ({
    kind: 'topic',
    id,
    name: id,
    broker: 'kafka',
    position,
    partitions: given.partitions,
    replicationFactor: 2,
    minInsyncReplicas: 1,
    replicaFetchMs: 50,
  })
  return {
    format: SCENARIO_FORMAT,
    title: 'exactly once',
    seed: given.seed,
    durationMs: END_MS,
    brokers: [{ id: 'kafka', family: 'log', brokers: 2, brokerSessionMs: 700 }],
    nodes: [
      {
        kind: 'producer',
        id: 'shop',
        name: 'shop',
        position,
        arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 300 }, count: RECORDS },
        bodies: ['Order {n}'],
        keys: { kind: 'turn', of: ['p', 'q', 'r', 's'] },
        acks: 'all',
        requestTimeoutMs: 900,
        idempotent: true,
      },
      topic('orders'),
      ...MEMBERS.map(
        (id): NodeOf<'groupConsumer'> => ({
          kind: 'groupConsumer',
          id,
          name: id,
          position,
          group: 'billing',
          service: { kind: 'uniform', minMs: 1, maxMs: given.serviceMs },
          maxPollRecords: given.maxPollRecords,
          fetchMaxWaitMs: 500,
          commit,
          offsetReset: 'earliest',
          sessionTimeoutMs: 1500,
          maxPollIntervalMs: 4000,
          failureRate: given.failureRate,
          onFailure: 'retry',
          transactionTimeoutMs: given.transactionTimeoutMs,
          ...given.terms,
        }),
      ),
      topic('invoices'),
    ],
    links: [
      { id: 'send', from: 'shop', to: 'orders', latencyMs },
      ...MEMBERS.flatMap((id) => [
        { id: `read-${id}`, from: 'orders', to: id, latencyMs },
        { id: `write-${id}`, from: id, to: 'invoices', latencyMs },
      ]),
    ],
  }
}

/** Each trouble ends, and at last all is well. */
function scriptOf({ troubles }: Setting): Script {
  const actions = troubles.flatMap(({ atMs, forMs, who, link, what }): Action[] => {
    const [fromUs, toUs] = [atMs * 1000, (atMs + forMs) * 1000]
    const at = { broker: 'kafka', index: who === 'a' ? 0 : 1 }
    switch (what) {
      case 'crash':
        return [
          actAt(fromUs, { do: 'crash', node: who }),
          actAt(toUs, { do: 'restart', node: who }),
        ]
      case 'cut':
        return [actAt(fromUs, { do: 'cut', link }), actAt(toUs, { do: 'mend', link })]
      case 'slow':
        return [
          actAt(fromUs, { do: 'slow', node: who, factor: 20 }),
          actAt(toUs, { do: 'slow', node: who, factor: 1 }),
        ]
      case 'close':
        return [
          actAt(fromUs, { do: 'cancel', node: who }),
          actAt(toUs, { do: 'consume', node: who }),
        ]
      case 'stall':
        return [actAt(fromUs, { do: 'stall', node: who })]
      default:
        return [
          actAt(fromUs, { do: 'killBroker', ...at }),
          actAt(toUs, { do: 'startBroker', ...at }),
        ]
    }
  })
  const last = (TROUBLE_MS + 7000) * 1000
  for (const link of LINKS) actions.push(actAt(last, { do: 'mend', link }))
  for (const node of MEMBERS) {
    actions.push(actAt(last, { do: 'restart', node }))
    actions.push(actAt(last, { do: 'slow', node, factor: 1 }))
    actions.push(actAt(last + 2_000_000, { do: 'consume', node }))
  }
  return actions
}

/** What readers of committed records find, as the numbers of the orders that it came from. */
function invoices(world: World): number[] {
  const found: number[] = []
  for (const partition of (world.part('invoices') as Topic).partitions) {
    for (let offset = partition.start; offset < partition.readEnd(true); offset++) {
      if (!partition.isReadable(offset, true)) continue
      const body = world.records.body(partition.messageAt(offset))
      found.push(Number(body.replace('Order ', '')))
    }
  }
  return found.toSorted((a, b) => a - b)
}

const ALL = Array.from({ length: RECORDS }, (_, i) => i + 1)

function ran(given: Setting, commit: 'transaction' | 'after'): World {
  const world = new World(scenarioOf(given, commit))
  world.start(scriptOf(given))
  world.run(world.endUs)
  return world
}

/** b takes over while the transaction of a, which died before it could commit, holds the group's offset. */
const TAKEN_OVER: Setting = {
  seed: 0,
  partitions: 1,
  latencyMs: 0,
  serviceMs: 1,
  maxPollRecords: 1,
  transactionTimeoutMs: 4000,
  failureRate: 0,
  terms: {},
  troubles: [
    { atMs: 376, forMs: 3124, who: 'a', link: 'read-a', what: 'crash' },
    { atMs: 3701, forMs: 100, who: 'b', link: 'read-a', what: 'close' },
  ],
}

describe('given a group that writes and commits in transactions', () => {
  test('when anything fails, then a reader of committed records finds each result once', () => {
    fc.assert(
      fc.property(setting, (given) => {
        expect(invoices(ran(given, 'transaction'))).toEqual(ALL)
      }),
      { numRuns: 100, examples: [[TAKEN_OVER]] },
    )
  })

  test('when the facts are folded, then the viewed world is the one that ran, at every moment', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const scenario = scenarioOf(given, 'transaction')
        const live = new World(scenario)
        live.start(scriptOf(given))
        const states: { count: number; state: Uint8Array }[] = []
        for (let us = 0; us <= 30_000_000; us += 1_300_000) {
          live.run(us)
          states.push({ count: live.records.facts.count, state: live.save() })
        }
        const viewed = new World(scenario, live.records)
        let at = 0
        for (const { count, state } of states) {
          while (at < count) viewed.sim.applyFact(at++)
          expect(viewed.save()).toEqual(state)
        }
      }),
      { numRuns: 25 },
    )
  })
})

test('given a group that commits after the work, when a member dies before the commit, then results come twice', () => {
  const given: Setting = {
    seed: 1,
    partitions: 1,
    latencyMs: 5,
    serviceMs: 300,
    maxPollRecords: 6,
    transactionTimeoutMs: 60_000,
    failureRate: 0,
    terms: {},
    troubles: [4000, 6100, 8300].map((atMs) => ({
      atMs,
      forMs: 100,
      who: 'a',
      link: 'read-a',
      what: 'crash',
    })),
  }
  const found = invoices(ran(given, 'after'))
  expect(found.length).toBeGreaterThan(RECORDS)
  expect([...new Set(found)]).toEqual(ALL)
})
