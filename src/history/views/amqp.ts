/** Exchanges, queues, producers and consumers of queues at the playhead. */

import { Exchange } from '../../brokers/amqp/exchange.ts'
import { ttlMsOf } from '../../brokers/amqp/expiry.ts'
import { propertiesOf } from '../../brokers/amqp/properties.ts'
import { Queue } from '../../brokers/amqp/queue.ts'
import { isQuorum } from '../../brokers/amqp/quorum.ts'
import { StreamQueue } from '../../brokers/amqp/streamQueue.ts'
import { CRASH_POINTS } from '../../clients/client.ts'
import { QueueConsumer } from '../../clients/consumer/consumer.ts'
import { isRedelivered } from '../../clients/consumer/delivery.ts'
import { Producer } from '../../clients/producer/producer.ts'
import type { World } from '../../scenario/world.ts'
import {
  type ConsumerState,
  type ExchangeState,
  type Held,
  type Job,
  LISTED_MAX,
  type ProducerState,
  type QueueState,
} from '../frame.ts'
import { clientBase, effectsOf, partBase } from './view.ts'

export function viewProducer(world: World, id: string): ProducerState {
  const producer = world.part(id)
  if (!(producer instanceof Producer)) throw new Error(`${id} is no producer`)
  const nextUs = producer.nextUs
  return {
    ...clientBase(id, producer),
    kind: 'producer',
    published: producer.made,
    nextAtUs: nextUs === Number.POSITIVE_INFINITY ? null : nextUs,
    lastMessage: producer.lastMessage,
    paused: producer.isPaused,
    confirms: (producer.settings.confirms ?? false) || producer.attachments.length > 0,
    awaiting: producer.awaiting,
    confirmed: producer.confirmedCount,
    refused: producer.refusedCount,
    returned: producer.returnedCount,
    gaveUp: producer.gaveUpCount,
    batching: producer.attachments.map((attachment) => attachment.state),
  }
}

export function viewExchange(world: World, id: string): ExchangeState {
  const exchange = world.part(id)
  const known = exchange instanceof Exchange ? exchange : null
  return {
    ...partBase(id),
    kind: 'exchange',
    routed: known?.routedCount ?? 0,
    unroutable: known?.unroutableCount ?? 0,
    gone: known === null ? false : !known.alive,
  }
}

export function viewQueue(world: World, id: string): QueueState {
  const part = world.part(id)
  const queue = part instanceof Queue ? part : null
  const { type = 'classic', maxPriority } = queue?.options ?? {}
  return {
    ...partBase(id),
    kind: 'queue',
    type,
    gone: queue === null ? false : !queue.alive,
    ...(maxPriority !== undefined && { maxPriority }),
    ready: queue ? readyOf(world, queue) : [],
    readyCount: queue?.readyCount ?? 0,
    unacked: queue ? unackedOf(world, queue) : [],
    unackedCount: queue?.unackedCount ?? 0,
    active: queue?.active ? world.owner(queue.active.node) : null,
    consumers: queue?.consumerCount ?? 0,
    delivered: queue?.deliveredCount ?? 0,
    acked: queue?.ackedCount ?? 0,
    dropped: queue?.droppedCount ?? 0,
  }
}

/** What a stream keeps is never taken: its latest messages, newest last. */
function readyOf(world: World, queue: Queue): Held[] {
  const { records } = world
  if (queue instanceof StreamQueue) {
    const from = Math.max(0, queue.tail - LISTED_MAX)
    return Array.from({ length: queue.tail - from }, (_, i) => ({
      message: queue.messageAt(queue.tail - 1 - i),
      redelivered: false,
    }))
  }
  const quorum = isQuorum(queue) ? queue : null
  return queue.waiting(LISTED_MAX).map(({ position, redelivered }) => {
    const message = queue.messageAt(position)
    const untilUs = queue.deadlineAt(position)
    const deliveries = quorum?.deliveriesAt(position) ?? 0
    const most = queue.options.maxPriority
    const priority = most === undefined ? 0 : (propertiesOf(records, message)?.priority ?? 0)
    return {
      message,
      redelivered,
      ...(untilUs !== Number.POSITIVE_INFINITY && { clock: clockOf(queue, message, untilUs) }),
      ...(most !== undefined && { priority: Math.min(priority, most) }),
      ...(deliveries > 0 && { deliveries }),
    }
  })
}

/** From when it was stored until its time to live is over. */
function clockOf(queue: Queue, message: number, untilUs: number): NonNullable<Held['clock']> {
  const ttlUs = (ttlMsOf(queue, message) ?? 0) * 1000
  return { fromUs: untilUs - ttlUs, untilUs }
}

function unackedOf(world: World, queue: Queue): QueueState['unacked'] {
  const held: QueueState['unacked'] = []
  for (const { message, redelivered, by } of queue.unacked(LISTED_MAX)) {
    held.push({ message, redelivered, by: world.owner(by) })
  }
  return held
}

export function viewConsumer(world: World, id: string): ConsumerState {
  const consumer = world.part(id)
  if (!(consumer instanceof QueueConsumer)) throw new Error(`${id} is no consumer`)
  const { settings } = consumer
  const jobs: Job[] = []
  consumer.eachJob((message, delivery, startedUs, endsUs) => {
    const redelivered = isRedelivered(delivery)
    jobs.push({ message, redelivered, state: 'working', startedUs, endsUs })
  })
  consumer.eachWaiting(LISTED_MAX - jobs.length, (message, delivery) => {
    const redelivered = isRedelivered(delivery)
    jobs.push({ message, redelivered, state: 'waiting', startedUs: -1, endsUs: -1 })
  })
  return {
    ...clientBase(id, consumer),
    kind: 'consumer',
    jobs,
    jobCount: jobs.length < LISTED_MAX ? jobs.length : consumer.waitingCount + consumer.busyCount,
    prefetch: settings.prefetch,
    concurrency: settings.concurrency,
    ack: settings.ack,
    processed: consumer.processedCount,
    failed: consumer.failedCount,
    paused: consumer.isPaused,
    crashPoint: CRASH_POINTS[consumer.crashPoint - 1] ?? null,
    lostCode: consumer.lostCode,
    effects: effectsOf(world, consumer),
  }
}
