/** The numbers of a run agree with the state that it ends in, and with the laws that hold in any run. */
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import type { Exchange } from '../../brokers/amqp/exchange.ts'
import type { Queue } from '../../brokers/amqp/queue.ts'
import type { EventStore } from '../../brokers/eventstore/store.ts'
import type { Group as RedisGroup } from '../../brokers/log/redisStreams/group.ts'
import type { Stream as RedisStream } from '../../brokers/log/redisStreams/stream.ts'
import type { Topic } from '../../brokers/log/topic.ts'
import type { Subscription } from '../../brokers/pubsub/cloud/subscription.ts'
import type { Topic as CloudTopic } from '../../brokers/pubsub/cloud/topic.ts'
import type { MqttBroker } from '../../brokers/pubsub/mqtt/broker.ts'
import type { Consumer as JetStreamConsumer } from '../../brokers/pubsub/nats/jetstream/consumer.ts'
import type { Stream } from '../../brokers/pubsub/nats/jetstream/stream.ts'
import type { NatsServer } from '../../brokers/pubsub/nats/server.ts'
import type { RedisPubSub } from '../../brokers/pubsub/redis/server.ts'
import type { SqsQueue } from '../../brokers/sqs/queue.ts'
import type { CommandHandler } from '../../clients/commandHandler/commandHandler.ts'
import type { QueueConsumer } from '../../clients/consumer/consumer.ts'
import type { GroupConsumer } from '../../clients/groupConsumer/groupConsumer.ts'
import type { MqttClient } from '../../clients/mqttClient/mqttClient.ts'
import type { PollingConsumer } from '../../clients/pollingConsumer/pollingConsumer.ts'
import type { ProcessManager } from '../../clients/processManager/processManager.ts'
import type { Producer } from '../../clients/producer/producer.ts'
import type { Projection } from '../../clients/projection/projection.ts'
import type { RedisReader } from '../../clients/redisConsumer/redisReader.ts'
import type { Relay } from '../../clients/relay/relay.ts'
import type { Requester } from '../../clients/requester/requester.ts'
import type { Service } from '../../clients/service/service.ts'
import type { Subscriber } from '../../clients/subscriber/subscriber.ts'
import { type Action, actAt, type NodeKind, type Scenario } from '../../scenario/document.ts'
import { EXAMPLES, findExample } from '../../scenario/examples/index.ts'
import { World } from '../../scenario/world.ts'
import type { LevelNumbers } from './course.ts'
import type { NodeNumbers, RunNumbers } from './numbers.ts'
import { RunMeter } from './runMeter.ts'

function finished(scenario: Scenario, script: Action[] = []): World {
  const world = new World(scenario)
  world.start(script)
  world.run(world.endUs)
  return world
}

function measured(world: World): RunNumbers {
  const meter = new RunMeter(world)
  meter.read()
  return meter.numbers(world.endUs)
}

function numbersOf(run: RunNumbers, node: string): NodeNumbers {
  return must(
    run.nodes.find((numbers) => numbers.node === node),
    node,
  )
}

function countOf(numbers: NodeNumbers, what: string): number {
  return must(numbers.counts[what], what)
}

function levelOf(numbers: NodeNumbers, name: string): LevelNumbers {
  return must(numbers.levels[name], name)
}

/** Offsets of a partition that were given to records: the others are markers of transactions. */
function recordsOf(partition: Topic['partitions'][number]): number {
  let records = 0
  for (let offset = 0; offset < partition.end; offset++) {
    if (partition.messageAt(offset) !== -1) records++
  }
  return records
}

/** What the state of a node at the end of the run says about its counts. */
const STATE: { [K in NodeKind]: (part: never) => Record<string, number> } = {
  producer: ({ made }: Producer) => ({ published: made }),
  exchange: ({ routedCount }: Exchange) => ({ routed: routedCount }),
  queue: ({ tail, deliveredCount, ackedCount }: Queue) => ({
    enqueued: tail,
    delivered: deliveredCount,
    acked: ackedCount,
  }),
  consumer: ({ startedCount, processedCount, failedCount }: QueueConsumer) => ({
    started: startedCount,
    processed: processedCount,
    failed: failedCount,
  }),
  sqsQueue: ({ sentCount, receivedCount, deletedCount }: SqsQueue) => ({
    sent: sentCount,
    received: receivedCount,
    deleted: deletedCount,
  }),
  pollingConsumer: ({ processedCount, failedCount }: PollingConsumer) => ({
    processed: processedCount,
    failed: failedCount,
  }),
  topic: ({ partitions }: Topic) => ({
    appended: partitions.reduce((sum, partition) => sum + recordsOf(partition), 0),
  }),
  groupConsumer: ({ received, processedCount, failedCount }: GroupConsumer) => ({
    received,
    processed: processedCount,
    failed: failedCount,
  }),
  eventStore: ({ count }: EventStore) => ({ appended: count }),
  commandHandler: ({ received, accepted, rejections, conflicts }: CommandHandler) => ({
    received,
    accepted,
    rejected: rejections,
    conflicts,
  }),
  projection: ({ ledger }: Projection) => ({ processed: ledger.count }),
  relay: ({ relayed }: Relay) => ({ relayed }),
  processManager: ({ sent, ledger }: ProcessManager) => ({ sent, processed: ledger.count }),
  service: ({ received, rows }: Service) => ({ received, saved: rows }),
  mqttBroker: ({ seen }: MqttBroker) => ({ routed: seen.published }),
  cloudTopic: ({ published }: CloudTopic) => ({ routed: published }),
  cloudSubscription: ({ settledCount, passedByCount, deadCount }: Subscription) => ({
    acked: settledCount,
    filteredOut: passedByCount,
    deadLettered: deadCount,
  }),
  mqttClient: ({ made, processedCount, incoming }: MqttClient) => ({
    published: made,
    processed: processedCount,
    received: incoming.received,
  }),
  natsServer: ({ seen }: NatsServer) => ({ published: seen.published }),
  natsStream: ({ duplicates, settled }: Stream) => ({ duplicates, settled }),
  natsConsumer: ({ ackedCount, redeliveredCount }: JetStreamConsumer) => ({
    acked: ackedCount,
    redelivered: redeliveredCount,
  }),
  natsSubscriber: subscriberCounts,
  natsRequester: ({ made, repliedCount, ignoredCount }: Requester) => ({
    published: made,
    replied: repliedCount,
    ignored: ignoredCount,
  }),
  redisServer: ({ seen }: RedisPubSub) => ({ published: seen.published }),
  redisSubscriber: subscriberCounts,
  redisStream: ({ tail }: RedisStream) => ({ added: tail }),
  redisGroup: ({ ackedCount }: RedisGroup) => ({ acked: ackedCount }),
  redisConsumer: entryWorkerCounts,
  redisReader: entryWorkerCounts,
}

function entryWorkerCounts({ receivedCount, processedCount, failedCount }: RedisReader) {
  return { received: receivedCount, processed: processedCount, failed: failedCount }
}

function subscriberCounts({ received, processedCount, failedCount, againCount }: Subscriber) {
  return { received, processed: processedCount, failed: failedCount, redelivered: againCount }
}

describe.each(EXAMPLES.filter(({ id }) => id !== 'mm1'))(
  'given the example $id',
  ({ scenario }) => {
    const world = finished(scenario)
    const run = measured(world)

    test('when its counts are read, then they are those of the state that it ends in', () => {
      for (const { node, kind, counts } of run.nodes) {
        const expected = STATE[kind](world.part(node) as never)
        expect({ node, ...counts }).toMatchObject({ node, ...expected })
      }
    })

    test('when levels are read, then nobody is busier than it can be and no mean is above the greatest', () => {
      for (const { levels, utilisation } of run.nodes) {
        expect(utilisation ?? 0).toBeLessThanOrEqual(1)
        for (const { mean, max } of Object.values(levels)) expect(mean).toBeLessThanOrEqual(max)
      }
    })
  },
)

/** Fast, with two workers, one of which crashes; every third message fails and comes back. */
const troubled: Scenario = {
  ...must(findExample('mm1'), 'mm1').scenario,
  durationMs: 2_000_000,
}
const script = [
  actAt(100_000_000, { do: 'set', node: 'server', name: 'failureRate', value: 0.1 }),
  actAt(300_000_000, { do: 'crash', node: 'server' }),
  actAt(320_000_000, { do: 'restart', node: 'server' }),
  actAt(500_000_000, { do: 'set', node: 'server', name: 'concurrency', value: 3 }),
  actAt(500_000_000, { do: 'set', node: 'server', name: 'prefetch', value: 5 }),
]

describe('given a queue without latency', () => {
  const world = finished(troubled)
  const run = measured(world)
  const queue = numbersOf(run, 'line')

  test("when it is empty in the end, then Little's law holds to the last microsecond", () => {
    const { mean: ready, now } = levelOf(queue, 'ready')
    const { mean: unacked } = levelOf(queue, 'unacked')
    expect(now + levelOf(queue, 'unacked').now).toBe(0)
    const perSecond = countOf(queue, 'enqueued') / 2000
    const waitingS = must(queue.waiting, 'waiting').meanMs / 1000
    const sojournS = must(queue.sojourn, 'sojourn').meanMs / 1000
    expect(ready).toBeCloseTo(perSecond * waitingS, 9)
    expect(ready + unacked).toBeCloseTo(perSecond * sojournS, 9)
  })

  test('when its only consumer is looked at, then it is busy as long as a message is unacknowledged', () => {
    const { utilisation, waiting, throughputPerS } = numbersOf(run, 'server')
    expect(utilisation).toBeCloseTo(levelOf(queue, 'unacked').mean, 12)
    expect(waiting).toEqual(queue.waiting)
    expect(throughputPerS).toBe(countOf(queue, 'acked') / 2000)
  })
})

describe('given a consumer that fails, crashes and grows', () => {
  const world = finished(troubled, script)
  const run = measured(world)

  test('when counts are read, then what came again is counted as such', () => {
    const queue = numbersOf(run, 'line')
    const server = numbersOf(run, 'server')
    const requeued = countOf(queue, 'requeued')
    const unacked = levelOf(queue, 'unacked').now
    expect(requeued).toBeGreaterThan(100)
    expect(countOf(queue, 'redelivered')).toBe(requeued)
    expect(countOf(queue, 'delivered') - requeued).toBe(countOf(queue, 'acked') + unacked)
    expect(countOf(server, 'crashes')).toBe(1)
    expect(server.dropped.crashed).toBe(1)
    expect(countOf(server, 'redelivered')).toBe(requeued)
    expect(server.waiting?.count).toBe(countOf(server, 'started') - requeued)
  })

  test('when it is measured in pieces while it runs, then the numbers are the same', () => {
    const live = new World(troubled)
    live.start(script)
    const meter = new RunMeter(live)
    for (let us = 0; us <= live.endUs; us += 77_000_000) {
      live.run(us)
      while (meter.read(97)) {}
    }
    live.run(live.endUs)
    meter.read()
    expect(meter.numbers(live.endUs)).toEqual(run)
  })

  test('when a link is cut, then what was lost on it is counted', () => {
    const cut = [actAt(1_000_000, { do: 'cut', link: 'arrive' })]
    const { lostOnLinks, nodes } = measured(finished(troubled, cut))
    expect(lostOnLinks.arrive).toBe(
      (nodes[0]?.counts.published ?? 0) - (nodes[1]?.counts.enqueued ?? 0),
    )
  })
})
