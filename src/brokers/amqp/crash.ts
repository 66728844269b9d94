/**
 * Two faults of a single active consumer in RabbitMQ 3.10.8, which traces show and a scenario should not teach.
 * A classic queue does not serve the next active consumer when the active one is cancelled. If the next
 * occasion is a publish, the queue takes itself for empty (`attempt_delivery/4` in rabbit_amqqueue_process.erl):
 * without acknowledgements the new message passes all that wait, with them the queue's process crashes.
 */
import type { AmqpBroker } from './broker.ts'
import type { Channel } from './channel.ts'
import { AMQP_FACTS, CANCELLED } from './facts.ts'
import type { Queue } from './queue.ts'
import { isKept, type RecoveredRow } from './restart.ts'

/**
 * The queue loses its consumers and all that it need not keep. It starts again at once with what is persistent
 * in a durable queue, also what was out, all of it counted as delivered, and knows nothing of its deliveries.
 */
export function crash(broker: AmqpBroker, queue: Queue): void {
  const { sim } = broker
  const lost = queue.readyCount
  for (const consumer of queue.consumers) {
    sim.emit(consumer, AMQP_FACTS.consumerCancelled, -1, CANCELLED.queueDeleted)
    broker.wire.cancelled?.(consumer)
  }
  const row = queue.options.durable ? survivors(broker, queue) : { positions: [], fresh: [] }
  sim.emit(queue, AMQP_FACTS.queueCrashed, sim.records.row(row), lost)
  queue.use()
}

function survivors(broker: AmqpBroker, queue: Queue): RecoveredRow {
  const out = broker.channels.flatMap((channel) => unackedOf(channel, queue))
  const kept = out.filter((position) => isKept(queue, position))
  return { positions: [...queue.survivors().positions, ...kept], fresh: [] }
}

function unackedOf(channel: Channel, queue: Queue): number[] {
  if (!channel.isOpen) return []
  return channel
    .unsettledTags()
    .filter((tag) => channel.queueOf(tag) === queue && !queue.hasForgotten(channel, tag))
    .map((tag) => channel.positionOf(tag))
}
