/**
 * Length limits in messages and bytes, counting what is ready (rabbitmq.com/docs/maxlength). Drop-head, the
 * default, throws away from the head, which in a priority queue is the most urgent message; the other two
 * refuse what would not fit.
 */
import { AMQP_FACTS, DROPPED } from './facts.ts'
import { bodyBytes } from './properties.ts'
import type { Queue } from './queue.ts'
import type { QueueOptions } from './queueOptions.ts'

export function hasLimit(options: QueueOptions): boolean {
  return options.maxLength !== undefined || options.maxLengthBytes !== undefined
}

/** Whether the queue refuses a message because it would not fit. */
export function wouldOverflow(queue: Queue, message: number): boolean {
  const { maxLength, maxLengthBytes, overflow = 'drop-head' } = queue.options
  if (overflow === 'drop-head') return false
  if (maxLength !== undefined && queue.readyCount + 1 > maxLength) return true
  if (maxLengthBytes === undefined) return false
  return queue.bytes + bodyBytes(queue.broker.sim.records, message) > maxLengthBytes
}

/**
 * drop-head: heads go until the limit is kept. Returns whether any went. Of several that a quorum queue drops
 * at once the last is dead-lettered first (`evaluate_limit/5` and `drop_head/2` in rabbit_fifo.erl).
 */
export function dropOverLimit(queue: Queue): boolean {
  if (!hasLimit(queue.options) || !dropsHead(queue) || !isOverLimit(queue)) return false
  const { broker } = queue
  const dead = broker.hasDeadLetterExchange(queue)
  const how = dead ? DROPPED.maxLengthDeadLettered : DROPPED.maxLength
  const later: number[] = []
  while (isOverLimit(queue)) {
    const position = queue.head()
    broker.sim.emit(queue, AMQP_FACTS.dropped, queue.messageAt(position), how)
    if (!dead) continue
    if (queue.options.type === 'quorum') later.push(position)
    else broker.deadLetter(queue, position, 'maxlen')
  }
  for (const position of later.toReversed()) broker.deadLetter(queue, position, 'maxlen')
  return true
}

/** Quorum queues do not know reject-publish-dlx and drop instead. */
function dropsHead({ options }: Queue): boolean {
  const { overflow = 'drop-head', type } = options
  return overflow === 'drop-head' || (type === 'quorum' && overflow === 'reject-publish-dlx')
}

export function isOverLimit({ options, readyCount, bytes }: Queue): boolean {
  const { maxLength, maxLengthBytes } = options
  if (maxLength !== undefined && readyCount > maxLength) return true
  return maxLengthBytes !== undefined && bytes > maxLengthBytes
}

/** Below four fifths of the limit a quorum queue lets its publishers go on. */
export function isBelowSoftLimit({ options, readyCount, bytes }: Queue): boolean {
  const { maxLength, maxLengthBytes } = options
  const fits = (limit: number | undefined, used: number) =>
    limit === undefined || used <= Math.trunc(limit * 0.8)
  return fits(maxLength, readyCount) && fits(maxLengthBytes, bytes)
}
