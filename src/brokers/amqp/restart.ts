/**
 * A clean stop and start of the broker (rabbitmq.com/docs/queues#durability): durable queues and exchanges
 * are there again, and in them the messages that were published as persistent.
 */
import { propertiesOf } from './properties.ts'
import type { QueueContents } from './queueContents.ts'

/** Row behind `recovered`: what waits after a restart. */
export interface RecoveredRow {
  /** Positions in the order of delivery. */
  positions: readonly number[]
  /** Those of them that were never delivered. */
  fresh: readonly number[]
}

/** Whether the message at a position outlives a restart. Quorum queues and streams keep everything. */
export function isKept(queue: QueueContents, position: number): boolean {
  if ((queue.options.type ?? 'classic') !== 'classic') return true
  return propertiesOf(queue.sim.records, queue.messageAt(position))?.deliveryMode === 2
}
