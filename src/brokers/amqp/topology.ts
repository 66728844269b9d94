/**
 * Exchanges, queues and bindings: declaring, binding and deleting them, with the reply codes of what is
 * refused (rabbitmq.com/docs/exchanges, /docs/queues; AMQP 0-9-1, 1.5 and 1.6).
 */
import { must } from '../../base/assert.ts'
import type { AmqpBroker } from './broker.ts'
import type { Channel } from './channel.ts'
import { CODE } from './errors.ts'
import {
  type BindingRow,
  EXCHANGE_TYPES,
  type Exchange,
  type ExchangeOptions,
  type ExchangeRow,
  type ExchangeType,
} from './exchange.ts'
import { AMQP_FACTS, CANCELLED } from './facts.ts'
import { X_MATCH } from './headersMatch.ts'
import type { Headers } from './properties.ts'
import type { Queue, QueueRow } from './queue.ts'
import {
  type Arguments,
  comparedArguments,
  type DeclareFlags,
  optionsDifference,
  optionsProblem,
  type QueueOptions,
  readArguments,
} from './queueOptions.ts'

/** Names that begin like this are the broker's own (403). */
const RESERVED = 'amq.'

/** What the broker calls a queue that is declared without a name (AMQP 0-9-1, queue.declare). */
export const GENERATED = 'amq.gen-'

/** Properties that a consistent-hash exchange can look at. */
const HASH_PROPERTIES: readonly string[] = ['correlation_id', 'message_id', 'timestamp']

/** The end of a binding. */
export interface Destination {
  queue?: string
  exchange?: string
}

export function addExchange(broker: AmqpBroker, row: ExchangeRow): Exchange {
  broker.sim.emit(broker, AMQP_FACTS.exchangeDeclared, broker.sim.records.row(row), row.part)
  return must(broker.exchanges.at(-1), 'the exchange just declared')
}

/** exchange.declare; the same again is fine, different is 406, an unknown type closes the connection (503). */
export function declareExchange(
  broker: AmqpBroker,
  channel: Channel,
  name: string,
  type: string,
  options: ExchangeOptions,
  part?: number,
): Exchange {
  if (!isExchangeType(type)) {
    return broker.failConnection(channel, CODE.commandInvalid, `unknown exchange type '${type}'`)
  }
  refuseDefault(broker, channel, name)
  const known = broker.exchange(name)
  if (known) {
    const difference = exchangeDifference(known, type, options)
    if (difference === null) return known
    const text = `exchange '${name}' is declared with another ${difference}`
    return broker.fail(channel, CODE.preconditionFailed, text)
  }
  refuseReserved(broker, channel, name)
  if (type === 'x-consistent-hash') checkHash(broker, channel, options)
  const row = { ...options, part: part ?? broker.sim.nextNode(), name, type }
  return addExchange(broker, { ...row, durable: options.durable ?? false })
}

/** What a consistent-hash exchange may hash; other types do not look at it. */
function checkHash(broker: AmqpBroker, channel: Channel, options: ExchangeOptions): void {
  const { hashHeader, hashProperty } = options
  const both = hashHeader !== undefined && hashProperty !== undefined
  const known = hashProperty === undefined || HASH_PROPERTIES.includes(hashProperty)
  if (known && !both) return
  const text = both
    ? 'hash-header and hash-property exclude each other'
    : `unsupported property: ${hashProperty}`
  broker.fail(channel, CODE.preconditionFailed, text)
}

/** exchange.delete; a missing one is fine (RabbitMQ since 3.2), the broker's own are 403. */
export function deleteExchange(
  broker: AmqpBroker,
  channel: Channel,
  name: string,
  ifUnused: boolean,
): void {
  refuseDefault(broker, channel, name)
  refuseReserved(broker, channel, name)
  const exchange = broker.exchange(name)
  if (!exchange) return
  if (ifUnused && exchange.bindings.length > 0) {
    broker.fail(channel, CODE.preconditionFailed, `exchange '${name}' is in use`)
  }
  removeExchange(broker, exchange)
}

/** Its bindings go with it, those to it as well; that may take auto-delete exchanges along. */
export function removeExchange(broker: AmqpBroker, exchange: Exchange): void {
  unbinding(broker, () => broker.sim.emit(exchange, AMQP_FACTS.exchangeDeleted, -1, -1), exchange)
}

/** queue.bind and exchange.bind; the same binding twice changes nothing. */
export function bind(
  broker: AmqpBroker,
  channel: Channel,
  source: string,
  to: Destination,
  key: string,
  args: Headers | null,
): void {
  const ends = bindingEnds(broker, channel, source, to)
  const problem = bindingProblem(ends.source, key, args)
  if (problem !== null) broker.fail(channel, CODE.preconditionFailed, problem)
  if (ends.queue) broker.checkOwner(channel, ends.queue)
  const row = bindingRow(broker, ends.destination, ends.queue === undefined, key, args)
  if (ends.source.hasBinding(row.key, row.destination, row.args)) return
  emitBinding(broker, ends.source, row, true)
}

/** queue.unbind and exchange.unbind; a binding, queue or exchange that is not there is fine (RabbitMQ since 3.2). */
export function unbind(
  broker: AmqpBroker,
  channel: Channel,
  source: string,
  to: Destination,
  key: string,
  args: Headers | null,
): void {
  refuseDefaultEnds(broker, channel, source, to)
  const there = to.queue === undefined ? broker.exchange(to.exchange ?? '') : broker.queue(to.queue)
  if (!there || !broker.exchange(source)) return
  const ends = bindingEnds(broker, channel, source, to)
  const row = bindingRow(broker, ends.destination, ends.queue === undefined, key, args)
  if (!ends.source.hasBinding(row.key, row.destination, row.args)) return
  if (ends.queue) broker.checkOwner(channel, ends.queue)
  unbinding(broker, () => emitBinding(broker, ends.source, row, false))
}

/**
 * The options that a client's arguments stand for. The broker's own names (403) and other owners (405) are
 * refused before wrong arguments (406).
 */
export function declaredOptions(
  broker: AmqpBroker,
  channel: Channel,
  name: string,
  flags: DeclareFlags,
  args: Arguments,
): QueueOptions {
  if (!name.startsWith(GENERATED)) refuseReserved(broker, channel, name)
  const known = broker.queue(name)
  if (known) checkSameOwner(broker, channel, known, flags.exclusive ?? false)
  const reading = readArguments(known ? comparedArguments(args, known.options) : args)
  if ('options' in reading) return { ...reading.options, ...flags }
  return broker.fail(channel, CODE.preconditionFailed, reading.problem)
}

/** queue.declare; the same again is fine, different is 406, of another connection 405. */
export function declareQueue(
  broker: AmqpBroker,
  channel: Channel,
  name: string,
  asked: QueueOptions,
  part?: number,
): Queue {
  // An exclusive queue is never durable (`rabbit_channel`, queue.declare).
  const { durable: _, ...transient } = asked
  const options = asked.exclusive ? transient : asked
  const known = broker.queue(name)
  if (known) return redeclare(broker, channel, known, options)
  if (!name.startsWith(GENERATED)) refuseReserved(broker, channel, name)
  const problem = optionsProblem({ ...options, durable: asked.durable ?? false })
  if (problem !== null) broker.fail(channel, CODE.preconditionFailed, problem)
  const queue = addQueue(broker, name, options, options.exclusive ? channel.connection : null, part)
  const nameless = broker.exchange('')
  if (nameless) {
    broker.sim.emit(nameless, AMQP_FACTS.bound, broker.sim.records.strings.id(name), queue.node)
  }
  queue.use()
  return queue
}

/** One that was there before under the same part is there again, empty. */
function addQueue(
  broker: AmqpBroker,
  name: string,
  options: QueueOptions,
  owner: string | null,
  part = broker.sim.nextNode(),
): Queue {
  const { sim } = broker
  const gone = broker.queues.find(({ node }) => node === part)
  if (gone) {
    const ownerId = owner === null ? -1 : sim.records.strings.id(owner)
    sim.emit(gone, AMQP_FACTS.redeclared, ownerId, -1)
    return gone
  }
  const row: QueueRow = { part, name, options, owner }
  sim.emit(broker, AMQP_FACTS.queueDeclared, sim.records.row(row), part)
  return broker.queue(part)
}

function redeclare(
  broker: AmqpBroker,
  channel: Channel,
  known: Queue,
  options: QueueOptions,
): Queue {
  checkSameOwner(broker, channel, known, options.exclusive ?? false)
  const difference = optionsDifference(known.options, options)
  if (difference !== null) {
    const text = `queue '${known.name}' is declared with another ${difference}`
    broker.fail(channel, CODE.preconditionFailed, text)
  }
  known.use()
  return known
}

function checkSameOwner(
  broker: AmqpBroker,
  channel: Channel,
  known: Queue,
  exclusive: boolean,
): void {
  if (known.owner === (exclusive ? channel.connection : null)) return
  broker.fail(channel, CODE.resourceLocked, `queue '${known.name}' is exclusive elsewhere`)
}

/** queue.delete: consumers are cancelled, what was in it is gone. Returns the ready messages lost. */
export function deleteQueue(
  broker: AmqpBroker,
  channel: Channel,
  name: string,
  ifUnused: boolean,
  ifEmpty: boolean,
): number {
  const queue = broker.queue(name)
  if (!queue) return 0
  broker.checkOwner(channel, queue)
  const { type = 'classic' } = queue.options
  if (type === 'quorum' && (ifUnused || ifEmpty)) {
    const text = 'quorum queues cannot be deleted only if unused or empty'
    broker.failConnection(channel, CODE.notImplemented, text)
  }
  if (type === 'classic' && ifEmpty && queue.readyCount > 0) {
    broker.fail(channel, CODE.preconditionFailed, `queue '${name}' is not empty`)
  }
  if (type === 'classic' && ifUnused && queue.consumerCount > 0) {
    broker.fail(channel, CODE.preconditionFailed, `queue '${name}' is in use`)
  }
  const lost = removeQueue(broker, queue)
  return type === 'stream' ? 0 : lost
}

export function removeQueue(broker: AmqpBroker, queue: Queue): number {
  const count = queue.readyCount
  for (const consumer of queue.consumers) {
    broker.sim.emit(consumer, AMQP_FACTS.consumerCancelled, -1, CANCELLED.queueDeleted)
    broker.wire.cancelled?.(consumer)
  }
  unbinding(broker, () => broker.sim.emit(queue, AMQP_FACTS.queueDeleted, -1, count))
  return count
}

/**
 * Takes bindings off and then deletes the auto-delete exchanges that lost their last one by it; one that
 * never had a binding stays (rabbitmq.com/docs/exchanges).
 */
function unbinding(broker: AmqpBroker, take: () => void, except?: Exchange): void {
  const bound = broker.exchanges.filter(
    (e) => e.alive && e !== except && e.options.autoDelete && e.bindings.length > 0,
  )
  take()
  for (const exchange of bound) {
    if (exchange.alive && exchange.bindings.length === 0) removeExchange(broker, exchange)
  }
}

function bindingEnds(broker: AmqpBroker, channel: Channel, source: string, to: Destination) {
  refuseDefaultEnds(broker, channel, source, to)
  const from = broker.mustExchange(channel, source)
  if (to.exchange !== undefined) {
    return { source: from, destination: broker.mustExchange(channel, to.exchange).node }
  }
  const name = to.queue ?? ''
  const queue = broker.queue(name) ?? broker.fail(channel, CODE.notFound, `no queue '${name}'`)
  return { source: from, destination: queue.node, queue }
}

function refuseDefaultEnds(
  broker: AmqpBroker,
  channel: Channel,
  source: string,
  to: Destination,
): void {
  refuseDefault(broker, channel, source)
  if (to.exchange !== undefined) refuseDefault(broker, channel, to.exchange)
}

function bindingProblem(source: Exchange, key: string, args: Headers | null): string | null {
  const match = args?.['x-match']
  if (source.type === 'headers' && match !== undefined) {
    if (!(X_MATCH as readonly unknown[]).includes(match)) {
      return `x-match must be one of ${X_MATCH.join(', ')}`
    }
  }
  if (source.type === 'x-consistent-hash' && !/^\+?0*[1-9]\d*$/.test(key)) {
    return 'the binding key of a consistent-hash exchange must be a number above 0'
  }
  return null
}

function bindingRow(
  broker: AmqpBroker,
  destination: number,
  toExchange: boolean,
  key: string,
  args: Headers | null,
): BindingRow {
  const { strings } = broker.sim.records
  const given = args !== null && Object.keys(args).length > 0
  return {
    key: strings.id(key),
    destination,
    toExchange,
    args: given ? strings.id(JSON.stringify(sorted(args))) : -1,
  }
}

/** A plain binding to a queue fits into a fact; others are rows. */
function emitBinding(broker: AmqpBroker, source: Exchange, row: BindingRow, bound: boolean): void {
  const { sim } = broker
  if (row.args === -1 && !row.toExchange) {
    const kind = bound ? AMQP_FACTS.bound : AMQP_FACTS.unbound
    sim.emit(source, kind, row.key, row.destination)
    return
  }
  const kind = bound ? AMQP_FACTS.boundByRow : AMQP_FACTS.unboundByRow
  sim.emit(source, kind, sim.records.row(row), row.destination)
}

function sorted(args: Headers): Headers {
  return Object.fromEntries(
    Object.keys(args)
      .toSorted((a, b) => (a < b ? -1 : 1))
      .map((name) => [name, args[name] ?? null]),
  )
}

function isExchangeType(type: string): type is ExchangeType {
  return (EXCHANGE_TYPES as readonly string[]).includes(type)
}

function exchangeDifference(known: Exchange, type: string, options: ExchangeOptions) {
  if (known.type !== type) return 'type'
  if (known.durable !== (options.durable ?? false)) return 'durability'
  const had = known.options
  if ((had.autoDelete ?? false) !== (options.autoDelete ?? false)) return 'auto-delete'
  if ((had.internal ?? false) !== (options.internal ?? false)) return 'internal'
  if (had.alternateExchange !== options.alternateExchange) return 'alternate exchange'
  return null
}

function refuseDefault(broker: AmqpBroker, channel: Channel, name: string): void {
  if (name !== '') return
  broker.fail(channel, CODE.accessRefused, 'operation not permitted on the default exchange')
}

function refuseReserved(broker: AmqpBroker, channel: Channel, name: string): void {
  if (!name.startsWith(RESERVED)) return
  broker.fail(channel, CODE.accessRefused, `names that begin with ${RESERVED} are reserved`)
}
