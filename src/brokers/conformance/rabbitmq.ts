/** Drives the amqp family with the operations of traces recorded from RabbitMQ, at latency 0. */
import '../amqp/consistentHash.ts'
import '../amqp/quorumQueue.ts'
import { must } from '../../base/assert.ts'
import { Records } from '../../engine/records.ts'
import { Simulation } from '../../engine/simulation.ts'
import { AmqpBroker } from '../amqp/broker.ts'
import type { Channel } from '../amqp/channel.ts'
import type { Consumer } from '../amqp/consumer.ts'
import { readConsumeArguments } from '../amqp/consuming.ts'
import { ChannelError, CODE, ConnectionError } from '../amqp/errors.ts'
import { EXCHANGE_TYPES, type ExchangeOptions } from '../amqp/exchange.ts'
import {
  type Headers,
  type MessageProperties,
  propertiesOf,
  visibleHeaders,
} from '../amqp/properties.ts'
import type { Queue } from '../amqp/queue.ts'
import { readArguments } from '../amqp/queueOptions.ts'
import { GENERATED } from '../amqp/topology.ts'
import type { Wire } from '../amqp/wire.ts'
import { type Driver, type Runner, Unknown } from './runner.ts'
import { isRecord, type Observation, type TraceStep } from './trace.ts'

type Shown = Record<string, unknown>

/** Arguments of each operation; anything else is unknown. */
const ARGUMENTS: Record<string, readonly string[]> = {
  connect: ['conn'],
  disconnect: ['conn'],
  crash: ['conn'],
  channel: ['conn', 'ch', 'confirm'],
  'channel.close': ['ch'],
  'queue.declare': ['ch', 'queue', 'durable', 'exclusive', 'autoDelete', 'args', 'passive'],
  'queue.delete': ['ch', 'queue', 'ifUnused', 'ifEmpty'],
  'queue.purge': ['ch', 'queue'],
  'queue.bind': ['ch', 'queue', 'exchange', 'key', 'args'],
  'queue.unbind': ['ch', 'queue', 'exchange', 'key', 'args'],
  'exchange.declare': ['ch', 'exchange', 'type', 'durable', 'autoDelete', 'internal', 'args'],
  'exchange.delete': ['ch', 'exchange', 'ifUnused'],
  'exchange.bind': ['ch', 'destination', 'source', 'key', 'args'],
  'exchange.unbind': ['ch', 'destination', 'source', 'key', 'args'],
  publish: ['ch', 'exchange', 'key', 'body', 'bodies', 'mandatory', 'props'],
  consume: ['ch', 'queue', 'consumer', 'noAck', 'exclusive', 'args'],
  cancel: ['ch', 'consumer'],
  ack: ['ch', 'tag', 'multiple'],
  nack: ['ch', 'tag', 'multiple', 'requeue'],
  reject: ['ch', 'tag', 'requeue'],
  get: ['ch', 'queue', 'noAck'],
  prefetch: ['ch', 'count', 'global'],
  recover: ['ch', 'requeue'],
  'tx.select': ['ch'],
  'tx.commit': ['ch'],
  'tx.rollback': ['ch'],
  advance: ['ms'],
  restart: [],
}

/** Message properties that traces name; headers are shown apart. */
const PROPERTIES = [
  'expiration',
  'priority',
  'deliveryMode',
  'messageId',
  'correlationId',
  'replyTo',
  'contentType',
  'type',
  'appId',
] as const

/** Operations that take the channel's last declared queue for an empty name (`rabbit_channel:expand_shortcuts/2`). */
const NAMING_QUEUES: readonly string[] = [
  'queue.delete',
  'queue.purge',
  'queue.bind',
  'queue.unbind',
  'consume',
  'get',
]

export const RABBITMQ: Runner = { broker: 'rabbitmq', start: () => new RabbitmqDriver() }

class RabbitmqDriver implements Driver, Wire {
  private readonly sim = new Simulation(new Records(), 1)
  private readonly channels = new Map<string, Channel>()
  /** What the present step has shown so far. */
  private deliveries: Record<string, Shown[]> = {}
  private returns: Shown[] = []
  private confirms: Shown[] = []
  private order: string[] = []
  private cancelledTags: string[] = []
  private closings: Shown[] = []
  private serverNamed = 0
  /** The queue that a channel declared last: an empty name stands for it (AMQP 0-9-1, 1.7 "queue"). */
  private readonly lastDeclared = new Map<Channel, string>()
  private readonly broker: AmqpBroker

  constructor() {
    this.broker = new AmqpBroker(this.sim, this.sim.nextNode(), this, true)
    this.broker.declareDefaultExchange()
    this.broker.predeclareExchanges()
  }

  // ——— what the broker tells ———

  deliver(consumer: Consumer, _message: number, tag: number, redelivered: boolean): void {
    this.deliveries[consumer.tag] ??= []
    this.deliveries[consumer.tag]?.push(this.delivery(consumer.channel, tag, redelivered, false))
  }
  returned(channel: Channel, exchange: string, message: number): void {
    const shown = { ch: channel.name, code: CODE.noRoute, ...this.content(message), exchange }
    this.returns.push(shown)
    this.order.push(`${channel.name}:return:${this.sim.records.body(message)}`)
  }
  confirmed(channel: Channel, seq: number, message: number, stored: boolean): void {
    const result = stored ? 'ack' : 'nack'
    this.confirms.push({ ch: channel.name, seq, result })
    this.order.push(`${channel.name}:${result}:${this.sim.records.body(message)}`)
  }
  cancelled(consumer: Consumer): void {
    this.cancelledTags.push(consumer.tag)
  }
  closed(channel: Channel, code: number): void {
    this.closings.push({ ch: channel.name, code })
  }
  connectionClosed(connection: string, code: number): void {
    this.closings.push({ conn: connection, code })
  }

  // ——— steps ———

  step(step: TraceStep): Observation {
    checkArguments(step)
    this.deliveries = {}
    this.returns = []
    this.confirms = []
    this.order = []
    this.cancelledTags = []
    this.closings = []
    let result: unknown
    try {
      result = this.perform(step)
    } catch (error) {
      if (!(error instanceof ChannelError || error instanceof ConnectionError)) throw error
    }
    return this.observation(result)
  }

  private observation(result: unknown): Observation {
    const { deliveries, returns, confirms, cancelledTags, closings } = this
    const both = returns.length > 0 && confirms.length > 0
    return {
      ...(result !== undefined && { result }),
      ...(Object.keys(deliveries).length > 0 && { deliveries }),
      ...(returns.length > 0 && { returns }),
      ...(confirms.length > 0 && { confirms }),
      ...(both && { channelOrder: this.order }),
      ...(cancelledTags.length > 0 && { cancelled: cancelledTags }),
      ...(closings.length > 0 && { closed: closings }),
      queues: this.queues(),
    }
  }

  private queues(): Record<string, unknown> {
    const queues: Record<string, unknown> = {}
    for (const queue of this.broker.queues) {
      if (!queue.alive) continue
      const { readyCount, unackedCount, consumerCount } = queue
      queues[queue.name] =
        queue.options.type === 'stream'
          ? { messages: readyCount }
          : { ready: readyCount, unacked: unackedCount, consumers: consumerCount }
    }
    return queues
  }

  private perform(step: TraceStep): unknown {
    const { broker } = this
    switch (step.op) {
      case 'connect':
        return undefined
      case 'disconnect':
        return broker.closeConnection(text(step, 'conn'), CODE.ok)
      case 'crash':
        return broker.closeConnection(text(step, 'conn'))
      case 'channel':
        return this.openChannel(step)
      case 'advance':
        return this.advance(Number(step.ms) * 1000)
      case 'restart':
        return broker.restart()
    }
    const name = text(step, 'ch')
    const channel = must(this.channels.get(name), `channel ${name}`)
    return this.onOpenChannel(channel, this.withLastDeclared(channel, step))
  }

  private onOpenChannel(channel: Channel, step: TraceStep): unknown {
    const [group] = step.op.split('.')
    if (group === 'queue') return this.onQueue(channel, step)
    if (group === 'exchange') return this.onExchange(channel, step)
    return this.onChannel(channel, step)
  }

  /** An empty queue name is the last declared queue; to bind, an empty key goes with it. */
  private withLastDeclared(channel: Channel, step: TraceStep): TraceStep {
    if (!NAMING_QUEUES.includes(step.op) || text(step, 'queue') !== '') return step
    const queue = this.lastDeclared.get(channel)
    if (queue === undefined) {
      return this.broker.fail(channel, CODE.notFound, 'no queue was declared on this channel')
    }
    return { ...step, queue, ...('key' in step && { key: text(step, 'key') || queue }) }
  }

  private openChannel(step: TraceStep): undefined {
    const channel = this.broker.openChannel(text(step, 'conn'), text(step, 'ch'))
    this.channels.set(channel.name, channel)
    if (flag(step, 'confirm')) this.broker.selectConfirms(channel)
    return undefined
  }

  private advance(us: number): undefined {
    const untilUs = this.sim.nowUs + us
    this.sim.runUntil(untilUs)
    this.sim.nowUs = untilUs
    return undefined
  }

  private onQueue(channel: Channel, step: TraceStep): unknown {
    const { broker } = this
    const [queue, exchange, key] = [text(step, 'queue'), text(step, 'exchange'), text(step, 'key')]
    switch (step.op) {
      case 'queue.declare':
        return this.declareQueue(channel, step)
      case 'queue.delete': {
        const [ifUnused, ifEmpty] = [flag(step, 'ifUnused'), flag(step, 'ifEmpty')]
        return { messages: broker.deleteQueue(channel, queue, ifUnused, ifEmpty) }
      }
      case 'queue.purge':
        return { messages: broker.purge(channel, queue) }
      case 'queue.bind':
        return broker.bind(channel, queue, exchange, key, bindingArguments(step))
      case 'queue.unbind':
        return broker.unbind(channel, queue, exchange, key, bindingArguments(step))
    }
    throw unknownOperation(step)
  }

  private onExchange(channel: Channel, step: TraceStep): unknown {
    const { broker } = this
    const [to, from, key] = [text(step, 'destination'), text(step, 'source'), text(step, 'key')]
    switch (step.op) {
      case 'exchange.declare':
        return this.declareExchange(channel, step)
      case 'exchange.delete':
        return broker.deleteExchange(channel, text(step, 'exchange'), flag(step, 'ifUnused'))
      case 'exchange.bind':
        return broker.bindExchange(channel, to, from, key, bindingArguments(step))
      case 'exchange.unbind':
        return broker.unbindExchange(channel, to, from, key, bindingArguments(step))
    }
    throw unknownOperation(step)
  }

  private onChannel(channel: Channel, step: TraceStep): unknown {
    const { broker } = this
    switch (step.op) {
      case 'channel.close':
        return broker.closeChannel(channel)
      case 'publish':
        return this.publish(channel, step)
      case 'consume':
        return this.consume(channel, step)
      case 'cancel':
        return broker.cancelTag(channel, text(step, 'consumer'))
      case 'ack':
        return broker.ack(channel, Number(step.tag), flag(step, 'multiple'))
      case 'nack':
      case 'reject':
        return broker.nack(channel, Number(step.tag), flag(step, 'multiple'), flag(step, 'requeue'))
      case 'get':
        return this.get(channel, step)
      case 'prefetch':
        return broker.setPrefetch(channel, Number(step.count), flag(step, 'global'))
      case 'recover':
        return broker.recover(channel, flag(step, 'requeue'))
      case 'tx.select':
        return broker.selectTransactions(channel)
      case 'tx.commit':
        return broker.commit(channel)
      case 'tx.rollback':
        return broker.rollback(channel)
    }
    throw unknownOperation(step)
  }

  private declareQueue(channel: Channel, step: TraceStep): unknown {
    const queue = this.declaredQueue(channel, step)
    this.lastDeclared.set(channel, queue.name)
    const consumers = queue.options.type === 'stream' ? 0 : queue.consumerCount
    return { queue: queue.name, messages: queue.readyCount, consumers }
  }

  private declaredQueue(channel: Channel, step: TraceStep): Queue {
    const { broker } = this
    const args = isRecord(step.args) ? step.args : {}
    const reading = readArguments(args)
    const given = text(step, 'queue')
    if (flag(step, 'passive')) return broker.checkQueue(channel, given)
    // Not even a queue that is there is declared again under a name of the broker's own.
    if (given.startsWith('<gen') || given.startsWith(GENERATED)) {
      return broker.fail(channel, CODE.accessRefused, `names that begin with amq. are reserved`)
    }
    const named = 'options' in reading && given === '' && reading.options.type !== undefined
    if (named && reading.options.type !== 'classic') {
      return broker.fail(channel, CODE.preconditionFailed, 'only classic queues are server-named')
    }
    const isNew = broker.queue(given) === undefined
    if (isNew && ('options' in reading ? breaksLocator(args) : breaksAge(args))) {
      return broker.failConnection(channel, CODE.internalError, 'an argument of a wrong kind')
    }
    const name = given === '' ? `<gen${this.serverNamed + 1}>` : given
    const flags = {
      ...(flag(step, 'durable') && { durable: true }),
      ...(flag(step, 'exclusive') && { exclusive: true }),
      ...(flag(step, 'autoDelete') && { autoDelete: true }),
    }
    const queue = broker.declareQueueByArguments(channel, name, flags, args)
    if (given === '') this.serverNamed++
    return queue
  }

  private declareExchange(channel: Channel, step: TraceStep): undefined {
    const type = text(step, 'type')
    if (!(EXCHANGE_TYPES as readonly string[]).includes(type) && !type.match(/^[a-z-]+$/)) {
      throw new Unknown(`exchanges of type ${type} are not known`)
    }
    const alternate = isRecord(step.args) ? step.args['alternate-exchange'] : undefined
    if (alternate !== undefined && typeof alternate !== 'string') {
      return this.broker.fail(channel, CODE.preconditionFailed, 'an alternate exchange is a text')
    }
    const name = text(step, 'exchange')
    if (type === 'x-consistent-hash' && !this.broker.exchange(name) && breaksHash(step.args)) {
      return this.broker.failConnection(channel, CODE.internalError, 'what is hashed is a text')
    }
    this.broker.declareExchange(channel, name, type, exchangeOptions(step))
    return undefined
  }

  private publish(channel: Channel, step: TraceStep): undefined {
    const { records } = this.sim
    const props = step.props === undefined ? -1 : records.row(properties(step.props))
    const bodies = Array.isArray(step.bodies) ? step.bodies : [step.body]
    this.broker.burst(() => {
      for (const body of bodies) {
        const message = records.messages.add(this.sim.nowUs, {
          template: records.strings.id(String(body)),
          ordinal: 1,
          key: records.strings.id(text(step, 'key')),
          props,
          parent: -1,
          source: channel.node,
        })
        this.broker.publish(channel, text(step, 'exchange'), message, flag(step, 'mandatory'))
      }
    })
    return undefined
  }

  private consume(channel: Channel, step: TraceStep): undefined {
    const reading = readConsumeArguments(isRecord(step.args) ? step.args : {})
    if ('problem' in reading) {
      const queue = this.broker.mustQueue(channel, text(step, 'queue'))
      if (reading.breaks && queue.options.type === 'stream') {
        return this.broker.failConnection(channel, CODE.internalError, reading.problem)
      }
      return this.broker.fail(channel, CODE.preconditionFailed, reading.problem)
    }
    this.broker.consume(channel, text(step, 'queue'), {
      ...reading.options,
      tag: text(step, 'consumer'),
      noAck: flag(step, 'noAck'),
      exclusive: flag(step, 'exclusive'),
    })
    return undefined
  }

  private get(channel: Channel, step: TraceStep): unknown {
    const got = this.broker.get(channel, text(step, 'queue'), flag(step, 'noAck'))
    if (!got) return { empty: true }
    const tag = channel.tags.next - 1
    const { redelivered, remaining } = got
    return { ...this.delivery(channel, tag, redelivered, true), remaining }
  }

  // ——— what is shown ———

  private delivery(channel: Channel, tag: number, redelivered: boolean, byGet: boolean): Shown {
    const queue = channel.queueOf(tag)
    const position = channel.positionOf(tag)
    const via = queue.viaAt(position)
    const exchange = this.broker.exchanges.find((e) => e.node === via)?.name ?? ''
    const content = this.content(channel.messageOf(tag), queue.headersAt(position, byGet))
    return { ...content, tag, redelivered, exchange }
  }

  private content(message: number, shown: Headers | null = null): Shown {
    const { records } = this.sim
    const known = propertiesOf(records, message)
    const headers = shown ?? visibleHeaders(known) ?? {}
    const props: Shown = {}
    for (const name of PROPERTIES) if (known?.[name] !== undefined) props[name] = known[name]
    return {
      body: records.body(message),
      key: records.key(message),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(Object.keys(props).length > 0 && { props }),
    }
  }
}

function text(step: TraceStep, name: string): string {
  return String(step[name] ?? '')
}

function flag(step: TraceStep, name: string): boolean {
  return step[name] === true
}

function unknownOperation(step: TraceStep): Unknown {
  return new Unknown(`operation ${step.op} is not known`)
}

function checkArguments(step: TraceStep): void {
  const known = ARGUMENTS[step.op]
  if (!known) throw unknownOperation(step)
  for (const name of Object.keys(step)) {
    if (name !== 'op' && name !== 'expect' && !known.includes(name)) {
      throw new Unknown(`argument ${name} of ${step.op} is not known`)
    }
  }
}

/** RabbitMQ 3.10 does not expect anything but texts here: the connection ends with 541. */
function breaksHash(args: unknown): boolean {
  const given = isRecord(args) ? [args['hash-header'], args['hash-property']] : []
  return given.some((value) => value !== undefined && typeof value !== 'string')
}

function breaksLocator(args: Readonly<Record<string, unknown>>): boolean {
  const locator = args['x-queue-master-locator']
  return locator !== undefined && typeof locator !== 'string'
}

function breaksAge(args: Readonly<Record<string, unknown>>): boolean {
  const age = args['x-max-age']
  return args['x-queue-type'] === 'stream' && typeof age === 'string' && !/^\d/.test(age)
}

function bindingArguments(step: TraceStep): Headers | null {
  return isRecord(step.args) ? (step.args as Headers) : null
}

function properties(given: unknown): MessageProperties {
  if (!isRecord(given)) throw new Unknown('props must be an object')
  for (const name of Object.keys(given)) {
    if (name !== 'headers' && !(PROPERTIES as readonly string[]).includes(name)) {
      throw new Unknown(`property ${name} is not known`)
    }
  }
  return given as MessageProperties
}

function exchangeOptions(step: TraceStep): ExchangeOptions {
  const options: ExchangeOptions = {
    durable: flag(step, 'durable'),
    autoDelete: flag(step, 'autoDelete'),
    internal: flag(step, 'internal'),
  }
  for (const [name, value] of Object.entries(isRecord(step.args) ? step.args : {})) {
    if (name === 'alternate-exchange') options.alternateExchange = String(value)
    else if (name === 'hash-header') options.hashHeader = String(value)
    else if (name === 'hash-property') options.hashProperty = String(value)
  }
  return options
}
