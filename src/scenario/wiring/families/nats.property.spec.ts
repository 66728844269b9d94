/** What NATS and JetStream promise, under crashes, cuts, lost messages, restarts and answers by hand. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NATS_FACTS } from '../../../brokers/pubsub/nats/facts.ts'
import type { Consumer, ConsumerRow } from '../../../brokers/pubsub/nats/jetstream/consumer.ts'
import type { Stream } from '../../../brokers/pubsub/nats/jetstream/stream.ts'
import type { Subscription } from '../../../brokers/pubsub/nats/subscription.ts'
import { PRODUCER_FACTS } from '../../../clients/producer/facts.ts'
import { type Action, actAt, type NodeDoc, type Scenario, type Script } from '../../document.ts'
import { World } from '../../world.ts'
import { takeParts } from '../family.ts'
import { parts } from './nats.ts'

takeParts('nats', parts)

const SUBSCRIBERS = ['a', 'b', 'c', 'd']
const LINKS = ['publish', 'keep', 'read', 'to-a', 'to-b', 'to-c', 'pull-c', 'pull-d']

const trouble = fc.record({
  atMs: fc.nat(20_000),
  forMs: fc.nat(5000),
  who: fc.constantFrom(...SUBSCRIBERS),
  link: fc.constantFrom(...LINKS),
  message: fc.nat(40),
  what: fc.constantFrom('offline', 'crash', 'cut', 'lose', 'loseBack', 'nak', 'term', 'restart'),
})
const setting = fc.record({
  seed: fc.nat(),
  latencyMs: fc.constantFrom(0, 5, 150),
  retention: fc.constantFrom('limits' as const, 'workqueue' as const, 'interest' as const),
  push: fc.boolean(),
  limit: fc.constantFrom<{ maxMessages?: number; maxAgeMs?: number }>(
    {},
    { maxMessages: 6 },
    { maxAgeMs: 3000 },
  ),
  ackWaitMs: fc.constantFrom(200, 1500),
  maxDeliver: fc.constantFrom(1, 2, 4),
  /** When a second durable is made: at once, or late. A work queue takes none. */
  otherAtMs: fc.constantFrom(undefined, 3000),
  maxAckPending: fc.constantFrom(1, 3, 20),
  failureRate: fc.constantFrom(0, 0.4),
  onFailure: fc.constantFrom('nak' as const, 'term' as const, 'leave' as const),
  troubles: fc.array(trouble, { maxLength: 10 }),
})
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never

function scriptOf({ troubles }: Setting): Script {
  return troubles.flatMap(({ atMs, forMs, who, link, message, what }): Action[] => {
    const [fromUs, toUs] = [atMs * 1000, (atMs + forMs) * 1000]
    switch (what) {
      case 'offline':
        return [
          actAt(fromUs, { do: 'goOffline', node: who }),
          actAt(toUs, { do: 'comeBack', node: who }),
        ]
      case 'crash':
        return [
          actAt(fromUs, { do: 'crash', node: who }),
          actAt(toUs, { do: 'restart', node: who }),
        ]
      case 'cut':
        return [actAt(fromUs, { do: 'cut', link }), actAt(toUs, { do: 'mend', link })]
      case 'lose':
        return [actAt(fromUs, { do: 'loseNext', link, way: 'with' })]
      case 'loseBack':
        return [actAt(fromUs, { do: 'loseNext', link, way: 'back' })]
      case 'restart':
        return [actAt(fromUs, { do: 'restartBroker', broker: 'nats' })]
      default:
        return [
          actAt(fromUs, {
            do: 'settle',
            node: who,
            message,
            how: what === 'nak' ? 'nak' : 'term',
          }),
        ]
    }
  })
}

function scenarioOf(given: Setting): Scenario {
  const { latencyMs } = given
  const position = { x: 0, y: 0 }
  const part = { broker: 'nats', position }
  const subscriber = (id: string, more: object): NodeDoc => ({
    kind: 'natsSubscriber',
    id,
    name: id,
    position,
    service: { kind: 'fixed', ms: 120 },
    failureRate: given.failureRate,
    onFailure: given.onFailure,
    ...more,
  })
  const { otherAtMs } = given
  const other: NodeDoc = {
    kind: 'natsConsumer',
    id: 'other',
    name: 'o',
    ...part,
    ackWaitMs: given.ackWaitMs,
    maxDeliver: given.maxDeliver,
    ...(otherAtMs !== undefined && { createdAtMs: otherAtMs }),
  }
  const others = given.retention === 'workqueue' ? [] : [other]
  return {
    format: 'eventarium-scenario/1',
    title: 'Promises of NATS',
    seed: given.seed,
    durationMs: 40_000,
    brokers: [{ id: 'nats', family: 'nats' }],
    nodes: [
      {
        kind: 'producer',
        id: 'pub',
        name: 'pub',
        position,
        arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 500 }, count: 40 },
        bodies: ['Order{n}'],
        confirms: true,
        confirmTimeoutMs: 1000,
        onNack: 'retry',
        backoffMs: 200,
        messageIds: true,
      },
      { kind: 'natsServer', id: 'nats', name: 'nats', ...part },
      {
        kind: 'natsStream',
        id: 'stream',
        name: 'S',
        ...part,
        retention: given.retention,
        ...given.limit,
        // No longer than messages are kept.
        ...(given.limit.maxAgeMs && { duplicateWindowMs: given.limit.maxAgeMs }),
      },
      {
        kind: 'natsConsumer',
        id: 'durable',
        name: 'd',
        ...part,
        ackWaitMs: given.ackWaitMs,
        maxDeliver: given.maxDeliver,
        maxAckPending: given.maxAckPending,
        ...(given.push && { push: true, deliverGroup: 'g' }),
      },
      ...(others.length > 0 ? [...others, subscriber('e', {})] : []),
      subscriber('a', { queueGroup: 'q' }),
      subscriber('b', { queueGroup: 'q' }),
      subscriber('c', {}),
      subscriber('d', {}),
    ],
    links: [
      { id: 'publish', from: 'pub', to: 'nats', latencyMs, key: 'orders.new' },
      { id: 'keep', from: 'nats', to: 'stream', latencyMs, key: 'orders.>' },
      { id: 'read', from: 'stream', to: 'durable', latencyMs: 0 },
      { id: 'to-a', from: 'nats', to: 'a', latencyMs, key: 'orders.*' },
      { id: 'to-b', from: 'nats', to: 'b', latencyMs, key: 'orders.>' },
      { id: 'to-c', from: 'nats', to: 'c', latencyMs, key: 'orders.new' },
      { id: 'pull-c', from: 'durable', to: 'c', latencyMs },
      { id: 'pull-d', from: 'durable', to: 'd', latencyMs },
      ...others.flatMap(({ id }) => [
        { id: 'read-other', from: 'stream', to: id, latencyMs: 0 },
        { id: 'pull-e', from: id, to: 'e', latencyMs },
      ]),
    ],
  }
}

function ran(given: Setting): World {
  const world = new World(scenarioOf(given))
  world.start(scriptOf(given))
  world.run(world.endUs, 60_000)
  return world
}

/** Calls `visit` for each fact with the place at which it stands. */
function eachFact(
  { records }: World,
  visit: (kind: number, part: number, message: number, aux: number, timeUs: number) => void,
) {
  records.facts.each(0, records.facts.count, (timeUs, kind, part, message, aux) =>
    visit(kind, part, message, aux, timeUs),
  )
}

describe('given any troubles', () => {
  test('when a message is published to a queue group, then exactly one member that is there gets it', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const world = ran(given)
        const members = new Set<number>()
        let [copies, groupCopies, wasMember] = [0, 0, false]
        const check = () => {
          if (wasMember) expect(groupCopies).toBe(1)
        }
        let open = false
        eachFact(world, (kind, part, _message, aux) => {
          if (kind === NATS_FACTS.subscribed) {
            const row = world.records.rowAt<{ part: number; queue: string }>(aux)
            if (row.queue === 'q') members.add(row.part)
          } else if (kind === NATS_FACTS.unsubscribed) members.delete(part)
          else if (kind === NATS_FACTS.published) {
            ;[open, copies, groupCopies, wasMember] = [true, aux, 0, members.size > 0]
            if (copies === 0) check()
          } else if (kind === NATS_FACTS.delivered && open && copies > 0) {
            if ((world.sim.parts[part] as Subscription).queue === 'q') groupCopies++
            copies--
            if (copies === 0) {
              open = false
              check()
            }
          }
        })
      }),
      { numRuns: 60 },
    )
  })

  test('when a stream has acknowledged a message, then it is there until whom it concerns has settled it, or a limit is reached', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const world = ran(given)
        const stream = world.part('stream') as Stream
        const confirmed = new Set<number>()
        const stored = new Map<number, number>()
        /** By durable, with the sequence that it begins with: what it has settled. */
        const durables = new Map<number, { start: number; settled: Set<number> }>()
        const gone = new Set<number>()
        const { maxMessages = 0, maxAgeMs = 0 } = given.limit
        eachFact(world, (kind, part, message, aux, timeUs) => {
          if (kind === PRODUCER_FACTS.confirmed) confirmed.add(message)
          else if (kind === NATS_FACTS.stored) stored.set(message, aux)
          else if (kind === NATS_FACTS.limited) {
            expect(stored.size - gone.size).toBeGreaterThan(maxMessages || Number.MAX_VALUE)
            gone.add(aux)
          } else if (kind === NATS_FACTS.expired) {
            const ageUs = timeUs - stream.storedUs(aux)
            expect(ageUs).toBeGreaterThanOrEqual(maxAgeMs * 1000 || Number.MAX_VALUE)
            gone.add(aux)
          } else if (kind === NATS_FACTS.acked || kind === NATS_FACTS.terminated) {
            const sequence = (world.sim.parts[part] as Consumer).streamSequenceOf(aux)
            durables.get(part)?.settled.add(sequence)
          } else if (kind === NATS_FACTS.gaveUp) {
            // Max deliver ends its interest as well.
            durables.get(part)?.settled.add(aux)
          } else if (kind === NATS_FACTS.consumerCreated) {
            const row = world.records.rowAt<ConsumerRow>(aux)
            durables.set(row.part, { start: row.start, settled: new Set() })
          } else if (kind === NATS_FACTS.settled) {
            for (const { start, settled } of durables.values()) {
              if (start <= aux) expect(settled).toContain(aux)
            }
            gone.add(aux)
          }
        })
        for (const message of confirmed) {
          const sequence = stored.get(message) ?? -1
          expect(sequence).toBeGreaterThan(0)
          expect(stream.has(sequence) || gone.has(sequence)).toBe(true)
        }
        const isLimited = maxMessages + maxAgeMs > 0
        if (given.retention === 'limits' && !isLimited) expect(gone.size).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  test('when messages go out again, then none more often than max deliver allows', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const world = ran(given)
        const deliveries = new Map<string, number>()
        eachFact(world, (kind, part, _message, aux) => {
          if (kind !== NATS_FACTS.sent) return
          const sequence = (world.sim.parts[part] as Consumer).streamSequenceOf(aux)
          const which = `${part} ${sequence}`
          deliveries.set(which, (deliveries.get(which) ?? 0) + 1)
        })
        for (const count of deliveries.values()) {
          expect(count).toBeLessThanOrEqual(given.maxDeliver)
        }
      }),
      { numRuns: 60 },
    )
  })
})
