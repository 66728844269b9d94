/**
 * The ends of the links to and from an AMQP broker. They are classes, not closures: a new run makes
 * them anew, and code that calls a method of a known class stays as fast as in the first run.
 */
import type { AmqpBroker, Wire } from '../../brokers/amqp/broker.ts'
import type { Consumer } from '../../brokers/amqp/consumer.ts'
import type { Exchange } from '../../brokers/amqp/exchange.ts'
import type { Outlet } from '../../clients/client.ts'
import type { QueueConsumer, QueueLink } from '../../clients/consumer/consumer.ts'
import { deliveryOf } from '../../clients/consumer/delivery.ts'
import type { ConsumerSettings } from '../../clients/consumer/settings.ts'
import type { Pipe, Receiver } from '../../engine/pipe.ts'
import { OP } from './ops.ts'

/** Broker: deliveries go down the pipe of the consumer's link, which bears the consumer tag's name. */
export class Deliveries implements Wire {
  private readonly pipes = new Map<string, Pipe>()
  private readonly byConsumer: (Pipe | undefined)[] = []

  connect(tag: string, pipe: Pipe): void {
    this.pipes.set(tag, pipe)
  }

  deliver(consumer: Consumer, message: number, tag: number, redelivered: boolean): void {
    let pipe = this.byConsumer[consumer.node]
    if (pipe === undefined) {
      pipe = this.pipes.get(consumer.tag)
      this.byConsumer[consumer.node] = pipe
    }
    const delivery = deliveryOf(tag, consumer.noAck, redelivered)
    pipe?.send(OP.deliver, message, delivery, consumer.channel.node)
  }
}

/** Client: what it publishes leaves by this link. */
export class PublishOutlet implements Outlet {
  readonly pipe: number
  private readonly forward: Pipe

  constructor(forward: Pipe) {
    this.forward = forward
    this.pipe = forward.node
  }

  send(message: number): void {
    this.forward.send(OP.publish, message, 0, 0)
  }
}

/** Broker: publishes what comes out of a link, under the link's key or else the message's own. */
export class Publishing implements Receiver {
  private exchange: Exchange | null = null
  private readonly broker: AmqpBroker
  private readonly find: () => Exchange
  private readonly key: number
  private readonly emptyKey: number

  constructor(broker: AmqpBroker, find: () => Exchange, key: number) {
    this.broker = broker
    this.find = find
    this.key = key
    this.emptyKey = broker.sim.records.strings.id('')
  }

  receive(_op: number, message: number): void {
    this.exchange ??= this.find()
    const own = this.key === -1 ? this.broker.sim.records.messages.key(message) : this.key
    this.broker.publishTo(this.exchange, own === -1 ? this.emptyKey : own, message)
  }
}

/** Consumer: takes deliveries in by its link number `position`. */
export class Receiving implements Receiver {
  private readonly consumer: QueueConsumer
  private readonly position: number

  constructor(consumer: QueueConsumer, position: number) {
    this.consumer = consumer
    this.position = position
  }

  receive(_op: number, message: number, delivery: number, channel: number): void {
    this.consumer.receive(message, delivery, this.position, channel)
  }
}

/** Consumer: its way back to the broker. */
export class BackLink implements QueueLink {
  private readonly consumer: QueueConsumer
  private readonly forward: Pipe
  private readonly back: Pipe

  constructor(consumer: QueueConsumer, forward: Pipe, back: Pipe) {
    this.consumer = consumer
    this.forward = forward
    this.back = back
  }

  get latencyUs(): number {
    return this.back.latencyUs
  }

  subscribe({ prefetch, ack }: ConsumerSettings): void {
    this.back.send(OP.subscribe, -1, prefetch * 2 + (ack === 'auto' ? 1 : 0), this.consumer.life)
  }

  ack(message: number, tag: number, channel: number): void {
    this.back.send(OP.ack, message, tag, channel)
  }

  nack(message: number, tag: number, channel: number, requeue: boolean): void {
    this.back.send(requeue ? OP.requeue : OP.nack, message, tag, channel)
  }

  hangUp(life: number): void {
    this.forward.empty()
    this.back.send(OP.hangUp, -1, life, 0)
  }
}

/** Broker: what a consumer answers; anything that is no answer goes to `other`. */
export class Answers implements Receiver {
  private readonly broker: AmqpBroker
  private readonly other: (op: number, a: number, b: number) => void

  constructor(broker: AmqpBroker, other: (op: number, a: number, b: number) => void) {
    this.broker = broker
    this.other = other
  }

  receive(op: number, _message: number, tag: number, part: number): void {
    if (op !== OP.ack && op !== OP.nack && op !== OP.requeue) {
      this.other(op, tag, part)
      return
    }
    const channel = this.broker.channel(part)
    // Too late on a channel that is closed by now: the broker has requeued the message.
    if (!channel.isOpen || !channel.tags.isOpen(tag)) return
    if (op === OP.ack) this.broker.ackOne(channel, tag)
    else this.broker.nack(channel, tag, false, op === OP.requeue)
  }
}
