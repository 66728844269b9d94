/** Exchanges, queues, producers and consumers of queues at the playhead. */

import { must } from '../../base/assert.ts'
import { Exchange } from '../../brokers/amqp/exchange.ts'
import { Queue } from '../../brokers/amqp/queue.ts'
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
  }
}

export function viewQueue(world: World, id: string): QueueState {
  const part = world.part(id)
  const queue = part instanceof Queue ? part : null
  const ready: Held[] = (queue?.waiting(LISTED_MAX) ?? []).map(({ position, redelivered }) => ({
    message: must(queue, id).messageAt(position),
    redelivered,
  }))
  return {
    ...partBase(id),
    kind: 'queue',
    ready,
    readyCount: queue?.readyCount ?? 0,
    unacked: queue ? unackedOf(world, queue) : [],
    unackedCount: queue?.unackedCount ?? 0,
    delivered: queue?.deliveredCount ?? 0,
    acked: queue?.ackedCount ?? 0,
    dropped: queue?.droppedCount ?? 0,
  }
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
    jobCount: consumer.waitingCount + consumer.busyCount,
    prefetch: settings.prefetch,
    concurrency: settings.concurrency,
    ack: settings.ack,
    processed: consumer.processedCount,
    failed: consumer.failedCount,
    effects: effectsOf(world, consumer),
  }
}
