/**
 * Time to live (rabbitmq.com/docs/ttl): of a queue's messages, of a message, or the shorter of both. Only
 * the head is looked at, so an expired message behind a living one waits until that one is gone; what is
 * unacknowledged does not expire, and a message that comes back keeps its deadline.
 */
import { AMQP_FACTS } from './facts.ts'
import { propertiesOf } from './properties.ts'
import type { Queue } from './queue.ts'
import type { QueueContents } from './queueContents.ts'

/** Timers of a queue: its head may have expired, or it was not used for long. */
export const QUEUE_TIMER = { head: 0, unused: 1 } as const

/** Milliseconds that a message may wait in a queue; null if it may for ever. */
export function ttlMsOf({ sim, options }: QueueContents, message: number): number | null {
  const expiration = propertiesOf(sim.records, message)?.expiration
  const own = expiration === undefined ? Number.POSITIVE_INFINITY : Number(expiration)
  const ms = Math.min(own, options.messageTtlMs ?? Number.POSITIVE_INFINITY)
  return ms === Number.POSITIVE_INFINITY ? null : ms
}

/**
 * Takes heads away whose time is over, and sets a timer for the next head's. With priorities this stops at
 * the first head that lives on, in whatever lane: those below it wait (rabbit_priority_queue:dropwhile/2).
 */
export function expireHeads(queue: Queue): void {
  if (!queue.timed || !queue.alive) return
  const { sim } = queue.broker
  while (queue.readyCount > 0) {
    const position = queue.head()
    const deadline = queue.deadlineAt(position)
    if (deadline > sim.nowUs) {
      if (deadline !== Number.POSITIVE_INFINITY) {
        sim.after(deadline - sim.nowUs, queue, QUEUE_TIMER.head)
      }
      return
    }
    const dead = queue.broker.hasDeadLetterExchange(queue)
    sim.emit(queue, AMQP_FACTS.expired, queue.messageAt(position), dead ? 1 : 0)
    if (dead) queue.broker.deadLetter(queue, position, 'expired')
  }
}
