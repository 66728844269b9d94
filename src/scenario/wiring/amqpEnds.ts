/**
 * The ends of the links to and from an AMQP broker. They are classes, not closures: a new run makes
 * them anew, and code that calls a method of a known class stays as fast as in the first run.
 */
import type { AmqpBroker } from '../../brokers/amqp/broker.ts'
import type { Channel } from '../../brokers/amqp/channel.ts'
import type { Consumer } from '../../brokers/amqp/consumer.ts'
import { ChannelError, ConnectionError } from '../../brokers/amqp/errors.ts'
import type { Exchange } from '../../brokers/amqp/exchange.ts'
import type { Wire } from '../../brokers/amqp/wire.ts'
import { type Outlet, TERMS } from '../../clients/client.ts'
import type { QueueConsumer, QueueLink } from '../../clients/consumer/consumer.ts'
import { deliveryOf } from '../../clients/consumer/delivery.ts'
import type { ConsumerSettings } from '../../clients/consumer/settings.ts'
import type { Producer } from '../../clients/producer/producer.ts'
import type { Pipe, Receiver } from '../../engine/pipe.ts'
import type { LinkDoc } from '../document.ts'
import { OP } from './ops.ts'

/** The link that deliveries to a consumer go by: to which client, and what takes them in there. */
interface DeliveryWay {
  client: string
  pipe: Pipe
  end: Receiving
}

/** Broker: deliveries go down the pipe of the consumer's link, which bears the consumer tag's name. */
export class Deliveries implements Wire {
  /** By consumer tag. */
  private readonly ways = new Map<string, DeliveryWay>()
  private readonly byConsumer: (DeliveryWay | undefined)[] = []
  /** Ways back to producers, by the name of their channel: the id of their link. */
  private readonly producers = new Map<string, Pipe>()

  connect(tag: string, client: string, pipe: Pipe, end: Receiving): void {
    this.ways.set(tag, { client, pipe, end })
  }

  connectProducer(link: string, back: Pipe): void {
    this.producers.set(link, back)
  }

  confirmed({ name }: Channel, _sequence: number, message: number, stored: boolean): void {
    this.producers.get(name)?.send(stored ? OP.confirmed : OP.refused, message, 0, 0)
  }

  returned({ name }: Channel, _exchange: string, message: number): void {
    this.producers.get(name)?.send(OP.returned, message, 0, 0)
  }

  cancelled({ tag }: Consumer): void {
    this.ways.get(tag)?.pipe.send(OP.lost, -1, 0, 0)
  }

  /** A consumer's channel is named after its client: all its subscriptions there are gone. */
  closed(channel: Channel, code: number): void {
    this.endAll(channel.name, code)
  }

  connectionClosed(connection: string, code: number): void {
    this.endAll(connection.split('#')[0], code)
  }

  private endAll(of: string | undefined, code: number): void {
    for (const { client, pipe } of this.ways.values()) {
      if (client === of) pipe.send(OP.lost, -1, code, 0)
    }
  }

  deliver(consumer: Consumer, message: number, tag: number, redelivered: boolean): void {
    let way = this.byConsumer[consumer.node]
    if (way === undefined) {
      way = this.ways.get(consumer.tag)
      if (way === undefined) return
      this.byConsumer[consumer.node] = way
    }
    const { pipe, end } = way
    const delivery = deliveryOf(tag, consumer.noAck, redelivered)
    if (pipe.rare === 0)
      end.consumer.receive(message, delivery, end.position, consumer.channel.node)
    else pipe.send(OP.deliver, message, delivery, consumer.channel.node)
  }
}

/** Client: what it publishes leaves by this link. */
export class PublishOutlet implements Outlet {
  readonly pipe: number
  private readonly forward: Pipe
  private readonly end: Publishing
  /** Its channels are those of its present life. */
  private readonly client: { readonly life: number } | null
  readonly confirms: boolean

  constructor(
    forward: Pipe,
    end: Publishing,
    client: { readonly life: number } | null = null,
    confirms = false,
  ) {
    this.confirms = confirms
    this.forward = forward
    this.end = end
    this.pipe = forward.node
    this.client = client
  }

  send(message: number, terms = 0): void {
    if (this.forward.rare === 0 && terms === 0 && this.end.publish(message)) return
    this.forward.send(OP.publish, message, terms, this.client === null ? 0 : this.client.life)
  }
}

/** Broker: publishes what comes out of a link, under the link's key or else the message's own. */
export class Publishing implements Receiver {
  private exchange: Exchange | null = null
  private readonly broker: AmqpBroker
  private readonly find: () => Exchange
  private readonly key: number
  private readonly emptyKey: number
  private readonly link: LinkDoc

  constructor(broker: AmqpBroker, find: () => Exchange, key: number, link: LinkDoc) {
    this.link = link
    this.broker = broker
    this.find = find
    this.key = key
    this.emptyKey = broker.sim.records.strings.id('')
  }

  receive(_op: number, message: number, terms: number, life: number): void {
    const exchange = this.present()
    const key = this.keyOf(message)
    if (terms === 0 && !exchange.isInternal) this.broker.publishTo(exchange, key, message)
    else this.publishOnChannel(exchange, key, message, terms, life)
  }

  /** The same where nothing is rare, on no terms; else nothing happens and it returns false. */
  publish(message: number): boolean {
    const { exchange } = this
    if (exchange === null || exchange.rare !== 0) return false
    this.broker.publishTo(exchange, this.keyOf(message), message)
    return true
  }

  private keyOf(message: number): number {
    const key = this.key === -1 ? this.broker.sim.records.messages.key(message) : this.key
    return key === -1 ? this.emptyKey : key
  }

  private present(): Exchange {
    if (!this.exchange?.alive) this.exchange = this.find()
    return this.exchange
  }

  private publishOnChannel(
    exchange: Exchange,
    key: number,
    message: number,
    terms: number,
    life: number,
  ): void {
    const { broker, link } = this
    const connection = `${link.from}#${life}`
    const open = broker.channels.findLast(
      (c) => c.isOpen && c.connection === connection && c.name === link.id,
    )
    const channel = open ?? broker.openChannel(connection, link.id)
    if (terms & TERMS.confirm) broker.selectConfirms(channel)
    const mandatory = (terms & TERMS.mandatory) !== 0
    unlessRefused(() => broker.publishOn(channel, exchange, key, message, mandatory))
  }
}

/** An operation that the broker answers by closing the channel or the connection: its facts say so. */
export function unlessRefused(operation: () => void): void {
  try {
    operation()
  } catch (error) {
    if (!(error instanceof ChannelError || error instanceof ConnectionError)) throw error
  }
}

/** Producer: what the broker says of its messages. */
export class ConfirmsReceiving implements Receiver {
  private readonly producer: Producer

  constructor(producer: Producer) {
    this.producer = producer
  }

  receive(op: number, message: number): void {
    if (op === OP.returned) this.producer.receiveReturn(message)
    else this.producer.receiveConfirm(message, op === OP.confirmed)
  }
}

/** Consumer: takes deliveries in by its link number `position`. */
export class Receiving implements Receiver {
  readonly consumer: QueueConsumer
  readonly position: number

  constructor(consumer: QueueConsumer, position: number) {
    this.consumer = consumer
    this.position = position
  }

  receive(op: number, message: number, delivery: number, channel: number): void {
    if (op === OP.lost) this.consumer.receiveLoss(delivery)
    else this.consumer.receive(message, delivery, this.position, channel)
  }
}

/** Consumer: its way back to the broker. */
export class BackLink implements QueueLink {
  private readonly consumer: QueueConsumer
  private readonly forward: Pipe
  private readonly back: Pipe
  private readonly end: Answers

  constructor(consumer: QueueConsumer, forward: Pipe, back: Pipe, end: Answers) {
    this.consumer = consumer
    this.forward = forward
    this.back = back
    this.end = end
  }

  get latencyUs(): number {
    return this.back.latencyUs
  }

  subscribe({ prefetch, ack }: ConsumerSettings): void {
    this.back.send(OP.subscribe, -1, prefetch * 2 + (ack === 'auto' ? 1 : 0), this.consumer.life)
  }

  ack(message: number, tag: number, channel: number): void {
    if (this.back.rare === 0) this.end.ack(message, tag, channel)
    else this.back.send(OP.ack, message, tag, channel)
  }

  nack(message: number, tag: number, channel: number, requeue: boolean): void {
    this.back.send(requeue ? OP.requeue : OP.nack, message, tag, channel)
  }

  cancel(): void {
    this.back.send(OP.cancel, -1, 0, this.consumer.life)
  }

  closeChannel(): void {
    this.forward.empty()
    this.back.send(OP.closeChannel, -1, 0, this.consumer.life)
  }

  hangUp(life: number): void {
    this.forward.empty()
    this.back.send(OP.hangUp, -1, life, 0)
  }
}

/** Broker: what a consumer answers; anything that is no answer goes to `other`. */
export class Answers implements Receiver {
  private last: Channel | null = null
  private readonly broker: AmqpBroker
  private readonly other: (op: number, a: number, b: number) => void

  constructor(broker: AmqpBroker, other: (op: number, a: number, b: number) => void) {
    this.broker = broker
    this.other = other
  }

  receive(op: number, message: number, tag: number, part: number): void {
    if (op === OP.ack) this.ack(message, tag, part)
    else if (op === OP.nack || op === OP.requeue) this.nack(tag, part, op === OP.requeue)
    else this.other(op, tag, part)
  }

  ack(message: number, tag: number, part: number): void {
    // Mostly it is the one that the last answer was for.
    const last = this.last
    const channel = last !== null && last.node === part ? last : this.channel(part)
    if (isInTime(channel, tag)) this.broker.ackOne(channel, tag, message)
  }

  private channel(part: number): Channel {
    this.last = this.broker.channel(part)
    return this.last
  }

  private nack(tag: number, part: number, requeue: boolean): void {
    const channel = this.broker.channel(part)
    if (!isInTime(channel, tag)) return
    unlessRefused(() => this.broker.nack(channel, tag, false, requeue))
  }
}

/** Too late on a channel that is closed by now: the broker has requeued the message. */
function isInTime(channel: Channel, tag: number): boolean {
  return (channel.rare === 0 || channel.isOpen) && channel.tags.isOpen(tag)
}
