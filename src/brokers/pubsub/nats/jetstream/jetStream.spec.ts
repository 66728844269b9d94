/** What holds for JetStream whatever its clients do, and the rules that no recorded case shows. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  archiveOf,
  foldedArchive,
  forgotten,
  restoredArchive,
  resumedArchive,
} from '../../../../testing/folding.ts'
import { NatsBench } from '../../../../testing/natsBench.ts'
import type { ConsumerConfig, StreamConfig } from './config.ts'

const consumer = fc.constantFrom('c', 'd')
const publish = fc.record({
  does: fc.constant('publish' as const),
  subject: fc.constantFrom('s.a', 's.b'),
})
const pull = fc.record({
  does: fc.constant('pull' as const),
  consumer,
  batch: fc.integer({ min: 1, max: 4 }),
})
const answer = fc.record({
  does: fc.constant('answer' as const),
  consumer,
  which: fc.integer({ min: 1, max: 6 }),
  kind: fc.constantFrom(
    'ack' as const,
    'nak' as const,
    'nak' as const,
    'term' as const,
    'progress' as const,
  ),
  delayMs: fc.constantFrom(0, 0, 500),
})
const step = fc.oneof(
  { weight: 6, arbitrary: publish },
  { weight: 8, arbitrary: pull },
  { weight: 8, arbitrary: answer },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      ms: fc.constantFrom(100, 700, 1500),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('leave' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('restart' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const streamConfigs: fc.Arbitrary<Partial<StreamConfig>> = fc.record(
  {
    retention: fc.constantFrom('limits' as const, 'interest' as const, 'workqueue' as const),
    discard: fc.constantFrom('old' as const, 'new' as const),
    maxMessages: fc.integer({ min: 1, max: 5 }),
    maxMessagesPerSubject: fc.integer({ min: 1, max: 3 }),
    maxAgeUs: fc.constant(1_200_000),
  },
  { requiredKeys: [] },
)
const consumerConfigs: fc.Arbitrary<Partial<ConsumerConfig>> = fc.record(
  {
    maxDeliver: fc.integer({ min: 1, max: 3 }),
    maxAckPending: fc.integer({ min: 1, max: 3 }),
  },
  { requiredKeys: [] },
)

function begin(stream: Partial<StreamConfig>, settings: Partial<ConsumerConfig>): NatsBench {
  const bench = new NatsBench()
  const { jetStream } = bench.server
  jetStream.createStream('S', { subjects: ['s.*'], storage: 'file', ...stream })
  const common = { ackWaitUs: 1_000_000, ...settings }
  jetStream.createConsumer('S', 'c', { ...common, filterSubject: 's.a' })
  jetStream.createConsumer('S', 'd', { ...common, filterSubject: 's.b' })
  return bench
}

function play(bench: NatsBench, steps: readonly Step[]): void {
  for (const step of steps) {
    if (step.does === 'publish') bench.publish(step.subject)
    else if (step.does === 'pull') bench.pull(step.consumer, step.batch)
    else if (step.does === 'answer') {
      bench.answer(step.consumer, step.which, step.kind, step.delayMs)
    } else if (step.does === 'wait') bench.waitMs(step.ms)
    else if (step.does === 'leave') bench.server.disconnect('A')
    else bench.server.restart()
  }
}

const runs = fc.array(step, { minLength: 10, maxLength: 60, size: 'max' })

describe('given publishers and consumers that act in any order', () => {
  test('then the fold of the facts, and what a checkpoint restores, are the server itself', () => {
    fc.assert(
      fc.property(streamConfigs, consumerConfigs, runs, runs, (stream, settings, before, after) => {
        const bench = begin(stream, settings)
        play(bench, before)
        const { server, records, build } = bench
        const checkpoint = archiveOf([server])
        const facts = records.facts.count
        play(bench, after)
        const state = archiveOf([server])
        expect(foldedArchive(build, records)).toEqual(state)
        expect(restoredArchive(build, records, state)).toEqual(state)
        expect(forgotten(build, bench.sim, [server])).toEqual([])
        expect(resumedArchive(build, records, checkpoint, facts)).toEqual(state)
      }),
    )
  })

  test('then nothing is sent more often than max deliver allows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), runs, (maxDeliver, steps) => {
        const bench = begin({}, { maxDeliver })
        play(bench, steps)
        const counts = new Map<string, number>()
        for (const { consumer, streamSequence } of bench.deliveries) {
          const id = `${consumer.name} ${streamSequence}`
          counts.set(id, (counts.get(id) ?? 0) + 1)
        }
        for (const count of counts.values()) expect(count).toBeLessThanOrEqual(maxDeliver)
      }),
    )
  })

  test('then a stream without limits keeps all that it acknowledged to publishers', () => {
    fc.assert(
      fc.property(runs, (steps) => {
        const bench = begin({}, {})
        play(bench, steps)
        const stream = bench.server.jetStream.mustStream('S')
        const published = steps.filter(({ does }) => does === 'publish').length
        expect([stream.count, stream.last]).toEqual([published, published])
      }),
    )
  })

  test('then a work queue keeps exactly what is not settled, limits of deliveries or not', () => {
    fc.assert(
      fc.property(runs, (steps) => {
        const bench = begin({ retention: 'workqueue' }, {})
        const settled = new Set<number>()
        for (const step of steps) {
          if (step.does === 'answer' && (step.kind === 'ack' || step.kind === 'term')) {
            const { jetStream } = bench.server
            const found = jetStream.mustConsumer('S', step.consumer)
            if (step.which < found.nextConsumer) settled.add(found.streamSequenceOf(step.which))
          }
          play(bench, [step])
        }
        const stream = bench.server.jetStream.mustStream('S')
        for (let at = 1; at <= stream.last; at++) expect(stream.has(at)).toBe(!settled.has(at))
      }),
    )
  })

  test('then no more are unsettled than max ack pending allows, and floors stay behind deliveries', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), runs, (maxAckPending, steps) => {
        const bench = begin({}, { maxAckPending })
        for (const step of steps) {
          play(bench, [step])
          for (const each of bench.server.jetStream.consumers) {
            expect(each.pending.size).toBeLessThanOrEqual(maxAckPending)
            expect(each.floorConsumer).toBeLessThan(each.nextConsumer)
            expect(each.floorStream).toBeLessThan(each.nextStream)
          }
        }
      }),
    )
  })
})

describe('given a consumer with backoff', () => {
  test('when nothing is acknowledged, then the waits grow and the last one stays', () => {
    const bench = new NatsBench()
    bench.server.jetStream.createStream('S', { subjects: ['s.*'] })
    const backoffUs = [100_000, 300_000, 900_000]
    const settings = { backoffUs, maxDeliver: 5, deliverSubject: 'out' }
    bench.server.jetStream.createConsumer('S', 'c', settings)
    bench.server.subscribe('A', 'out')
    bench.publish('s.a')
    const times: number[] = []
    for (let ms = 0; ms < 4000; ms += 100) {
      if (bench.deliveries.length > times.length) times.push(ms)
      bench.waitMs(100)
    }
    expect(times).toEqual([0, 100, 400, 1300, 2200])
  })
})

describe('given a stream with a window of two seconds for duplicates', () => {
  test('when a checkpoint is restored, then it knows the ids that were known then', () => {
    const bench = begin({ duplicateWindowUs: 2_000_000 }, {})
    bench.publish('s.a', { 'Nats-Msg-Id': 'one' })
    bench.waitMs(1000)
    expect(bench.publish('s.a', { 'Nats-Msg-Id': 'one' }).ack).toMatchObject({ duplicate: true })
    bench.waitMs(1000)
    expect(bench.publish('s.a', { 'Nats-Msg-Id': 'one' }).ack).toMatchObject({ duplicate: false })
  })
})
