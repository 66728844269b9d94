/** What replicated logs and their producers promise, over random settings, losses, cuts and deaths of brokers. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DURABLE_FACTS } from '../../brokers/log/durable/facts.ts'
import { LOG_FACTS } from '../../brokers/log/facts.ts'
import type { Partition } from '../../brokers/log/partition.ts'
import type { Topic } from '../../brokers/log/topic.ts'
import { SENDER_FACTS } from '../../clients/producer/batching/facts.ts'
import { PRODUCER_FACTS } from '../../clients/producer/facts.ts'
import type { ProducerSettings } from '../../clients/producer/settings.ts'
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
const RECORDS = 40
const END_MS = 120_000

const trouble = fc.record({
  atMs: fc.integer({ min: 200, max: 12_000 }),
  forMs: fc.integer({ min: 100, max: 6000 }),
  index: fc.nat(2),
  what: fc.constantFrom('kill' as const, 'isolate' as const, 'cut' as const, 'crash' as const),
})
const setting = fc.record({
  seed: fc.nat(),
  partitions: fc.integer({ min: 1, max: 3 }),
  latencyMs: fc.constantFrom(0, 5, 120),
  lingerMs: fc.constantFrom(0, 50, 700),
  batchBytes: fc.constantFrom(1, 24, 16_384),
  maxInFlight: fc.constantFrom(1, 3, 5),
  lossRate: fc.constantFrom(0, 0.1, 0.3),
  keyed: fc.boolean(),
  retentionMs: fc.constantFrom(undefined, 3000),
  troubles: fc.array(trouble, { maxLength: 5 }),
})
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never

function scenarioOf(
  given: Setting,
  producer: Partial<ProducerSettings>,
  topic: Partial<NodeOf<'topic'>> = {},
): Scenario {
  const { seed, partitions, latencyMs, lingerMs, batchBytes, maxInFlight, lossRate } = given
  return {
    format: SCENARIO_FORMAT,
    title: 'replicated',
    seed,
    durationMs: END_MS,
    brokers: [{ id: 'kafka', family: 'log', brokers: 3, brokerSessionMs: 700 }],
    nodes: [
      {
        kind: 'producer',
        id: 'shop',
        name: 'shop',
        position,
        arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 200 }, count: RECORDS },
        bodies: ['Order {n}'],
        ...(given.keyed && { keys: { kind: 'turn', of: ['p', 'q', 'r', 's'] } as const }),
        lingerMs,
        batchBytes,
        maxInFlight,
        lossRate,
        requestTimeoutMs: 900,
        deliveryTimeoutMs: 60_000,
        backoffMs: 100,
        ...producer,
      },
      {
        kind: 'topic',
        id: 'orders',
        name: 'orders',
        broker: 'kafka',
        position,
        partitions,
        replicationFactor: 3,
        minInsyncReplicas: 2,
        replicaLagMs: 1500,
        replicaFetchMs: 60,
        segmentBytes: 30,
        checkMs: 500,
        ...(given.retentionMs !== undefined && { retentionMs: given.retentionMs }),
        ...topic,
      },
    ],
    links: [{ id: 'send', from: 'shop', to: 'orders', latencyMs }],
  }
}

/** Each trouble ends, so that what is tried again can succeed. */
function scriptOf({ troubles }: Setting, crashes: boolean): Script {
  const actions = troubles.flatMap(({ atMs, forMs, index, what }): Action[] => {
    const [fromUs, toUs] = [atMs * 1000, (atMs + forMs) * 1000]
    const at = { broker: 'kafka', index }
    if (what === 'kill') {
      return [actAt(fromUs, { do: 'killBroker', ...at }), actAt(toUs, { do: 'startBroker', ...at })]
    }
    if (what === 'isolate') {
      return [
        actAt(fromUs, { do: 'isolateBroker', ...at }),
        actAt(toUs, { do: 'rejoinBroker', ...at }),
      ]
    }
    if (what === 'cut') {
      return [actAt(fromUs, { do: 'cut', link: 'send' }), actAt(toUs, { do: 'mend', link: 'send' })]
    }
    if (!crashes) return []
    return [
      actAt(fromUs, { do: 'crash', node: 'shop' }),
      actAt(toUs, { do: 'restart', node: 'shop' }),
    ]
  })
  return actions
}

class Run {
  readonly world: World
  constructor(scenario: Scenario, script: Script) {
    this.world = new World(scenario)
    this.world.start(script)
    this.world.run(this.world.endUs)
  }
  get partitions(): readonly Partition[] {
    return (this.world.part('orders') as Topic).partitions
  }
  messages(kind: number): number[] {
    const found: number[] = []
    const { facts } = this.world.records
    facts.each(0, facts.count, (_us, k, _node, message) => {
      if (k === kind) found.push(message)
    })
    return found
  }
  count(kind: number): number {
    return this.messages(kind).length
  }
  /** What is in a partition, oldest first; control records left out. */
  contents(partition: Partition, committedOnly = false): number[] {
    const listed: number[] = []
    for (let offset = partition.start; offset < partition.end; offset++) {
      if (partition.isReadable(offset, committedOnly)) listed.push(partition.messageAt(offset))
    }
    return listed
  }
}

function twice(messages: readonly number[]): number[] {
  return messages.filter((message, at) => messages.indexOf(message) !== at)
}

/** Records without loss, duplicate or disorder, by partition. */
function inOrder(messages: readonly number[]): boolean {
  return messages.every((message, at) => at === 0 || (messages[at - 1] as number) < message)
}

describe('given random settings and troubles', () => {
  test('when acks=all and elections are clean, then nothing that was acknowledged is lost', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const run = new Run(
          scenarioOf({ ...given, retentionMs: undefined }, { acks: 'all' }),
          scriptOf(given, true),
        )
        const there = new Set(run.partitions.flatMap((partition) => run.contents(partition)))
        const acknowledged = run.messages(PRODUCER_FACTS.confirmed)
        expect(acknowledged.filter((message) => !there.has(message))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('when the producer is idempotent, then no record is in the log twice, and each partition is in order', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const run = new Run(
          scenarioOf({ ...given, retentionMs: undefined }, { idempotent: true }),
          scriptOf(given, false),
        )
        for (const partition of run.partitions) {
          const messages = run.contents(partition)
          expect(twice(messages)).toEqual([])
          expect(inOrder(messages)).toBe(true)
        }
        expect(run.count(PRODUCER_FACTS.confirmed) + run.count(PRODUCER_FACTS.gaveUp)).toBe(RECORDS)
      }),
      { numRuns: 60 },
    )
  })

  test('when it writes in transactions, then read_committed shows whole transactions only, and none that was aborted', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const run = new Run(
          scenarioOf(
            { ...given, retentionMs: undefined },
            { transaction: 4, abortRate: 0.3, transactionTimeoutMs: 30_000 },
          ),
          scriptOf(given, false),
        )
        const aborted = abortedMessages(run)
        for (const partition of run.partitions) {
          const committed = run.contents(partition, true)
          expect(committed.filter((message) => aborted.has(message))).toEqual([])
          expect(twice(committed)).toEqual([])
          expect(partition.readEnd(true)).toBeLessThanOrEqual(partition.readEnd(false))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('when anything happens, then offsets are dense, a record that is committed never changes, and the watermark is below the end', () => {
    fc.assert(
      fc.property(setting, fc.constantFrom('0', '1', 'all'), (given, acks) => {
        const { world } = new Run(scenarioOf(given, { acks }), scriptOf(given, true))
        const { facts } = world.records
        const ends = new Map<number, number>()
        const marks = new Map<number, number>()
        facts.each(0, facts.count, (_us, kind, node, _message, aux) => {
          if (kind === LOG_FACTS.appended) {
            expect(aux).toBe(ends.get(node) ?? 0)
            ends.set(node, aux + 1)
            // What is below the watermark is there for good: its offset is never given again.
            expect(aux).toBeGreaterThanOrEqual(marks.get(node) ?? 0)
          } else if (kind === DURABLE_FACTS.leaderElected) {
            const { end, clean } = world.records.rowAt<{ end: number; clean: boolean }>(aux)
            expect(clean).toBe(true)
            expect(end).toBeGreaterThanOrEqual(marks.get(node) ?? 0)
            ends.set(node, end)
          } else if (kind === DURABLE_FACTS.watermarkAdvanced) {
            expect(aux).toBeLessThanOrEqual(ends.get(node) ?? 0)
            expect(aux).toBeGreaterThan(marks.get(node) ?? 0)
            marks.set(node, aux)
          }
        })
      }),
      { numRuns: 60 },
    )
  })

  test('when the facts are folded, then the viewed world is the one that ran, at every moment', () => {
    fc.assert(
      fc.property(
        setting,
        fc.constantFrom(
          { acks: '1' as const },
          { idempotent: true },
          { transaction: 3, abortRate: 0.5 },
        ),
        fc.constantFrom({}, { uncleanLeaderElection: true, minInsyncReplicas: 1 }),
        (given, producer, topic) => {
          const scenario = scenarioOf(given, producer, topic)
          const live = new World(scenario)
          live.start([
            ...scriptOf(given, true),
            actAt(3_000_000, { do: 'addPartitions', topic: 'orders', count: 2 }),
            actAt(4_000_000, { do: 'duplicateSend', node: 'shop' }),
            ...(
              [
                ['retentionMs', 900],
                ['minInsyncReplicas', 2],
                ['uncleanLeaderElection', true],
                ['retentionMs', null],
                ['cleanup', 'compact'],
              ] as const
            ).map(([name, value], i) =>
              actAt(5_000_000 + i * 1_500_000, { do: 'alterTopic', topic: 'orders', name, value }),
            ),
          ])
          const states: { count: number; state: Uint8Array }[] = []
          for (let us = 0; us <= 20_000_000; us += 1_300_000) {
            live.run(us)
            states.push({ count: live.records.facts.count, state: live.save() })
          }
          const viewed = new World(scenario, live.records)
          let at = 0
          for (const { count, state } of states) {
            while (at < count) viewed.sim.applyFact(at++)
            expect(viewed.save()).toEqual(state)
          }
          const early = states[1]
          if (!early) return
          viewed.restore(early.state)
          for (at = early.count; at < live.records.facts.count; at++) viewed.sim.applyFact(at)
          expect(viewed.save()).toEqual(live.save())
        },
      ),
      { numRuns: 40 },
    )
  })
})

/** Records of transactions that their producer aborted, by the facts. */
function abortedMessages(run: Run): Set<number> {
  const aborted = new Set<number>()
  let open: number[] = []
  const { facts } = run.world.records
  facts.each(0, facts.count, (_us, kind, _node, message, aux) => {
    if (kind === SENDER_FACTS.batched) open.push(message)
    else if (kind === SENDER_FACTS.transactionEnding) {
      if (aux === 0) for (const each of open) aborted.add(each)
      open = []
    }
  })
  return aborted
}
