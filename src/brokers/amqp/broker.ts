/**
 * A whole RabbitMQ-like broker as one pure state machine, because its consistency boundary is the
 * broker: a channel acknowledges across queues, a publish reaches many of them. It offers the
 * operations that a client has (AMQP 0-9-1 as RabbitMQ 3.10 does it); see README.md for what is left out.
 */
import { must } from '../../base/assert.ts'
import { type Archive, archiveAll } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { Channel, type ChannelRow } from './channel.ts'
import { Consumer, type ConsumerRow } from './consumer.ts'
import { ChannelError, CODE, ConnectionError } from './errors.ts'
import { Exchange, type ExchangeRow, type ExchangeType } from './exchange.ts'
import { AMQP_FACTS, CANCELLED } from './facts.ts'
import { Queue, type QueueOptions, type QueueRow } from './queue.ts'

/** What the broker tells its clients: the other end of their connections. */
export interface Wire {
  /** basic.deliver */
  deliver(consumer: Consumer, message: number, tag: number, redelivered: boolean): void
  /** basic.return: a mandatory message that no queue took (reply code 312). */
  returned?(channel: Channel, exchange: string, message: number): void
  /** basic.cancel from the broker: the queue is gone. */
  cancelled?(consumer: Consumer): void
  /** channel.close from the broker. */
  closed?(channel: Channel, code: number): void
  /** connection.close from the broker. */
  connectionClosed?(connection: string, code: number): void
}

/** A way from an exchange to a queue that takes time; the far end calls `arrive`. */
export type Path = (message: number) => void

/** basic.consume's arguments. */
export interface ConsumeOptions {
  tag: string
  noAck?: boolean
  exclusive?: boolean
}

export class AmqpBroker implements Part {
  readonly exchanges: Exchange[] = []
  readonly queues: Queue[] = []
  readonly channels: Channel[] = []
  readonly consumers: Consumer[] = []
  private readonly paths = new Map<string, Path>()
  readonly sim: Simulation
  readonly node: number
  private readonly wire: Wire

  constructor(sim: Simulation, node: number, wire: Wire) {
    this.sim = sim
    this.node = node
    this.wire = wire
    sim.enlist(this)
  }

  // ——— topology ———

  /** The nameless exchange is there from the start; `part` gives it a number of the scenario's. */
  declareDefaultExchange(part = this.sim.nextNode()): Exchange {
    return this.addExchange({ part, name: '', type: 'default', durable: true })
  }

  /** Exchanges that every RabbitMQ has from the start: `amq.direct`, `amq.fanout` (AMQP 0-9-1, 3.1.3). */
  predeclareExchange(name: string, type: ExchangeType): Exchange {
    return this.addExchange({ part: this.sim.nextNode(), name, type, durable: true })
  }

  /** exchange.declare; the same again is fine, different is 406 (rabbitmq.com/docs/exchanges). */
  declareExchange(
    channel: Channel,
    name: string,
    type: Exclude<ExchangeType, 'default'>,
    durable = false,
    part?: number,
  ): Exchange {
    const known = this.exchange(name)
    if (known) {
      if (known.type !== type || known.durable !== durable) {
        this.fail(channel, CODE.preconditionFailed, `exchange '${name}' is declared differently`)
      }
      return known
    }
    return this.addExchange({ part: part ?? this.sim.nextNode(), name, type, durable })
  }

  /** queue.declare; the same again is fine, different is 406 (rabbitmq.com/docs/queues, "equivalence"). */
  declareQueue(channel: Channel, name: string, options: QueueOptions = {}, part?: number): Queue {
    const known = this.queue(name)
    if (known) {
      this.checkOwner(channel, known)
      if (!sameOptions(known.options, options)) {
        this.fail(channel, CODE.preconditionFailed, `queue '${name}' is declared differently`)
      }
      return known
    }
    const row: QueueRow = {
      part: part ?? this.sim.nextNode(),
      name,
      options,
      owner: options.exclusive ? channel.connection : null,
    }
    this.sim.emit(this, AMQP_FACTS.queueDeclared, this.sim.records.row(row), row.part)
    const queue = this.queuePart(row.part)
    const nameless = this.exchange('')
    if (nameless) this.sim.emit(nameless, AMQP_FACTS.bound, this.key(name), queue.node)
    return queue
  }

  /** queue.bind; binding twice changes nothing. */
  bind(channel: Channel, queueName: string, exchangeName: string, key: string): void {
    const queue = this.mustQueue(channel, queueName)
    const exchange = this.mustExchange(channel, exchangeName)
    if (exchange.type === 'default') {
      this.fail(channel, CODE.accessRefused, 'the default exchange cannot be bound to')
    }
    if (exchange.hasBinding(this.key(key), queue.node)) return
    this.sim.emit(exchange, AMQP_FACTS.bound, this.key(key), queue.node)
  }

  unbind(channel: Channel, queueName: string, exchangeName: string, key: string): void {
    const queue = this.mustQueue(channel, queueName)
    const exchange = this.mustExchange(channel, exchangeName)
    if (!exchange.hasBinding(this.key(key), queue.node)) return
    this.sim.emit(exchange, AMQP_FACTS.unbound, this.key(key), queue.node)
  }

  /** queue.purge: ready messages only. Returns how many went. */
  purge(channel: Channel, name: string): number {
    const queue = this.mustQueue(channel, name)
    const count = queue.readyCount
    if (count > 0) this.sim.emit(queue, AMQP_FACTS.purged, -1, count)
    return count
  }

  /** queue.delete: consumers are cancelled, what was in it is gone. Returns the ready messages lost. */
  deleteQueue(channel: Channel, name: string): number {
    const queue = this.queue(name)
    if (!queue) return 0
    this.checkOwner(channel, queue)
    return this.dropQueue(queue)
  }

  // ——— connections and channels ———

  /** channel.open on a connection; connections are known by the channels that name them. */
  openChannel(connection: string, name: string): Channel {
    const row: ChannelRow = { part: this.sim.nextNode(), connection, name }
    this.sim.emit(this, AMQP_FACTS.channelOpened, this.sim.records.row(row), row.part)
    return must(this.channels.at(-1), 'the channel just opened')
  }

  /** channel.close by the client (or, with another code, by the broker): what is unacked goes back. */
  closeChannel(channel: Channel, code: number = CODE.ok): void {
    this.closeChannels([channel], code)
  }

  /** The connection ended: closed by the client, or its socket broke (code 0). */
  closeConnection(connection: string, code = 0): void {
    const open = this.channels.filter((c) => c.isOpen && c.connection === connection)
    this.closeChannels(open, code)
    for (const queue of this.queues) {
      if (queue.alive && queue.owner === connection) this.dropQueue(queue)
    }
  }

  /** basic.qos, per consumer: for those started from now on (rabbitmq.com/docs/consumer-prefetch). */
  setPrefetch(channel: Channel, count: number): void {
    this.sim.emit(channel, AMQP_FACTS.prefetchSet, -1, count)
  }

  // ——— publishing ———

  /** basic.publish of a message whose key the message table holds. 404 if there is no such exchange. */
  publish(channel: Channel, exchangeName: string, message: number, mandatory = false): void {
    const exchange = this.mustExchange(channel, exchangeName)
    const routed = this.publishTo(exchange, this.sim.records.messages.key(message), message)
    if (!routed && mandatory) this.wire.returned?.(channel, exchangeName, message)
  }

  /** The same with exchange and interned key at hand. Returns whether any queue matched. */
  publishTo(exchange: Exchange, key: number, message: number): boolean {
    const queues = exchange.route(key)
    if (queues.length === 0) {
      this.sim.emit(exchange, AMQP_FACTS.unroutable, message, -1)
      return false
    }
    for (let i = 0; i < queues.length; i++) {
      const part = queues[i] as number
      const path = this.paths.size === 0 ? undefined : this.paths.get(`${exchange.node}/${part}`)
      if (path) {
        this.sim.emit(exchange, AMQP_FACTS.routed, message, part)
        path(message)
      } else {
        this.queuePart(part).enqueue(message, exchange.node)
      }
    }
    return true
  }

  /** Makes the way from an exchange to a queue take time; `path` must end in `arrive`. */
  setPath(exchange: number, queue: number, path: Path): void {
    this.paths.set(`${exchange}/${queue}`, path)
  }

  /** A copy that was under way reaches its queue; it is lost if the queue is gone by now. */
  arrive(queue: number, message: number): void {
    const target = this.queuePart(queue)
    if (target.alive) target.enqueue(message, -1)
  }

  // ——— consuming ———

  /** basic.consume. 404 without the queue, 403 where exclusive use stands in the way. */
  consume(channel: Channel, queueName: string, options: ConsumeOptions): Consumer {
    const queue = this.mustQueue(channel, queueName)
    if (this.consumers.some((c) => c.alive && c.channel === channel && c.tag === options.tag)) {
      this.failConnection(channel, CODE.notAllowed, `consumer tag '${options.tag}' is in use`)
    }
    const others = this.consumersOf(queue)
    if (others.some((c) => c.exclusive) || (options.exclusive && others.length > 0)) {
      this.fail(channel, CODE.accessRefused, `queue '${queueName}' is in exclusive use`)
    }
    const row: ConsumerRow = {
      part: this.sim.nextNode(),
      tag: options.tag,
      channel: channel.node,
      queue: queue.node,
      noAck: options.noAck ?? false,
      exclusive: options.exclusive ?? false,
      prefetch: channel.prefetch,
    }
    this.sim.emit(this, AMQP_FACTS.consumerStarted, this.sim.records.row(row), row.part)
    queue.dispatch()
    return this.consumer(row.part)
  }

  /** basic.cancel: no more deliveries; what it holds stays unacknowledged. */
  cancel(consumer: Consumer): void {
    if (!consumer.alive) return
    this.sim.emit(consumer, AMQP_FACTS.consumerCancelled, -1, CANCELLED.byClient)
    this.deleteIfUnused(consumer.queue)
  }

  /** basic.cancel by tag; a tag that is not there is fine. */
  cancelTag(channel: Channel, tag: string): void {
    const consumer = this.consumers.find((c) => c.alive && c.channel === channel && c.tag === tag)
    if (consumer) this.cancel(consumer)
  }

  /** basic.get */
  get(channel: Channel, queueName: string, noAck = false) {
    const queue = this.mustQueue(channel, queueName)
    return queue.get(channel, noAck)
  }

  /** basic.ack; tag 0 with `multiple` means all. An unknown tag is 406 and closes the channel. */
  ack(channel: Channel, tag: number, multiple = false): void {
    for (const each of this.tagsMeant(channel, tag, multiple)) {
      this.sim.emit(channel, AMQP_FACTS.acked, channel.messageOf(each), each)
    }
    this.dispatchAfter(channel, tag, multiple)
  }

  /** basic.ack of one delivery that is known to be open, without lists: the hot path. */
  ackOne(channel: Channel, tag: number): void {
    const queue = channel.ack(tag)
    if (queue.alive) queue.dispatch()
  }

  /** basic.nack and basic.reject: back to its place in the queue, or gone. */
  nack(channel: Channel, tag: number, multiple: boolean, requeue: boolean): void {
    const kind = requeue ? AMQP_FACTS.requeued : AMQP_FACTS.rejected
    const touched = new Set<Queue>()
    for (const each of this.tagsMeant(channel, tag, multiple)) {
      touched.add(channel.queueOf(each))
      this.sim.emit(channel, kind, channel.messageOf(each), each)
    }
    for (const queue of touched) queue.settleReturned()
  }

  /**
   * basic.recover: everything unacknowledged on the channel goes back. Without requeue RabbitMQ closes
   * the connection with 540 (rabbitmq.com/docs/specification, "basic.recover").
   */
  recover(channel: Channel, requeue = true): void {
    if (!requeue) this.failConnection(channel, CODE.notImplemented, 'recover without requeue')
    if (channel.tags.open > 0) this.nack(channel, 0, true, true)
  }

  // ——— parts ———

  exchange(name: string): Exchange | undefined {
    return this.exchanges.find((e) => e.alive && e.name === name)
  }
  queue(name: string): Queue | undefined
  queue(part: number): Queue
  queue(which: string | number): Queue | undefined {
    if (typeof which === 'number') return this.queuePart(which)
    return this.queues.find((q) => q.alive && q.name === which)
  }
  consumer(part: number): Consumer {
    return this.sim.parts[part] as Consumer
  }
  channel(part: number): Channel {
    return this.sim.parts[part] as Channel
  }
  consumersOf(queue: Queue): Consumer[] {
    return queue.consumers
  }

  /** Id of the connection that a part belongs to, for parts that a client made. */
  connectionOf(part: number): string | null {
    const known = this.sim.parts[part]
    if (known instanceof Channel) return known.connection
    if (known instanceof Consumer) return known.channel.connection
    return null
  }

  handOver(consumer: Consumer, message: number, tag: number, redelivered: boolean): void {
    this.wire.deliver(consumer, message, tag, redelivered)
  }

  /** Takes a deleted queue out of every exchange. Called while a fact is applied. */
  forgetQueue(queue: Queue): void {
    for (const exchange of this.exchanges) exchange.forget(queue.node)
  }

  countRouted(exchange: number): void {
    if (exchange !== -1) (this.sim.parts[exchange] as Exchange).routedCount++
  }

  apply(kind: number, message: number): void {
    switch (kind) {
      case AMQP_FACTS.exchangeDeclared:
        this.exchanges.push(this.makeExchange(message))
        break
      case AMQP_FACTS.queueDeclared:
        this.queues.push(this.makeQueue(message))
        break
      case AMQP_FACTS.channelOpened:
        this.channels.push(this.makeChannel(message))
        break
      case AMQP_FACTS.consumerStarted: {
        const consumer = this.makeConsumer(message)
        this.consumers.push(consumer)
        consumer.queue.join(consumer)
        break
      }
    }
  }

  archive(io: Archive): void {
    const save = (part: Part) => part.archive(io)
    const row = (part: { row: number }) => part.row
    const drop = (part: Part) => this.sim.delist(part)
    archiveAll(io, this.exchanges, row, (r) => this.makeExchange(r), save, drop)
    archiveAll(io, this.queues, row, (r) => this.makeQueue(r), save, drop)
    archiveAll(io, this.channels, row, (r) => this.makeChannel(r), save, drop)
    archiveAll(io, this.consumers, row, (r) => this.makeConsumer(r), save, drop)
    for (const queue of this.queues) queue.archiveLines(io)
  }

  // ——— inside ———

  private makeExchange(row: number): Exchange {
    return new Exchange(this.sim, row, this.sim.records.rowAt<ExchangeRow>(row))
  }
  private makeQueue(row: number): Queue {
    return new Queue(this, row, this.sim.records.rowAt<QueueRow>(row))
  }
  private makeChannel(row: number): Channel {
    return new Channel(this, row, this.sim.records.rowAt<ChannelRow>(row))
  }
  private makeConsumer(row: number): Consumer {
    const started = this.sim.records.rowAt<ConsumerRow>(row)
    const channel = this.channel(started.channel)
    return new Consumer(this.sim, row, started, channel, this.queuePart(started.queue))
  }

  private addExchange(row: ExchangeRow): Exchange {
    this.sim.emit(this, AMQP_FACTS.exchangeDeclared, this.sim.records.row(row), row.part)
    return must(this.exchanges.at(-1), 'the exchange just declared')
  }

  private queuePart(part: number): Queue {
    return this.sim.parts[part] as Queue
  }

  private key(text: string): number {
    return this.sim.records.strings.id(text)
  }

  private mustExchange(channel: Channel, name: string): Exchange {
    return this.exchange(name) ?? this.fail(channel, CODE.notFound, `no exchange '${name}'`)
  }

  /** A queue that exists and may be used on this channel: 404 or 405 otherwise. */
  mustQueue(channel: Channel, name: string): Queue {
    const queue = this.queue(name) ?? this.fail(channel, CODE.notFound, `no queue '${name}'`)
    this.checkOwner(channel, queue)
    return queue
  }

  /** An exclusive queue serves its own connection only (405, rabbitmq.com/docs/queues#exclusive). */
  private checkOwner(channel: Channel, queue: Queue): void {
    if (queue.owner !== null && queue.owner !== channel.connection) {
      this.fail(channel, CODE.resourceLocked, `queue '${queue.name}' belongs to another connection`)
    }
  }

  private fail(channel: Channel, code: number, text: string): never {
    this.closeChannel(channel, code)
    this.wire.closed?.(channel, code)
    throw new ChannelError(code, text)
  }

  private failConnection(channel: Channel, code: number, text: string): never {
    this.closeConnection(channel.connection, code)
    this.wire.connectionClosed?.(channel.connection, code)
    throw new ConnectionError(code, text)
  }

  private tagsMeant(channel: Channel, tag: number, multiple: boolean): number[] {
    if (multiple) {
      const last = tag === 0 ? channel.tags.next - 1 : tag
      const tags = channel.tags.openUpTo(last)
      // RabbitMQ: multiple with a tag that is not outstanding is unknown too, 0 with nothing is fine.
      if (tag !== 0 && !channel.tags.isOpen(tag)) {
        this.fail(channel, CODE.preconditionFailed, `unknown delivery tag ${tag}`)
      }
      return tags
    }
    if (!channel.tags.isOpen(tag)) {
      this.fail(channel, CODE.preconditionFailed, `unknown delivery tag ${tag}`)
    }
    return [tag]
  }

  private dispatchAfter(channel: Channel, tag: number, multiple: boolean): void {
    if (!multiple) {
      const queue = channel.queueOf(tag)
      if (queue.alive) queue.dispatch()
      return
    }
    for (const queue of this.queues) if (queue.alive) queue.dispatch()
  }

  /** Cancels the channels' consumers first, so that nothing returned is handed to them again. */
  private closeChannels(channels: readonly Channel[], code: number): void {
    const touched = new Set<Queue>()
    const left = new Set<Queue>()
    for (const channel of channels) {
      if (!channel.isOpen) continue
      for (const consumer of this.consumers) {
        if (consumer.alive && consumer.channel === channel) {
          this.sim.emit(consumer, AMQP_FACTS.consumerCancelled, -1, CANCELLED.channelClosed)
          left.add(consumer.queue)
        }
      }
      for (const tag of channel.tags.openUpTo(channel.tags.next - 1)) {
        touched.add(channel.queueOf(tag))
        this.sim.emit(channel, AMQP_FACTS.requeued, channel.messageOf(tag), tag)
      }
      this.sim.emit(channel, AMQP_FACTS.channelClosed, -1, code)
    }
    for (const queue of touched) queue.settleReturned()
    for (const queue of left) this.deleteIfUnused(queue)
  }

  /** Auto-delete: gone when its last consumer is, once it has had one. */
  private deleteIfUnused(queue: Queue): void {
    if (queue.alive && queue.options.autoDelete && queue.hadConsumer && queue.consumerCount === 0) {
      this.dropQueue(queue)
    }
  }

  private dropQueue(queue: Queue): number {
    const count = queue.readyCount
    for (const consumer of this.consumersOf(queue)) {
      this.sim.emit(consumer, AMQP_FACTS.consumerCancelled, -1, CANCELLED.queueDeleted)
      this.wire.cancelled?.(consumer)
    }
    this.sim.emit(queue, AMQP_FACTS.queueDeleted, -1, count)
    return count
  }
}

function sameOptions(a: QueueOptions, b: QueueOptions): boolean {
  return (
    (a.durable ?? false) === (b.durable ?? false) &&
    (a.exclusive ?? false) === (b.exclusive ?? false) &&
    (a.autoDelete ?? false) === (b.autoDelete ?? false) &&
    a.maxLength === b.maxLength &&
    a.overflow === b.overflow
  )
}
