/** A member of a group on its own: what it asks of a broker that answers by hand. */
import { describe, expect, test } from 'vitest'
import { LogBroker } from '../../brokers/log/broker.ts'
import type { Assignment } from '../../brokers/log/coordinator.ts'
import { LOG_ERRORS } from '../../brokers/log/errors.ts'
import { Loader, Saver } from '../../engine/archive.ts'
import { Records } from '../../engine/records.ts'
import { Simulation } from '../../engine/simulation.ts'
import { GroupConsumer } from './groupConsumer.ts'
import type { GroupConsumerSettings } from './settings.ts'

const SETTINGS: GroupConsumerSettings = {
  group: 'email',
  service: { kind: 'fixed', ms: 100 },
  maxPollRecords: 10,
  fetchMaxWaitMs: 500,
  commit: 'after',
  offsetReset: 'earliest',
}

/** A consumer whose requests are written down; batches come from a real broker's partition. */
class Bench {
  readonly asked: string[] = []
  readonly records = new Records()
  readonly sim = new Simulation(this.records, 1)
  readonly broker: LogBroker
  readonly consumer: GroupConsumer

  constructor(settings: Partial<GroupConsumerSettings> = {}) {
    this.sim.reserve(2)
    this.broker = new LogBroker(this.sim, 1, { assigned() {}, batch() {}, refused() {} })
    this.consumer = this.make(settings)
    this.broker.createTopic('notifications', 1)
  }

  make(settings: Partial<GroupConsumerSettings> = {}): GroupConsumer {
    const consumer = new GroupConsumer(this.sim, 0, 'a', { ...SETTINGS, ...settings })
    consumer.peers = [consumer]
    consumer.connection = {
      broker: this.broker,
      join: (incarnation) => this.asked.push(`join ${incarnation}`),
      rejoin: () => this.asked.push('rejoin'),
      heartbeat: (generation) => this.asked.push(`heartbeat ${generation}`),
      poll: (generation, lastBatch) => this.asked.push(`poll ${generation} after ${lastBatch}`),
      commit: (_generation, _message, _progress, offset) => this.asked.push(`commit ${offset}`),
      answer: (_message, _progress, offset, how) => this.asked.push(`${how} ${offset}`),
      sendOffsets: () => this.asked.push('offsets'),
      seek: (_progress, to) => (typeof to === 'number' ? to : -1),
      leave: () => this.asked.push('leave'),
      hangUp: () => this.asked.push('hang up'),
    }
    return consumer
  }

  /** The group's progress in the only partition. */
  get progress(): number {
    const [topic] = this.broker.topics
    if (!topic) throw new Error('there is no topic')
    const group = this.broker.ensureGroup('email')
    return this.broker.ensureSubscription(group, topic).progress[0]?.node ?? -1
  }

  assign(offset: number): void {
    const row: Assignment = {
      generation: 1,
      member: -1,
      progress: [this.progress],
      positions: [offset],
    }
    this.consumer.receiveAssignment(this.records.row(row))
    this.runMs(0)
  }

  /** Sends the records from an offset on as a batch, writing them first if need be. */
  deliver(from: number, count: number): void {
    const partition = this.broker.progressAt(this.progress).partition
    while (partition.end < from + count) {
      const body = this.records.strings.id('User {n}')
      partition.append(this.records.messages.addRow(0, body, partition.end + 1, -1, -1, -1, -1))
    }
    const { segments } = this.broker
    segments.book(this.progress, from, count, segments.count)
    this.consumer.receiveBatch(partition.messageAt(from), count, segments.count++)
    this.runMs(0)
  }

  runMs(ms: number): void {
    const untilUs = this.sim.nowUs + ms * 1000
    this.sim.runUntil(untilUs)
    this.sim.nowUs = untilUs
  }

  /** What it asked since the last question. */
  news(): string[] {
    return this.asked.splice(0)
  }
}

/** A member that has just polled for the first time. */
function polling(settings: Partial<GroupConsumerSettings> = {}): Bench {
  const bench = new Bench(settings)
  bench.consumer.start()
  bench.assign(0)
  expect(bench.news()).toEqual(['join 1', 'poll 1 after -1'])
  return bench
}

describe('given a member with a batch', () => {
  test('when its work is done, then it commits, waits for the answer, and polls for what follows', () => {
    const bench = polling()
    bench.deliver(0, 2)
    bench.runMs(199)
    expect(bench.news()).toEqual([])
    bench.runMs(1)
    expect(bench.news()).toEqual(['commit 2'])
    bench.consumer.receiveCommitAnswer(1, -1, LOG_ERRORS.none)
    expect(bench.news()).toEqual([])
    bench.runMs(0)
    expect(bench.news()).toEqual(['poll 1 after 0'])
  })

  test('when it hears of a rebalance, then it finishes, commits, and only then joins again', () => {
    const bench = polling()
    bench.deliver(0, 2)
    bench.consumer.receiveRefusal(1, LOG_ERRORS.rebalanceInProgress)
    bench.runMs(200)
    expect(bench.news()).toEqual(['commit 2'])
    bench.consumer.receiveCommitAnswer(1, -1, LOG_ERRORS.none)
    bench.runMs(0)
    expect(bench.news()).toEqual(['join 1'])
  })

  test('when it commits in the background and hears of a rebalance, then it commits as it gives up', () => {
    const bench = polling({ commit: 'auto' })
    bench.deliver(0, 1)
    bench.consumer.receiveRefusal(1, LOG_ERRORS.rebalanceInProgress)
    bench.runMs(100)
    expect(bench.news()).toEqual(['commit 1', 'join 1'])
  })

  test('when it was expelled meanwhile, then it finishes, does not try to commit, and begins anew', () => {
    const bench = polling()
    bench.deliver(0, 2)
    bench.consumer.receiveRefusal(1, LOG_ERRORS.unknownMemberId)
    bench.runMs(200)
    expect(bench.news()).toEqual(['join 2'])
    expect(bench.consumer.processedCount).toBe(2)
  })

  test('when it crashes, then nothing of it is worked on and it is silent until it starts again', () => {
    const bench = polling()
    bench.deliver(0, 2)
    bench.consumer.crash()
    bench.runMs(10_000)
    expect(bench.news()).toEqual(['hang up'])
    expect(bench.consumer.inHand).toBe(0)
    bench.consumer.restart()
    expect(bench.news()).toEqual(['join 2'])
  })
})

describe('given a member that commits before the work', () => {
  test('when the answer comes, then the work begins; when it is refused, then it never does', () => {
    const bench = polling({ commit: 'before' })
    bench.deliver(0, 2)
    expect(bench.news()).toEqual(['commit 2'])
    bench.runMs(500)
    expect(bench.consumer.processedCount).toBe(0)
    bench.consumer.receiveCommitAnswer(1, -1, LOG_ERRORS.unknownMemberId)
    bench.runMs(500)
    expect(bench.consumer.processedCount).toBe(0)
    expect(bench.news()).toEqual(['join 2'])
  })
})

describe('given a member that waits in a poll', () => {
  test('when time passes, then it gives three signs of life in a session timeout', () => {
    const bench = polling({ sessionTimeoutMs: 6000 })
    bench.runMs(6000)
    expect(bench.news()).toEqual(['heartbeat 1', 'heartbeat 1', 'heartbeat 1'])
  })

  test('when it hears of a rebalance, then it joins again at once', () => {
    const bench = polling()
    bench.consumer.receiveRefusal(1, LOG_ERRORS.rebalanceInProgress)
    bench.runMs(0)
    expect(bench.news()).toEqual(['join 1'])
  })

  test('when it is refused twice for the same run, then it begins anew once', () => {
    const bench = polling()
    bench.consumer.receiveRefusal(1, LOG_ERRORS.unknownMemberId)
    bench.runMs(0)
    bench.consumer.receiveRefusal(1, LOG_ERRORS.unknownMemberId)
    bench.runMs(0)
    expect(bench.news()).toEqual(['join 2'])
  })
})

describe('given a member that works too long', () => {
  test('when max.poll.interval.ms is over, then it leaves, finishes, and begins anew', () => {
    const bench = polling({ service: { kind: 'fixed', ms: 9000 }, maxPollIntervalMs: 4000 })
    bench.deliver(0, 1)
    bench.runMs(9000)
    expect(bench.news()).toEqual([
      'heartbeat 1',
      'heartbeat 1',
      'heartbeat 1',
      'heartbeat 1',
      'leave',
      'join 2',
    ])
  })
})

describe('given a member that has done a record', () => {
  test('when it comes again, even after a crash, then it is marked', () => {
    const bench = polling()
    bench.deliver(0, 1)
    bench.runMs(100)
    bench.consumer.crash()
    bench.consumer.restart()
    bench.assign(0)
    bench.deliver(0, 2)
    const { consumer } = bench
    expect([1, 2].map((place) => consumer.isRedelivered(place))).toEqual([true, false])
  })

  test('when it is restored from a checkpoint, then it still knows', () => {
    const bench = polling()
    bench.deliver(0, 1)
    bench.runMs(100)
    const saver = new Saver()
    bench.consumer.archive(saver)
    const restored = bench.make()
    const loader = new Loader(saver.done())
    restored.archive(loader)
    loader.finish()
    expect(restored.handled.has(bench.progress, 0)).toBe(true)
    expect(restored.phase).toBe('committing')
  })
})
