/** Drives the amqp family with the operations of traces recorded from RabbitMQ, at latency 0. */
import { must } from '../../base/assert.ts'
import { Records } from '../../engine/records.ts'
import { Simulation } from '../../engine/simulation.ts'
import { AmqpBroker } from '../amqp/broker.ts'
import type { Channel } from '../amqp/channel.ts'
import { ChannelError, ConnectionError } from '../amqp/errors.ts'
import type { QueueOptions } from '../amqp/queue.ts'
import { type Driver, type Runner, Unknown } from './runner.ts'
import { isRecord, type Observation, type TraceStep } from './trace.ts'

type Delivery = Record<string, unknown>

/** Arguments of each operation that this driver passes on; anything else is unknown. */
const ARGUMENTS: Record<string, readonly string[]> = {
  connect: ['conn'],
  disconnect: ['conn'],
  crash: ['conn'],
  channel: ['conn', 'ch'],
  'channel.close': ['ch'],
  'queue.declare': ['ch', 'queue', 'durable', 'exclusive', 'autoDelete', 'args', 'passive'],
  'queue.delete': ['ch', 'queue'],
  'queue.purge': ['ch', 'queue'],
  'queue.bind': ['ch', 'queue', 'exchange', 'key'],
  'queue.unbind': ['ch', 'queue', 'exchange', 'key'],
  'exchange.declare': ['ch', 'exchange', 'type', 'durable'],
  publish: ['ch', 'exchange', 'key', 'body', 'bodies', 'mandatory'],
  consume: ['ch', 'queue', 'consumer', 'noAck', 'exclusive'],
  cancel: ['ch', 'consumer'],
  ack: ['ch', 'tag', 'multiple'],
  nack: ['ch', 'tag', 'multiple', 'requeue'],
  reject: ['ch', 'tag', 'requeue'],
  get: ['ch', 'queue', 'noAck'],
  prefetch: ['ch', 'count', 'global'],
  recover: ['ch', 'requeue'],
}

export const RABBITMQ: Runner = { broker: 'rabbitmq', start: () => new RabbitmqDriver() }

class RabbitmqDriver implements Driver {
  private readonly sim = new Simulation(new Records(), 1)
  private readonly channels = new Map<string, Channel>()
  /** What the present step has shown so far. */
  private deliveries: Record<string, Delivery[]> = {}
  private returns: Delivery[] = []
  private cancelled: string[] = []
  private closed: Record<string, unknown>[] = []
  private serverNamed = 0
  private readonly broker: AmqpBroker

  constructor() {
    this.broker = new AmqpBroker(this.sim, this.sim.nextNode(), {
      deliver: (consumer, message, tag, redelivered) => {
        this.deliveries[consumer.tag] ??= []
        this.deliveries[consumer.tag]?.push(this.shown(consumer.channel, message, tag, redelivered))
      },
      returned: (channel, exchange, message) =>
        this.returns.push({ ch: channel.name, code: 312, ...this.content(message), exchange }),
      cancelled: (consumer) => this.cancelled.push(consumer.tag),
      closed: (channel, code) => this.closed.push({ ch: channel.name, code }),
      connectionClosed: (connection, code) => this.closed.push({ conn: connection, code }),
    })
    this.broker.declareDefaultExchange()
    for (const type of ['direct', 'fanout'] as const) {
      this.broker.predeclareExchange(`amq.${type}`, type)
    }
  }

  step(step: TraceStep): Observation {
    this.checkArguments(step)
    this.deliveries = {}
    this.returns = []
    this.cancelled = []
    this.closed = []
    let result: unknown
    try {
      result = this.perform(step)
    } catch (error) {
      if (!(error instanceof ChannelError || error instanceof ConnectionError)) throw error
    }
    return this.observation(result)
  }

  private observation(result: unknown): Observation {
    return {
      ...(result !== undefined && { result }),
      ...(Object.keys(this.deliveries).length > 0 && { deliveries: this.deliveries }),
      ...(this.returns.length > 0 && { returns: this.returns }),
      ...(this.cancelled.length > 0 && { cancelled: this.cancelled }),
      ...(this.closed.length > 0 && { closed: this.closed }),
      queues: this.queues(),
    }
  }

  private queues(): Record<string, unknown> {
    const queues: Record<string, unknown> = {}
    for (const queue of this.broker.queues) {
      if (!queue.alive) continue
      queues[queue.name] = {
        ready: queue.readyCount,
        unacked: queue.unackedCount,
        consumers: queue.consumerCount,
      }
    }
    return queues
  }

  private perform(step: TraceStep): unknown {
    const { broker } = this
    const text = (name: string) => String(step[name] ?? '')
    switch (step.op) {
      case 'connect':
        return undefined
      case 'disconnect':
        return broker.closeConnection(text('conn'), 200)
      case 'crash':
        return broker.closeConnection(text('conn'))
      case 'channel':
        this.channels.set(text('ch'), broker.openChannel(text('conn'), text('ch')))
        return undefined
    }
    return this.onChannel(must(this.channels.get(text('ch')), `channel ${text('ch')}`), step)
  }

  private onChannel(channel: Channel, step: TraceStep): unknown {
    const { broker } = this
    const text = (name: string) => String(step[name] ?? '')
    const flag = (name: string) => step[name] === true
    switch (step.op) {
      case 'channel.close':
        return broker.closeChannel(channel)
      case 'queue.declare':
        return this.declareQueue(channel, step)
      case 'queue.delete':
        return { messages: broker.deleteQueue(channel, text('queue')) }
      case 'queue.purge':
        return { messages: broker.purge(channel, text('queue')) }
      case 'queue.bind':
        return broker.bind(channel, text('queue'), text('exchange'), text('key'))
      case 'queue.unbind':
        return broker.unbind(channel, text('queue'), text('exchange'), text('key'))
      case 'exchange.declare':
        return this.declareExchange(channel, step)
      case 'publish':
        return this.publish(channel, step)
      case 'consume': {
        const options = {
          tag: text('consumer'),
          noAck: flag('noAck'),
          exclusive: flag('exclusive'),
        }
        broker.consume(channel, text('queue'), options)
        return undefined
      }
      case 'cancel':
        return broker.cancelTag(channel, text('consumer'))
      case 'ack':
        return broker.ack(channel, Number(step.tag), flag('multiple'))
      case 'nack':
      case 'reject':
        return broker.nack(channel, Number(step.tag), flag('multiple'), flag('requeue'))
      case 'get':
        return this.get(channel, step)
      case 'prefetch':
        if (flag('global')) throw new Unknown('prefetch for the whole channel is not known')
        return broker.setPrefetch(channel, Number(step.count))
      case 'recover':
        return broker.recover(channel, flag('requeue'))
    }
    throw new Unknown(`operation ${step.op} is not known`)
  }

  private declareQueue(channel: Channel, step: TraceStep): unknown {
    const given = String(step.queue ?? '')
    const name = given === '' ? `<gen${++this.serverNamed}>` : given
    const queue =
      step.passive === true
        ? this.broker.mustQueue(channel, name)
        : this.broker.declareQueue(channel, name, queueOptions(step))
    return { queue: name, messages: queue.readyCount, consumers: queue.consumerCount }
  }

  private declareExchange(channel: Channel, step: TraceStep): undefined {
    const type = String(step.type)
    if (type !== 'direct' && type !== 'fanout')
      throw new Unknown(`exchanges of type ${type} are not known`)
    this.broker.declareExchange(channel, String(step.exchange), type, step.durable === true)
    return undefined
  }

  private publish(channel: Channel, step: TraceStep): undefined {
    const { records } = this.sim
    const bodies = Array.isArray(step.bodies) ? step.bodies : [step.body]
    for (const body of bodies) {
      const message = records.messages.add(this.sim.nowUs, {
        template: records.strings.id(String(body)),
        ordinal: 1,
        key: records.strings.id(String(step.key ?? '')),
        props: -1,
        parent: -1,
        source: channel.node,
      })
      this.broker.publish(channel, String(step.exchange ?? ''), message, step.mandatory === true)
    }
    return undefined
  }

  private get(channel: Channel, step: TraceStep): unknown {
    const got = this.broker.get(channel, String(step.queue), step.noAck === true)
    if (!got) return { empty: true }
    const tag = channel.tags.next - 1
    const remaining = must(this.broker.queue(String(step.queue)), 'queue').readyCount
    return { ...this.shown(channel, got.message, tag, got.redelivered), remaining }
  }

  private shown(channel: Channel, message: number, tag: number, redelivered: boolean): Delivery {
    const via = channel.queueOf(tag).viaAt(channel.positionOf(tag))
    const exchange = this.broker.exchanges.find((e) => e.node === via)?.name ?? ''
    return { ...this.content(message), tag, redelivered, exchange }
  }

  private content(message: number): Delivery {
    const { records } = this.sim
    return { body: records.body(message), key: records.key(message) }
  }

  private checkArguments(step: TraceStep): void {
    const known = ARGUMENTS[step.op]
    if (!known) throw new Unknown(`operation ${step.op} is not known`)
    for (const name of Object.keys(step)) {
      if (name !== 'op' && name !== 'expect' && !known.includes(name)) {
        throw new Unknown(`argument ${name} of ${step.op} is not known`)
      }
    }
  }
}

function queueOptions(step: TraceStep): QueueOptions {
  const options: QueueOptions = {
    ...(step.durable === true && { durable: true }),
    ...(step.exclusive === true && { exclusive: true }),
    ...(step.autoDelete === true && { autoDelete: true }),
  }
  const args = isRecord(step.args) ? step.args : {}
  for (const [name, value] of Object.entries(args)) {
    if (name === 'x-max-length') options.maxLength = Number(value)
    else if (name === 'x-overflow' && (value === 'drop-head' || value === 'reject-publish')) {
      options.overflow = value
    } else throw new Unknown(`queue argument ${name} = ${JSON.stringify(value)} is not known`)
  }
  return options
}
