/**
 * The end of channels and connections, and the restart of the broker: what was unacknowledged goes back
 * (rabbitmq.com/docs/confirms#automatic-requeueing), exclusive queues go with their connection, auto-delete
 * queues with their last consumer (rabbitmq.com/docs/queues).
 */
import type { AmqpBroker } from './broker.ts'
import type { Channel } from './channel.ts'
import { CODE } from './errors.ts'
import { AMQP_FACTS, CANCELLED } from './facts.ts'
import type { Queue } from './queue.ts'
import { isQuorum } from './quorum.ts'
import type { RecoveredRow } from './restart.ts'
import { isKept } from './restart.ts'
import { returnOne } from './settling.ts'
import { StreamQueue } from './streamQueue.ts'
import { removeExchange, removeQueue } from './topology.ts'

/** Cancels the channels' consumers first, so that nothing returned is handed to them again. */
export function closeChannels(
  broker: AmqpBroker,
  channels: readonly Channel[],
  code: number,
): void {
  const { sim } = broker
  const touched = new Set<Queue>()
  const left = new Set<Queue>()
  for (const channel of channels) {
    if (!channel.isOpen) continue
    for (const consumer of broker.consumers) {
      if (consumer.alive && consumer.channel === channel) {
        sim.emit(consumer, AMQP_FACTS.consumerCancelled, -1, CANCELLED.channelClosed)
        left.add(consumer.queue)
      }
    }
    for (const tag of inReturnOrder(channel)) {
      const queue = channel.queueOf(tag)
      if (queue instanceof StreamQueue || queue.hasForgotten(channel, tag)) continue
      touched.add(queue)
      returnOne(broker, channel, tag)
    }
    sim.emit(channel, AMQP_FACTS.channelClosed, -1, code)
  }
  for (const queue of left) {
    broker.activateNext(queue)
    if (!deleteIfUnused(broker, queue)) queue.use()
  }
  for (const queue of touched) queue.settleReturned()
  for (const queue of left) if (!touched.has(queue)) queue.settleReturned()
  broker.deliverDeadLetters()
}

/** A quorum queue takes back consumer by consumer; to others the order is the same. */
function inReturnOrder(channel: Channel): number[] {
  const tags = channel.unsettledTags()
  if (!tags.some((tag) => isQuorum(channel.queueOf(tag)))) return tags
  const receiver = (tag: number) => channel.consumerOf(tag)?.tag ?? String(tag)
  return tags.sort((a, b) => {
    const [x, y] = [receiver(a), receiver(b)]
    return x === y ? a - b : x < y ? -1 : 1
  })
}

/** Auto-delete: gone when its last consumer is, once it has had one. Returns whether it went. */
export function deleteIfUnused(broker: AmqpBroker, queue: Queue): boolean {
  const unused = queue.hadConsumer && queue.consumerCount === 0
  if (!queue.alive || !queue.options.autoDelete || !unused) return false
  removeQueue(broker, queue)
  return true
}

/** The connection ended: closed by the client, or its socket broke (code 0). */
export function closeConnection(broker: AmqpBroker, connection: string, code: number): void {
  const open = broker.channels.filter((c) => c.isOpen && c.connection === connection)
  closeChannels(broker, open, code)
  for (const queue of broker.queues) {
    if (queue.alive && queue.owner === connection) removeQueue(broker, queue)
  }
}

/** A clean stop and start (rabbitmq.com/docs/queues#durability, /docs/persistence-conf). */
export function restart(broker: AmqpBroker): void {
  const { sim } = broker
  const connections = new Set(broker.channels.filter((c) => c.isOpen).map((c) => c.connection))
  for (const connection of connections) closeConnection(broker, connection, CODE.connectionForced)
  sim.emit(broker, AMQP_FACTS.restarted, -1, -1)
  for (const queue of broker.queues) {
    if (!queue.alive) continue
    if (!queue.options.durable) removeQueue(broker, queue)
    else recover(broker, queue)
  }
  for (const exchange of broker.exchanges) {
    if (exchange.alive && !exchange.durable && exchange.type !== 'default') {
      removeExchange(broker, exchange)
    }
  }
}

function recover(broker: AmqpBroker, queue: Queue): void {
  const { sim } = broker
  if (queue instanceof StreamQueue || isQuorum(queue)) return
  const waiting = queue.ready(Number.POSITIVE_INFINITY)
  for (const position of waiting) {
    if (!isKept(queue, position)) {
      sim.emit(queue, AMQP_FACTS.forgotten, queue.messageAt(position), -1)
    }
  }
  const row: RecoveredRow = queue.survivors()
  sim.emit(queue, AMQP_FACTS.recovered, sim.records.row(row), row.positions.length)
  queue.use()
}
