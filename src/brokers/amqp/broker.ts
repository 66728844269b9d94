/**
 * A whole RabbitMQ as one pure state machine, because its consistency boundary is the broker: a channel
 * acknowledges across queues, a publish reaches many of them. It offers the operations that a client has
 * (AMQP 0-9-1 as RabbitMQ 3.10 answers them); see README.md for what is modelled and what is left out.
 */
import { must } from '../../base/assert.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { BrokerParts } from './brokerParts.ts'
import type { Channel, ChannelRow } from './channel.ts'
import { closeChannels, closeConnection, deleteIfUnused, restart } from './closing.ts'
import type { Consumer } from './consumer.ts'
import { type ConsumeOptions, consume } from './consuming.ts'
import { crash } from './crash.ts'
import { DeadLetters } from './deadLetters.ts'
import { ChannelError, CODE, ConnectionError } from './errors.ts'
import { type Exchange, type ExchangeOptions, PREDECLARED } from './exchange.ts'
import { AMQP_FACTS, CANCELLED, type Death } from './facts.ts'
import type { Headers } from './properties.ts'
import { Publishing } from './publishing.ts'
import type { Queue } from './queue.ts'
import type { Arguments, DeclareFlags, QueueOptions } from './queueOptions.ts'
import { isQuorum } from './quorum.ts'
import { type Path, Routing } from './routing.ts'
import { answer, commit, settle, tagsMeant } from './settling.ts'
import { StreamQueue } from './streamQueue.ts'
import {
  addExchange,
  bind,
  declaredOptions,
  declareExchange,
  declareQueue,
  deleteExchange,
  deleteQueue,
  removeQueue,
  unbind,
} from './topology.ts'
import type { HeldPublish } from './transaction.ts'
import type { Wire } from './wire.ts'

export type { ConsumeOptions } from './consuming.ts'
export type { Path } from './routing.ts'

export class AmqpBroker extends BrokerParts {
  readonly routing: Routing
  private readonly publishing: Publishing
  private readonly deadLetters: DeadLetters
  isBursting = false
  readonly wire: Wire
  readonly withFaults: boolean

  constructor(sim: Simulation, node: number, wire: Wire, withFaults = false) {
    super(sim, node)
    this.wire = wire
    this.withFaults = withFaults
    this.routing = new Routing(this)
    this.publishing = new Publishing(this)
    this.deadLetters = new DeadLetters(this)
    sim.enlist(this)
  }

  // ——— topology ———

  /** The nameless exchange is there from the start; `part` gives it a number of the scenario's. */
  declareDefaultExchange(part = this.sim.nextNode()): Exchange {
    return addExchange(this, { part, name: '', type: 'default', durable: true })
  }

  /** Exchanges that every RabbitMQ has from the start besides the nameless one (AMQP 0-9-1, 3.1.3). */
  predeclareExchanges(): void {
    for (const { name, type, internal } of PREDECLARED) {
      addExchange(this, { part: this.sim.nextNode(), name, type, durable: true, internal })
    }
  }

  declareExchange(
    channel: Channel,
    name: string,
    type: string,
    options: ExchangeOptions = {},
    part?: number,
  ): Exchange {
    return declareExchange(this, channel, name, type, options, part)
  }

  deleteExchange(channel: Channel, name: string, ifUnused = false): void {
    deleteExchange(this, channel, name, ifUnused)
  }

  declareQueue(channel: Channel, name: string, options: QueueOptions = {}, part?: number): Queue {
    const queue = declareQueue(this, channel, name, options, part)
    this.deliverDeadLetters()
    return queue
  }

  /** The same with the arguments of queue.declare as a client writes them; a wrong one is 406. */
  declareQueueByArguments(
    channel: Channel,
    name: string,
    flags: DeclareFlags,
    args: Arguments,
  ): Queue {
    return this.declareQueue(channel, name, declaredOptions(this, channel, name, flags, args))
  }

  /** queue.declare with `passive`: it must be there (404), and usable on this channel (405). */
  checkQueue(channel: Channel, name: string): Queue {
    const queue = this.mustQueue(channel, name)
    queue.use()
    return queue
  }

  bind(
    channel: Channel,
    queue: string,
    exchange: string,
    key: string,
    args: Headers | null = null,
  ): void {
    bind(this, channel, exchange, { queue }, key, args)
  }

  unbind(
    channel: Channel,
    queue: string,
    exchange: string,
    key: string,
    args: Headers | null = null,
  ): void {
    unbind(this, channel, exchange, { queue }, key, args)
  }

  /** exchange.bind: what `source` routes to it goes on through `exchange` (rabbitmq.com/docs/e2e). */
  bindExchange(
    channel: Channel,
    exchange: string,
    source: string,
    key: string,
    args: Headers | null = null,
  ): void {
    bind(this, channel, source, { exchange }, key, args)
  }

  unbindExchange(
    channel: Channel,
    exchange: string,
    source: string,
    key: string,
    args: Headers | null = null,
  ): void {
    unbind(this, channel, source, { exchange }, key, args)
  }

  /** queue.purge: ready messages only, and none is dead-lettered. Returns how many went. */
  purge(channel: Channel, name: string): number {
    const queue = this.mustQueue(channel, name)
    if (queue instanceof StreamQueue) {
      this.failConnection(channel, CODE.notImplemented, 'a stream cannot be purged')
    }
    const count = queue.readyCount
    if (count > 0) this.sim.emit(queue, AMQP_FACTS.purged, -1, count)
    queue.settleReturned()
    return count
  }

  /** queue.delete. Returns the ready messages lost. */
  deleteQueue(channel: Channel, name: string, ifUnused = false, ifEmpty = false): number {
    return deleteQueue(this, channel, name, ifUnused, ifEmpty)
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
    closeChannels(this, [channel], code)
  }

  closeConnection(connection: string, code = 0): void {
    closeConnection(this, connection, code)
  }

  /** A clean stop and start: connections are gone, and all that is not durable. */
  restart(): void {
    restart(this)
  }

  /**
   * basic.qos. For each consumer started from now on, or with `global` for the whole channel
   * (rabbitmq.com/docs/consumer-prefetch); setting one kind takes a limit of the channel off again.
   */
  setPrefetch(channel: Channel, count: number, global = false): void {
    if (!global) this.sim.emit(channel, AMQP_FACTS.prefetchSet, -1, count)
    const limit = global ? count : 0
    if (limit !== channel.limit) this.sim.emit(channel, AMQP_FACTS.limitSet, -1, limit)
    this.liftLimit(channel)
    this.deliverDeadLetters()
  }

  /** confirm.select: 406 on a transactional channel. */
  selectConfirms(channel: Channel): void {
    if (channel.transaction.isOn) {
      this.fail(channel, CODE.preconditionFailed, 'cannot switch from tx to confirm mode')
    }
    if (!channel.confirms.isOn) this.sim.emit(channel, AMQP_FACTS.confirmsSelected, -1, -1)
  }

  /** tx.select: 406 on a channel with confirms. */
  selectTransactions(channel: Channel): void {
    if (channel.confirms.isOn) {
      this.fail(channel, CODE.preconditionFailed, 'cannot switch from confirm to tx mode')
    }
    if (!channel.transaction.isOn) this.sim.emit(channel, AMQP_FACTS.txSelected, -1, -1)
  }

  commit(channel: Channel): void {
    this.checkTransactional(channel)
    commit(this, channel)
  }

  /** tx.rollback: publishes are gone, answered deliveries are unacknowledged again and stay where they are. */
  rollback(channel: Channel): void {
    this.checkTransactional(channel)
    const { length } = channel.transaction.publishes
    this.sim.emit(channel, AMQP_FACTS.txRolledBack, -1, length)
  }

  // ——— publishing ———

  /** basic.publish of a message whose key the message table holds. 404 if there is no such exchange. */
  publish(channel: Channel, exchange: string, message: number, mandatory = false): void {
    this.publishing.publish(channel, this.mustExchange(channel, exchange), message, mandatory)
  }

  /**
   * The same with exchange and interned key at hand, for a publisher without a channel of its own (no
   * returns, no confirms). Returns whether any queue matched.
   */
  publishTo(exchange: Exchange, key: number, message: number): boolean {
    if (exchange.rare !== 0 || this.sim.records.messages.props(message) !== -1) {
      return this.publishing.send(null, exchange, key, message) > 0
    }
    const queues = exchange.route(key)
    if (queues.length === 0) {
      this.sim.emit(exchange, AMQP_FACTS.unroutable, message, -1)
      return false
    }
    const { hasPaths } = this.routing
    for (let i = 0; i < queues.length; i++) {
      const part = queues[i] as number
      const path = hasPaths ? this.routing.path(exchange.node, part) : undefined
      if (path) {
        this.sim.emit(exchange, AMQP_FACTS.routed, message, part)
        path(message, exchange.node, key)
      } else (this.sim.parts[part] as Queue).enqueue(message, exchange.node, key)
    }
    if (!this.deadLetters.isEmpty) this.deadLetters.deliver()
    return true
  }

  /** The same by way of a channel: with returns, confirms and transactions. */
  publishOn(
    channel: Channel,
    exchange: Exchange,
    key: number,
    message: number,
    mandatory = false,
  ): void {
    this.publishing.publish(channel, exchange, message, mandatory, key)
  }

  /**
   * What is published in one go: what a queue tells its publishers, that it is full or that it crashed,
   * reaches them after the last of it.
   */
  burst(publish: () => void): void {
    this.isBursting = true
    try {
      publish()
    } finally {
      this.isBursting = false
      for (const queue of this.queues) if (queue.alive) queue.afterBurst()
    }
  }

  publishHeld(channel: Channel, held: HeldPublish): boolean {
    return this.publishing.publishHeld(channel, held)
  }

  /** Makes the way from an exchange to a queue or exchange take time; `path` must end in `arrive`. */
  setPath(from: number, to: number, path: Path): void {
    this.routing.setPath(from, to, path)
  }

  /** A copy that was under way reaches a queue or exchange; it is lost if the queue is gone by now. */
  arrive(at: number, message: number, a: number, b: number): void {
    this.routing.arrive(at, message, a, b)
    this.deliverDeadLetters()
  }

  // ——— consuming ———

  consume(channel: Channel, queue: string, options: ConsumeOptions): Consumer {
    const consumer = consume(this, channel, queue, options)
    this.deliverDeadLetters()
    return consumer
  }

  /** basic.cancel: no more deliveries; what it holds stays unacknowledged. */
  cancel(consumer: Consumer): void {
    if (!consumer.alive) return
    const { queue } = consumer
    this.sim.emit(consumer, AMQP_FACTS.consumerCancelled, -1, CANCELLED.byClient)
    this.activateNext(queue)
    if (!deleteIfUnused(this, queue)) {
      queue.use()
      // A classic queue waits for its next occasion to serve the others (basic_cancel in rabbit_amqqueue_process).
      if (isQuorum(queue)) queue.dispatch()
    }
    this.deliverDeadLetters()
  }

  /** basic.cancel by tag; a tag that is not there is fine. */
  cancelTag(channel: Channel, tag: string): void {
    const consumer = this.consumers.find((c) => c.alive && c.channel === channel && c.tag === tag)
    if (consumer) this.cancel(consumer)
  }

  /** basic.get; null if nothing is ready. */
  get(channel: Channel, queueName: string, noAck = false) {
    const queue = this.mustQueue(channel, queueName)
    if (queue instanceof StreamQueue) {
      this.failConnection(channel, CODE.notImplemented, 'basic.get does not go with streams')
    }
    if (isQuorum(queue) && queue.options.singleActiveConsumer) {
      this.fail(channel, CODE.resourceLocked, `queue '${queueName}' has a single active consumer`)
    }
    queue.use()
    const got = queue.get(channel, noAck)
    this.deliverDeadLetters()
    return got
  }

  /** basic.ack; tag 0 with `multiple` means all. An unknown tag is 406 and closes the channel. */
  ack(channel: Channel, tag: number, multiple = false): void {
    answer(this, channel, tagsMeant(this, channel, tag, multiple), 'ack')
  }

  /** basic.ack of one delivery of `message` to a consumer that is known to be open, without lists: the hot path. */
  ackOne(channel: Channel, tag: number, message: number): void {
    if (channel.rare !== 0 || this.withFaults) {
      this.ack(channel, tag)
      return
    }
    channel.ack(tag, message).dispatchFreed(channel, tag, 1)
    if (!this.deadLetters.isEmpty) this.deadLetters.deliver()
  }

  /** basic.nack and basic.reject: back to its place in the queue, or gone. */
  nack(channel: Channel, tag: number, multiple: boolean, requeue: boolean): void {
    const tags = tagsMeant(this, channel, tag, multiple)
    answer(this, channel, tags, requeue ? 'requeue' : 'discard')
  }

  /**
   * basic.recover: everything unacknowledged on the channel goes back. Without requeue RabbitMQ closes
   * the connection with 540 (rabbitmq.com/docs/specification, "basic.recover").
   */
  recover(channel: Channel, requeue = true): void {
    if (!requeue) this.failConnection(channel, CODE.notImplemented, 'recover without requeue')
    const tags = channel.tags.openUpTo(channel.tags.next - 1)
    // A channel of 3.10 does not expect what a stream answers to it.
    if (tags.some((tag) => channel.queueOf(tag) instanceof StreamQueue)) {
      this.failConnection(channel, CODE.internalError, 'a stream takes nothing back')
    }
    settle(this, channel, tags, 'requeue')
  }

  // ——— what its parts ask of it ———

  mustExchange(channel: Channel, name: string): Exchange {
    return this.exchange(name) ?? this.fail(channel, CODE.notFound, `no exchange '${name}'`)
  }

  /** A queue that exists and may be used on this channel: 404 or 405 otherwise. */
  mustQueue(channel: Channel, name: string): Queue {
    const queue = this.queue(name) ?? this.fail(channel, CODE.notFound, `no queue '${name}'`)
    this.checkOwner(channel, queue)
    return queue
  }

  /** An exclusive queue serves its own connection only (405, rabbitmq.com/docs/queues#exclusive). */
  checkOwner(channel: Channel, queue: Queue): void {
    if (queue.owner !== null && queue.owner !== channel.connection) {
      this.fail(channel, CODE.resourceLocked, `queue '${queue.name}' belongs to another connection`)
    }
  }

  fail(channel: Channel, code: number, text: string): never {
    this.closeChannel(channel, code)
    this.wire.closed?.(channel, code)
    throw new ChannelError(code, text)
  }

  failConnection(channel: Channel, code: number, text: string): never {
    this.closeConnection(channel.connection, code)
    this.wire.connectionClosed?.(channel.connection, code)
    throw new ConnectionError(code, text)
  }

  store(queue: Queue, message: number, via: number, key: number, cameBy: number): void {
    this.publishing.store(queue, message, via, key, cameBy)
  }

  hasDeadLetterExchange(queue: Queue): boolean {
    return this.deadLetters.exchangeOf(queue) !== undefined
  }

  deadLetter(queue: Queue, position: number, why: Death): void {
    const message = queue.messageAt(position)
    this.deadLetters.send(queue, message, queue.viaAt(position), queue.keyAt(position), why)
  }

  deadLetterRefused(queue: Queue, message: number, via: number, key: number): void {
    this.deadLetters.send(queue, message, via, key, 'maxlen')
  }

  /** Copies of what dies meanwhile wait. */
  withoutDeadLetters(act: () => void): void {
    this.deadLetters.areHeld = true
    try {
      act()
    } finally {
      this.deadLetters.areHeld = false
    }
    this.deliverDeadLetters()
  }

  /** Copies of what died arrive once the operation is done. */
  deliverDeadLetters(): void {
    if (!this.deadLetters.isEmpty) this.deadLetters.deliver()
  }

  crash(queue: Queue): void {
    crash(this, queue)
  }

  expireQueue(queue: Queue): void {
    this.sim.emit(queue, AMQP_FACTS.queueExpired, -1, -1)
    removeQueue(this, queue)
  }

  /** With a single active consumer: the next one takes over where there is none. */
  activateNext(queue: Queue): void {
    if (!queue.alive || !queue.options.singleActiveConsumer || queue.active !== null) return
    const next = queue.nextActive()
    if (next) this.sim.emit(queue, AMQP_FACTS.activated, -1, next.node)
  }

  /** Queues go on serving a channel whose common prefetch has room again (rabbit_limiter.erl, "notify_queues"). */
  liftLimit(channel: Channel): void {
    if (channel.limit > 0 && channel.volume >= channel.limit) return
    for (const queue of this.queues) if (queue.alive) queue.lift(channel)
  }

  private checkTransactional(channel: Channel): void {
    if (!channel.transaction.isOn) {
      this.fail(channel, CODE.preconditionFailed, 'channel is not transactional')
    }
  }
}
