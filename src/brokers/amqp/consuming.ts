/** basic.consume, with what it refuses (rabbitmq.com/docs/consumers; AMQP 0-9-1, 1.8.3.3). */
import type { AmqpBroker } from './broker.ts'
import type { Channel } from './channel.ts'
import type { Consumer, ConsumerRow } from './consumer.ts'
import { CODE } from './errors.ts'
import { AMQP_FACTS } from './facts.ts'
import type { Queue } from './queue.ts'
import { type Arguments, ageMs } from './queueOptions.ts'
import { StreamQueue } from './streamQueue.ts'

/** Where a consumer of a stream begins; `withinMs`: at what was written so many milliseconds ago or later. */
export type StreamOffset = 'first' | 'last' | 'next' | number | { withinMs: number }

export interface ConsumeOptions {
  tag: string
  noAck?: boolean
  exclusive?: boolean
  /** x-priority */
  priority?: number
  /** x-cancel-on-ha-failover was said; on one node it changes nothing. */
  cancelOnFailover?: boolean
  /** x-stream-offset; `next` unless said otherwise. */
  offset?: StreamOffset
}

/** What came of reading arguments: options, or a fault that is 406; one that `breaks` a stream's channel is 541. */
export type ConsumeReading =
  | { options: Partial<ConsumeOptions> }
  | { problem: string; breaks?: boolean }

/** Reads the arguments of basic.consume. Others are ignored, as RabbitMQ does. */
export function readConsumeArguments(args: Arguments): ConsumeReading {
  const options: Partial<ConsumeOptions> = {}
  for (const [name, value] of Object.entries(args)) {
    if (name === 'x-priority') {
      if (!Number.isInteger(value)) return { problem: 'x-priority must be an integer' }
      options.priority = value as number
    } else if (name === 'x-cancel-on-ha-failover') {
      if (typeof value !== 'boolean') return { problem: `${name} must be true or false` }
      options.cancelOnFailover = value
    } else if (name === 'x-stream-offset') {
      const offset = readOffset(value)
      if (offset === null) {
        const problem = 'x-stream-offset must be first, last, next, a number or like 7D'
        return { problem, breaks: !/^\d/.test(String(value)) }
      }
      options.offset = offset
    }
  }
  return { options }
}

/** `rabbit_stream_queue:parse_offset_arg/1`. */
function readOffset(value: unknown): StreamOffset | null {
  if (Number.isInteger(value)) return value as number
  if (value === 'first' || value === 'last' || value === 'next') return value
  const withinMs = typeof value === 'string' ? ageMs(value) : null
  return withinMs === null ? null : { withinMs }
}

/** 404 without the queue, 403 where exclusive use stands in the way, 530 for a tag in use. */
export function consume(
  broker: AmqpBroker,
  channel: Channel,
  queueName: string,
  options: ConsumeOptions,
): Consumer {
  const { tag } = options
  if (broker.consumers.some((c) => c.alive && c.channel === channel && c.tag === tag)) {
    broker.failConnection(channel, CODE.notAllowed, `consumer tag '${tag}' is in use`)
  }
  const queue = broker.mustQueue(channel, queueName)
  checkType(broker, channel, queue, options)
  checkExclusive(broker, channel, queue, options)
  const offset = queue instanceof StreamQueue ? queue.offsetOf(options.offset ?? 'next') : undefined
  const row: ConsumerRow = {
    part: broker.sim.nextNode(),
    tag,
    channel: channel.node,
    queue: queue.node,
    noAck: options.noAck ?? false,
    exclusive: options.exclusive ?? false,
    prefetch: channel.prefetch,
    ...(options.priority !== undefined && { priority: options.priority }),
    ...(offset !== undefined && { offset }),
  }
  broker.sim.emit(broker, AMQP_FACTS.consumerStarted, broker.sim.records.row(row), row.part)
  broker.activateNext(queue)
  queue.dispatch()
  return broker.consumer(row.part)
}

function checkType(
  broker: AmqpBroker,
  channel: Channel,
  queue: Queue,
  { noAck, offset, priority, cancelOnFailover }: ConsumeOptions,
): void {
  const { type = 'classic' } = queue.options
  const isStream = type === 'stream'
  if (offset !== undefined && !isStream) {
    broker.fail(channel, CODE.preconditionFailed, 'x-stream-offset is for streams')
  }
  if (cancelOnFailover !== undefined && type !== 'classic') {
    broker.fail(channel, CODE.preconditionFailed, 'x-cancel-on-ha-failover is for classic queues')
  }
  if (priority !== undefined && isStream) {
    broker.fail(channel, CODE.preconditionFailed, 'x-priority is not for streams')
  }
  if (isStream && channel.prefetch === 0) {
    broker.fail(channel, CODE.preconditionFailed, 'a stream is consumed with a prefetch only')
  }
  if (isStream && noAck) {
    broker.failConnection(channel, CODE.notImplemented, 'a stream is consumed with acks only')
  }
  if (type !== 'classic' && channel.limit > 0) {
    const text = `a ${type} queue does not know a prefetch for the channel`
    broker.failConnection(channel, CODE.notImplemented, text)
  }
}

/** Exclusive consumers of classic queues (rabbitmq.com/docs/consumers#exclusivity); quorum queues ignore the flag. */
function checkExclusive(
  broker: AmqpBroker,
  channel: Channel,
  queue: Queue,
  { exclusive }: ConsumeOptions,
): void {
  const { type = 'classic', singleActiveConsumer } = queue.options
  if (type !== 'classic') return
  const others = queue.consumers
  const taken = others.some((c) => c.exclusive)
  if (taken || (exclusive && (others.length > 0 || singleActiveConsumer))) {
    broker.fail(channel, CODE.accessRefused, `queue '${queue.name}' is in exclusive use`)
  }
}
