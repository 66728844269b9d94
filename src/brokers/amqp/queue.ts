/**
 * A classic queue: what is done with what it holds (`queueContents.ts`), after rabbit_amqqueue_process.erl of
 * RabbitMQ 3.10; who is served when is in `consumerLines.ts`. Quorum queues and streams are kinds of it.
 */
import type { Archive } from '../../engine/archive.ts'
import type { Part } from '../../engine/simulation.ts'
import type { Channel } from './channel.ts'
import type { Consumer } from './consumer.ts'
import { ConsumerLines } from './consumerLines.ts'
import { expireHeads, QUEUE_TIMER } from './expiry.ts'
import { AMQP_FACTS } from './facts.ts'
import { dropOverLimit, wouldOverflow } from './lengthLimit.ts'
import { type Headers, propertiesOf, visibleHeaders } from './properties.ts'
import { QueueContents } from './queueContents.ts'
import type { QueueContext } from './queueContext.ts'
import type { QueueOptions } from './queueOptions.ts'
import type { RecoveredRow } from './restart.ts'

/** Row behind `queueDeclared`. */
export interface QueueRow {
  part: number
  name: string
  options: QueueOptions
  /** Connection that an exclusive queue belongs to. */
  owner: string | null
}

/** What basic.get fetched, and how many messages it says are left. */
export interface Got {
  message: number
  redelivered: boolean
  remaining: number
}

export class Queue extends QueueContents implements Part {
  alive = true
  unackedCount = 0
  deliveredCount = 0
  ackedCount = 0
  droppedCount = 0
  /** Whether it ever had a consumer: auto-delete waits for the first. */
  hadConsumer = false
  protected readonly lines: ConsumerLines
  private readonly singleActive: boolean
  /** Its process crashed within the present burst: what follows in it is lost. */
  private isDown = false
  /** Deliveries that it forgot in a crash, two words a channel: its part, its first tag that counts. */
  private readonly forgotten: number[] = []
  /** When it was last used, for x-expires. */
  usedUs = 0
  readonly name: string
  /** Interned name of the connection that an exclusive queue belongs to, -1 if to none. */
  private ownerId: number
  readonly row: number
  readonly broker: QueueContext

  constructor(broker: QueueContext, row: number, declared: QueueRow) {
    super(broker.sim, declared.part, declared.options)
    this.broker = broker
    this.row = row
    this.name = declared.name
    this.ownerId = declared.owner === null ? -1 : broker.sim.records.strings.id(declared.owner)
    this.singleActive = this.options.singleActiveConsumer ?? false
    this.lines = new ConsumerLines(this.singleActive)
    broker.sim.enlist(this)
  }

  /** Connection that an exclusive queue belongs to. */
  get owner(): string | null {
    return this.ownerId === -1 ? null : this.broker.sim.records.strings.text(this.ownerId)
  }

  get consumerCount(): number {
    return this.lines.count
  }

  /** With x-single-active-consumer: the one that is served. */
  get active(): Consumer | null {
    return this.lines.active
  }

  /** Those in turn, then those aside. */
  get consumers(): Consumer[] {
    return this.lines.list()
  }

  /**
   * Stores a message and hands out what can be. `cameBy` is the exchange that it counts for, -1 if it was
   * counted when it left. Returns false if the queue is full and refuses.
   */
  enqueue(
    message: number,
    via: number,
    key: number,
    cameBy = via,
    _publisher: Channel | null = null,
  ): boolean {
    const { sim } = this.broker
    if (this.rare !== 0 || sim.records.messages.props(message) !== -1) {
      return this.enqueueByRules(message, via, key, cameBy)
    }
    this.writePlain(message, via)
    sim.record(this.node, AMQP_FACTS.enqueued, message, cameBy)
    this.applyStored(cameBy)
    this.dispatch()
    return true
  }

  /** The same where limits, times or priorities may have a say. */
  private enqueueByRules(message: number, via: number, key: number, cameBy: number): boolean {
    const { sim } = this.broker
    if (this.isDown) {
      sim.emit(this, AMQP_FACTS.refused, message, cameBy)
      return false
    }
    if (wouldOverflow(this, message)) {
      sim.emit(this, AMQP_FACTS.refused, message, cameBy)
      if (this.options.overflow === 'reject-publish-dlx') {
        this.broker.deadLetterRefused(this, message, via, key)
      }
      return false
    }
    if (this.broker.withFaults && this.singleActive && this.readyCount > 0) {
      const active = this.lines.firstFree(this.suspend)
      if (active !== null) return this.mistakeForEmpty(active, message, via, key)
    }
    const deadline = this.write(message, via, key)
    sim.emit(this, AMQP_FACTS.enqueued, message, cameBy)
    const before = this.readyCount
    this.dispatch()
    if (this.readyCount < before) return true
    const dropped = dropOverLimit(this)
    // RabbitMQ looks at the head's time only if the head may have changed (deliver_or_enqueue/3).
    const alone = this.readyCount === 1
    if ((dropped || alone) && !(dropped && alone && deadline === null)) expireHeads(this)
    return true
  }

  /** See `crash.ts`. Returns whether the publisher hears that the message was taken. */
  private mistakeForEmpty(active: Consumer, message: number, via: number, key: number): boolean {
    const { sim } = this.broker
    if (active.noAck) {
      this.write(message, via, key)
      const tag = active.channel.book(this.tail, false, active)
      sim.emit(this, AMQP_FACTS.passedBy, message, active.node)
      this.broker.wire.deliver(active, message, tag, false)
      return true
    }
    this.broker.crash(this)
    this.isDown = this.broker.isBursting
    const persistent = propertiesOf(sim.records, message)?.deliveryMode === 2
    return !(this.options.durable && persistent)
  }

  /** The last of several publishes was made (`AmqpBroker.burst`). */
  afterBurst(): void {
    this.isDown = false
  }

  /** Whether it does not know of a delivery any more. */
  hasForgotten(channel: Channel, tag: number): boolean {
    if (this.forgotten.length === 0) return false
    for (let i = 0; i < this.forgotten.length; i += 2) {
      if (this.forgotten[i] === channel.node) return tag < (this.forgotten[i + 1] as number)
    }
    return false
  }

  /**
   * After messages came back: the limit first, so that the one returned to the head is the one that goes,
   * then times, then consumers (requeue_and_run/2).
   */
  settleReturned(): void {
    if (!this.alive) return
    dropOverLimit(this)
    expireHeads(this)
    this.dispatch()
  }

  /** Delivers while something is ready and a consumer may take it. */
  dispatch(): void {
    if (this.readyCount > 0) this.serve()
  }

  private serve(): void {
    const { sim } = this.broker
    do {
      const consumer = this.lines.firstFree(this.suspend)
      if (consumer === null) return
      const position = this.head()
      const message = this.messageAt(position)
      const redelivered = this.headWasDelivered()
      const tag = consumer.channel.book(position, redelivered, consumer)
      sim.record(this.node, AMQP_FACTS.delivered, message, consumer.node)
      this.applyDelivered(consumer)
      if (this.timed) expireHeads(this)
      this.broker.wire.deliver(consumer, message, tag, redelivered)
    } while (this.readyCount > 0)
  }

  /**
   * `count` answers of one receiver were taken, `tag` the last of them: whoever they freed is served. A single
   * active consumer that could have taken something before is not looked at (`subtract_acks/4` runs the queue
   * only if somebody was unblocked).
   */
  dispatchFreed(channel: Channel, tag: number, count: number): void {
    if (!this.alive) return
    if (!this.singleActive || this.wasFull(channel.consumerOf(tag), count)) {
      this.dispatch()
    }
  }

  private wasFull(consumer: Consumer | null, settled: number): boolean {
    if (consumer === null || consumer !== this.active || consumer.prefetch === 0) return false
    return !consumer.isFull && consumer.unacked + settled >= consumer.prefetch
  }

  /**
   * Consumers of a channel may go on: its common prefetch has room again. The queue is run only if one of them
   * stood aside (`rabbit_queue_consumers:unblock/2`).
   */
  lift(channel: Channel): void {
    if (!this.lines.isSuspended(channel)) return
    const before = this.lines.turn.count
    this.broker.sim.emit(this, AMQP_FACTS.limitLifted, -1, channel.node)
    if (this.lines.turn.count > before) this.dispatch()
  }

  /** A timer is due: the head may have expired, or the queue. */
  due(kind: number): void {
    if (!this.alive) return
    if (kind === QUEUE_TIMER.head) expireHeads(this)
    else if (this.consumerCount === 0 && this.unusedUs() >= this.expiresUs()) {
      this.broker.expireQueue(this)
    }
    this.broker.deliverDeadLetters()
  }

  /** basic.get, queue.declare and the leaving of the last consumer start x-expires anew (rabbitmq.com/docs/ttl#queue-ttl). */
  use(): void {
    if (this.options.expiresMs === undefined || this.consumerCount > 0) return
    const { sim } = this.broker
    sim.emit(this, AMQP_FACTS.queueUsed, -1, -1)
    sim.after(this.expiresUs(), this, QUEUE_TIMER.unused)
  }

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.enqueued:
        this.applyEnqueued(message, aux)
        break
      case AMQP_FACTS.delivered:
        this.applyDelivered(this.broker.consumer(aux))
        break
      case AMQP_FACTS.got:
        this.applyGot(aux)
        break
      case AMQP_FACTS.dropped:
      case AMQP_FACTS.expired:
        this.dropHead()
        this.droppedCount++
        break
      case AMQP_FACTS.refused:
        this.broker.countRouted(aux)
        this.droppedCount++
        break
      case AMQP_FACTS.purged:
        this.clear()
        break
      case AMQP_FACTS.queueDeleted:
        this.clear()
        this.alive = false
        this.broker.forgetQueue(this)
        break
      default:
        this.applyRare(kind, message, aux)
    }
  }

  protected applyRare(kind: number, message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.redeclared:
        this.alive = true
        this.hadConsumer = false
        this.ownerId = message
        break
      case AMQP_FACTS.activated:
        this.lines.active = this.broker.consumer(aux)
        break
      case AMQP_FACTS.limitReached:
        this.lines.suspend(aux)
        this.lines.setBlockedAside()
        break
      case AMQP_FACTS.limitLifted:
        this.lines.lift(this.broker.channel(aux))
        break
      case AMQP_FACTS.queueUsed:
        this.usedUs = this.broker.sim.nowUs
        break
      case AMQP_FACTS.forgotten:
        this.droppedCount++
        break
      case AMQP_FACTS.queueCrashed:
        this.recover(this.broker.sim.records.rowAt<RecoveredRow>(message))
        this.forgetDeliveriesMade()
        break
      case AMQP_FACTS.passedBy: {
        const consumer = this.broker.consumer(aux)
        this.passTail()
        this.deliveredCount++
        this.ackedCount++
        consumer.channel.open(consumer)
        break
      }
      case AMQP_FACTS.recovered:
        this.recover(this.broker.sim.records.rowAt<RecoveredRow>(message))
        break
    }
  }

  private forgetDeliveriesMade(): void {
    this.unackedCount = 0
    this.hadConsumer = false
    this.forgotten.length = 0
    for (const { node, tags } of this.broker.channels) this.forgotten.push(node, tags.next)
  }

  /** A consumer joins at the back of the turn. Called while a fact is applied. */
  join(consumer: Consumer): void {
    this.lines.turn.join(consumer)
    this.hadConsumer = true
    if (!this.keepsWhatIsRead) this.setBlockedAside()
  }

  /** A consumer leaves. Called while a fact is applied. */
  leave(consumer: Consumer): void {
    this.lines.leave(consumer)
  }

  /** The consumer that is next to be the single active one (x-single-active-consumer). */
  nextActive(): Consumer | null {
    return this.lines.turn.first
  }

  /** An unacknowledged message of a consumer is settled. Called while a fact is applied. */
  settled(freed: Consumer): void {
    this.unackedCount--
    // While something is ready, everyone in turn has been found full: they stand aside, in order. A single
    // active consumer whose predecessor left was not looked at yet.
    if (!this.singleActive || freed === this.lines.active) this.setBlockedAside()
    if (freed.alive === false) this.freeHeirOf(freed)
    else this.lines.freed(freed)
  }

  private freeHeirOf(gone: Consumer): void {
    const heir = this.lines.heirOf(gone)
    if (heir === undefined) return
    if (heir !== gone) heir.inherit()
    this.lines.freed(heir)
  }

  /** An unacknowledged message of basic.get is settled. Called while a fact is applied. */
  settledGet(): void {
    this.unackedCount--
  }

  /** A consumer of a stream acknowledged what it read. */
  settledRead(_consumer: Consumer): void {}

  /** Whether what was read stays, so that an acknowledgement is about the reader only. */
  get keepsWhatIsRead(): boolean {
    return false
  }

  /** Whether it keeps how often each message was delivered. */
  get countsDeliveries(): boolean {
    return false
  }
  forgetDeliveries(_position: number): void {}

  /** A consumer returned a message once too often. */
  gaveUp(_consumer: Consumer): void {}

  /** The headers that a receiver of what lies at a position sees. */
  headersAt(position: number, _byGet: boolean): Headers {
    return visibleHeaders(propertiesOf(this.sim.records, this.messageAt(position))) ?? {}
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.archiveContents(io)
    this.unackedCount = io.int(this.unackedCount)
    this.deliveredCount = io.int(this.deliveredCount)
    this.ackedCount = io.int(this.ackedCount)
    this.droppedCount = io.int(this.droppedCount)
    this.hadConsumer = io.flag(this.hadConsumer)
    this.usedUs = io.int(this.usedUs)
    this.ownerId = io.int(this.ownerId)
    io.list(this.forgotten)
  }

  /** Who stands where: restored after the consumers themselves. */
  archiveLines(io: Archive): void {
    this.lines.archive(io, (part) => this.broker.consumer(part))
  }

  /** The first `limit` unacknowledged deliveries of this queue, by channel in the order of their tags. */
  unacked(limit: number): { message: number; redelivered: boolean; by: number }[] {
    const found: { message: number; redelivered: boolean; by: number }[] = []
    for (const channel of this.broker.channels) {
      for (const tag of channel.unsettledTags()) {
        if (found.length === limit) return found
        if (channel.queueOf(tag) !== this) continue
        const redelivered = channel.wasRedelivered(tag)
        found.push({ message: channel.messageOf(tag), redelivered, by: channel.node })
      }
    }
    return found
  }

  /** basic.get: fetches the head for a channel; null if nothing is ready. */
  get(channel: Channel, noAck: boolean): Got | null {
    if (this.readyCount === 0) return null
    const position = this.head()
    const message = this.messageAt(position)
    const redelivered = this.headWasDelivered()
    channel.bookGet(position, redelivered, this)
    const by = noAck ? -1 - channel.node : channel.node
    this.broker.sim.emit(this, AMQP_FACTS.got, message, by)
    const left = this.readyCount
    expireHeads(this)
    return { message, redelivered, remaining: this.remainingOf(left, noAck) }
  }

  /** A classic queue counts what is left once expired messages are gone, `left` counts them as well. */
  protected remainingOf(_left: number, _noAck: boolean): number {
    return this.readyCount
  }

  protected applyEnqueued(message: number, exchange: number): void {
    this.admit(message)
    this.applyStored(exchange)
  }

  protected applyStored(exchange: number): void {
    this.tail++
    this.readyCount++
    this.broker.countRouted(exchange)
    this.setBlockedAside()
  }

  protected applyDelivered(consumer: Consumer): void {
    this.lines.served(consumer)
    this.takeHead()
    this.deliveredCount++
    consumer.channel.open(consumer)
    if (consumer.noAck) this.ackedCount++
    else this.unackedCount++
    this.setBlockedAside()
  }

  protected applyGot(by: number): void {
    this.takeHead()
    this.deliveredCount++
    const noAck = by < 0
    this.broker.channel(noAck ? -1 - by : by).openGet(noAck)
    if (noAck) this.ackedCount++
    else this.unackedCount++
  }

  private unusedUs(): number {
    return this.broker.sim.nowUs - this.usedUs
  }
  private expiresUs(): number {
    return (this.options.expiresMs ?? Number.POSITIVE_INFINITY) * 1000
  }

  private setBlockedAside(): void {
    if (this.readyCount > 0) this.lines.setBlockedAside()
  }

  private readonly suspend = (channel: Channel): void => {
    this.broker.sim.emit(this, AMQP_FACTS.limitReached, -1, channel.node)
  }
}
