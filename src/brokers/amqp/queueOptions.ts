/**
 * How a queue is declared: the options that the family works with, and their reading from and comparing as
 * arguments of queue.declare (rabbitmq.com/docs/queues#optional-arguments). What RabbitMQ refuses with 406 is
 * one sentence here; it ignores an argument that it does not know itself.
 */
import { EXPIRY_MAX_MS } from './properties.ts'

export type QueueKind = 'classic' | 'quorum' | 'stream'
export type Overflow = 'drop-head' | 'reject-publish' | 'reject-publish-dlx'

export interface QueueOptions {
  /** x-queue-type; classic unless said otherwise. */
  type?: QueueKind
  durable?: boolean
  exclusive?: boolean
  autoDelete?: boolean
  /** Most ready messages (x-max-length). Unacknowledged ones do not count. */
  maxLength?: number
  /** Most bytes in bodies of ready messages (x-max-length-bytes). */
  maxLengthBytes?: number
  overflow?: Overflow
  /** x-message-ttl, in milliseconds. */
  messageTtlMs?: number
  /** x-expires, in milliseconds. */
  expiresMs?: number
  /** x-max-priority. */
  maxPriority?: number
  deadLetterExchange?: string
  deadLetterRoutingKey?: string
  singleActiveConsumer?: boolean
  /** x-delivery-limit of a quorum queue. */
  deliveryLimit?: number
  /** Arguments that change nothing on one node with queues of this size, kept for comparison. */
  inert?: Readonly<Record<string, string | number>>
}

/** What queue.declare says besides its arguments. */
export type DeclareFlags = Pick<QueueOptions, 'durable' | 'exclusive' | 'autoDelete'>

/** Raw arguments of queue.declare. */
export type Arguments = Readonly<Record<string, unknown>>

/** What came of reading arguments: options, or a fault that RabbitMQ answers with 406. */
export type Reading = { options: QueueOptions } | { problem: string }

type Check = (value: unknown, all: Arguments) => string | null

interface Argument {
  kinds: readonly QueueKind[]
  check: Check
  /** Null for an inert one. */
  option: keyof QueueOptions | null
}

const ALL: readonly QueueKind[] = ['classic', 'quorum', 'stream']
const STORED: readonly QueueKind[] = ['classic', 'quorum']

const natural: Check = (value) =>
  typeof value === 'number' && Number.isInteger(value)
    ? value >= 0
      ? null
      : 'must not be negative'
    : 'must be an integer'
const positive: Check = (value, all) => (value === 0 ? 'must not be zero' : natural(value, all))
const time: Check = (value, all) =>
  natural(value, all) ?? (Number(value) > EXPIRY_MAX_MS ? 'is more than ten years' : null)
const expires: Check = (value, all) => positive(value, all) ?? time(value, all)
const priority: Check = (value, all) =>
  natural(value, all) ?? (Number(value) > 255 ? 'must be at most 255' : null)
const text: Check = (value) => (typeof value === 'string' ? null : 'must be a text')
const age: Check = (value, all) =>
  text(value, all) ?? (ageMs(String(value)) === null ? 'must be like 7D' : null)
const truth: Check = (value) => (typeof value === 'boolean' ? null : 'must be true or false')
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value) ? null : `must be one of ${values.join(', ')}`
const deadKey: Check = (value, all) =>
  text(value, all) ??
  (all['x-dead-letter-exchange'] === undefined ? 'needs x-dead-letter-exchange' : null)
const anything: Check = () => null

const SECONDS = { s: 1, m: 60, h: 3600, D: 86_400, M: 30 * 86_400, Y: 365 * 86_400 }

/** An age like 7D in milliseconds, null if it is none (`rabbit_amqqueue:check_max_age/1`). */
export function ageMs(text: string): number | null {
  const [, count, unit] = /^(\d+)([YMDhms])$/.exec(text) ?? []
  const seconds = Number(count) * SECONDS[(unit ?? 's') as keyof typeof SECONDS]
  return seconds > 0 ? seconds * 1000 : null
}

/** The arguments of RabbitMQ 3.10, with the queue types that take them. */
const ARGUMENTS: Readonly<Record<string, Argument>> = {
  'x-queue-type': { kinds: ALL, check: oneOf(...ALL), option: 'type' },
  'x-expires': { kinds: STORED, check: expires, option: 'expiresMs' },
  'x-message-ttl': { kinds: STORED, check: time, option: 'messageTtlMs' },
  'x-dead-letter-exchange': { kinds: STORED, check: text, option: 'deadLetterExchange' },
  'x-dead-letter-routing-key': { kinds: STORED, check: deadKey, option: 'deadLetterRoutingKey' },
  'x-max-length': { kinds: STORED, check: natural, option: 'maxLength' },
  'x-max-length-bytes': { kinds: ALL, check: natural, option: 'maxLengthBytes' },
  'x-max-priority': { kinds: ['classic'], check: priority, option: 'maxPriority' },
  'x-overflow': {
    kinds: STORED,
    check: oneOf('drop-head', 'reject-publish', 'reject-publish-dlx'),
    option: 'overflow',
  },
  'x-single-active-consumer': { kinds: STORED, check: truth, option: 'singleActiveConsumer' },
  'x-delivery-limit': { kinds: ['quorum'], check: anything, option: 'deliveryLimit' },
  'x-queue-mode': { kinds: ['classic'], check: oneOf('default', 'lazy'), option: null },
  'x-queue-version': { kinds: ['classic'], check: oneOf(1, 2), option: null },
  'x-queue-master-locator': { kinds: ['classic'], check: anything, option: null },
  'x-max-in-memory-length': { kinds: ['quorum'], check: natural, option: null },
  'x-max-in-memory-bytes': { kinds: ['quorum'], check: natural, option: null },
  'x-quorum-initial-group-size': { kinds: ['quorum'], check: positive, option: null },
  'x-dead-letter-strategy': {
    kinds: ['quorum'],
    check: oneOf('at-most-once', 'at-least-once'),
    option: null,
  },
  'x-queue-leader-locator': {
    kinds: ['quorum', 'stream'],
    check: oneOf('client-local', 'balanced', 'random', 'least-leaders'),
    option: null,
  },
  'x-initial-cluster-size': { kinds: ['stream'], check: positive, option: null },
  'x-stream-max-segment-size-bytes': { kinds: ['stream'], check: natural, option: null },
  'x-max-age': { kinds: ['stream'], check: age, option: null },
}

/** Reads the arguments of a declaration. */
export function readArguments(args: Arguments): Reading {
  const options: QueueOptions = {}
  const inert: Record<string, string | number> = {}
  const type = args['x-queue-type'] ?? 'classic'
  if (!ALL.includes(type as QueueKind))
    return { problem: `x-queue-type must be one of ${ALL.join(', ')}` }
  for (const [name, value] of Object.entries(args)) {
    const argument = ARGUMENTS[name]
    if (!argument) continue
    if (!argument.kinds.includes(type as QueueKind)) {
      return { problem: `${name} does not go with queues of type ${String(type)}` }
    }
    const problem = argument.check(value, args)
    if (problem !== null) return { problem: `${name} ${problem}` }
    if (argument.option === null) inert[name] = value as string | number
    else Object.assign(options, { [argument.option]: value })
  }
  if (Object.keys(inert).length > 0) options.inert = inert
  return { options }
}

/**
 * What is wrong with options whatever their arguments: quorum queues and streams are durable, serve every
 * connection, and stay (rabbitmq.com/docs/quorum-queues#feature-comparison, docs/streams).
 */
export function optionsProblem(options: QueueOptions): string | null {
  const { type = 'classic' } = options
  if (type === 'classic') return null
  if (options.autoDelete) return `a ${type} queue cannot be auto-delete`
  if (options.exclusive) return `a ${type} queue cannot be exclusive`
  if (!options.durable) return `a ${type} queue must be durable`
  return null
}

/** Arguments that a queue that is there already is asked to have: those that its type does not know are not looked at. */
export function comparedArguments(args: Arguments, { type = 'classic' }: QueueOptions): Arguments {
  const isMeant = ([name]: [string, unknown]) => ARGUMENTS[name]?.kinds.includes(type) ?? false
  return Object.fromEntries(Object.entries(args).filter(isMeant))
}

/** The first property in which a declaration differs from the queue that is there, or null. */
export function optionsDifference(known: QueueOptions, wanted: QueueOptions): string | null {
  for (const name of COMPARED) {
    if (canonical(name, known[name]) !== canonical(name, wanted[name])) return name
  }
  return null
}

const COMPARED: readonly (keyof QueueOptions)[] = [
  'durable',
  'autoDelete',
  'type',
  'maxLength',
  'maxLengthBytes',
  'overflow',
  'messageTtlMs',
  'expiresMs',
  'maxPriority',
  'deadLetterExchange',
  'deadLetterRoutingKey',
  'singleActiveConsumer',
  'deliveryLimit',
  'inert',
]

/** An argument that is false differs from one that is not given; a flag does not, nor does the type classic. */
function canonical(name: keyof QueueOptions, value: unknown): string {
  if (value === undefined) return ''
  if (value === false && name !== 'singleActiveConsumer') return ''
  if (name === 'type' && value === 'classic') return ''
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = value as Record<string, unknown>
  return JSON.stringify(
    Object.keys(fields)
      .toSorted(byText)
      .map((name) => [name, fields[name]]),
  )
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1
}
