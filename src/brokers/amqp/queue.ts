/**
 * A classic queue: the messages that came, in order, as an append-only column; what is ready is a
 * cursor into it plus the few that were returned. Its dispatch follows rabbit_queue_consumers.erl
 * (RabbitMQ 3.10): consumers in turn; one whose prefetch is full is set aside when its turn comes, and
 * joins at the back when an acknowledgement frees a place.
 */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import type { Channel } from './channel.ts'
import type { Consumer } from './consumer.ts'
import { AMQP_FACTS, DROPPED } from './facts.ts'
import { Line } from './line.ts'

/** How a queue was declared. */
export interface QueueOptions {
  durable?: boolean
  exclusive?: boolean
  autoDelete?: boolean
  /** Most ready messages (x-max-length). Unacknowledged ones do not count. */
  maxLength?: number
  overflow?: 'drop-head' | 'reject-publish'
}

/** Row behind `queueDeclared`. */
export interface QueueRow {
  part: number
  name: string
  options: QueueOptions
  /** Connection that an exclusive queue belongs to. */
  owner: string | null
}

/** What a queue asks of its broker. */
export interface QueueContext {
  readonly sim: Simulation
  readonly channels: readonly Channel[]
  consumer(part: number): Consumer
  /** Puts a delivery on its way; the delivery is in the channel's books already. */
  handOver(consumer: Consumer, message: number, tag: number, redelivered: boolean): void
  channel(part: number): Channel
  /** A copy came by this exchange without a detour: it counts as routed. */
  countRouted(exchange: number): void
  forgetQueue(queue: Queue): void
}

export class Queue implements Part {
  alive = true
  /** Positions at or above `next` were never delivered; `tail` is where the next message goes. */
  tail = 0
  next = 0
  /** Positions that came back, oldest first: all below `next`, all redelivered. */
  readonly returned: number[] = []
  unackedCount = 0
  deliveredCount = 0
  ackedCount = 0
  droppedCount = 0
  /** Consumers in turn, and those set aside because their prefetch is full. */
  private readonly turn = new Line()
  private readonly aside = new Line()
  /** Whether it ever had a consumer: auto-delete waits for the first. */
  hadConsumer = false
  /** Two words a position: message, exchange that it came by. */
  private readonly log: IntColumn
  readonly node: number
  readonly name: string
  readonly options: QueueOptions
  readonly owner: string | null
  readonly row: number
  private readonly broker: QueueContext

  constructor(broker: QueueContext, row: number, declared: QueueRow) {
    this.broker = broker
    this.row = row
    this.node = declared.part
    this.name = declared.name
    this.options = declared.options
    this.owner = declared.owner
    const { records } = broker.sim
    this.log = records.ints(this.node, 'log')
    broker.sim.enlist(this)
  }

  get readyCount(): number {
    return this.returned.length + this.tail - this.next
  }

  get consumerCount(): number {
    return this.turn.count + this.aside.count
  }

  /** Those in turn, then those aside. */
  get consumers(): Consumer[] {
    return [...this.turn.list(), ...this.aside.list()]
  }

  /** Message and exchange at a position. */
  messageAt(position: number): number {
    return this.log.get(position * 2)
  }
  viaAt(position: number): number {
    return this.log.get(position * 2 + 1)
  }

  /** Position that the next delivery takes; only if something is ready. */
  head(): number {
    return this.returned.length > 0 ? (this.returned[0] as number) : this.next
  }

  /** The first `limit` ready positions in the order of delivery. */
  ready(limit: number): number[] {
    const positions = this.returned.slice(0, limit)
    for (let at = this.next; at < this.tail && positions.length < limit; at++) positions.push(at)
    return positions
  }

  /**
   * Stores a message and hands out what can be. Returns false if the queue is full and refuses.
   * Length limit: rabbitmq.com/docs/maxlength (drop-head is the default).
   */
  enqueue(message: number, exchange: number): boolean {
    const { sim } = this.broker
    const { maxLength, overflow } = this.options
    if (maxLength !== undefined && overflow === 'reject-publish' && this.readyCount >= maxLength) {
      sim.emit(this, AMQP_FACTS.refused, message, exchange)
      return false
    }
    this.log.put(this.tail * 2, message)
    this.log.put(this.tail * 2 + 1, exchange)
    sim.record(this.node, AMQP_FACTS.enqueued, message, exchange)
    this.applyEnqueued(exchange)
    this.dispatch()
    this.dropOverLimit()
    return true
  }

  /** drop-head: the oldest ready messages go until the limit is kept. Unacknowledged ones do not count. */
  dropOverLimit(): void {
    const { maxLength, overflow } = this.options
    if (maxLength === undefined || overflow === 'reject-publish') return
    while (this.readyCount > maxLength) {
      const message = this.messageAt(this.head())
      this.broker.sim.emit(this, AMQP_FACTS.dropped, message, DROPPED.maxLength)
    }
  }

  /** After messages came back: the limit first, so that the one returned to the head is the one that goes. */
  settleReturned(): void {
    if (!this.alive) return
    this.dropOverLimit()
    this.dispatch()
  }

  /** Delivers while something is ready and a consumer in turn has a free place. */
  dispatch(): void {
    const { sim } = this.broker
    while (this.readyCount > 0) {
      const consumer = this.firstFree()
      if (consumer === null) return
      const position = this.head()
      const message = this.messageAt(position)
      const redelivered = position < this.next
      const tag = consumer.channel.book(position, redelivered, consumer)
      sim.record(this.node, AMQP_FACTS.delivered, message, consumer.node)
      this.applyDelivered(consumer)
      this.broker.handOver(consumer, message, tag, redelivered)
    }
  }

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.enqueued:
        this.applyEnqueued(aux)
        break
      case AMQP_FACTS.delivered:
        this.applyDelivered(this.broker.consumer(aux))
        break
      case AMQP_FACTS.got:
        this.applyGot(aux)
        break
      case AMQP_FACTS.dropped:
        this.takeHead()
        this.droppedCount++
        break
      case AMQP_FACTS.refused:
        this.broker.countRouted(aux)
        this.droppedCount++
        break
      case AMQP_FACTS.purged:
        this.returned.length = 0
        this.next = this.tail
        break
      case AMQP_FACTS.queueDeleted:
        this.returned.length = 0
        this.next = this.tail
        this.alive = false
        this.broker.forgetQueue(this)
        break
    }
  }

  /** A consumer joins at the back of the turn. Called while a fact is applied. */
  join(consumer: Consumer): void {
    this.turn.join(consumer)
    this.hadConsumer = true
  }

  /** A consumer leaves. Called while a fact is applied. */
  leave(consumer: Consumer): void {
    this.turn.leave(consumer)
    this.aside.leave(consumer)
  }

  /** An unacknowledged message of a consumer is settled. Called while a fact is applied. */
  settled(freed: Consumer): void {
    this.unackedCount--
    // While something is ready, everyone in turn has been found full: they stand aside, in order.
    this.setFullAside()
    if (freed.place.line === this.aside) {
      this.aside.leave(freed)
      this.turn.join(freed)
    }
  }

  /** A message goes back to its original place (rabbitmq.com/docs/confirms, "requeue"). */
  takeBack(position: number): void {
    let i = this.returned.length
    while (i > 0 && (this.returned[i - 1] as number) > position) i--
    this.returned.splice(i, 0, position)
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.tail = io.int(this.tail)
    this.next = io.int(this.next)
    this.unackedCount = io.int(this.unackedCount)
    this.deliveredCount = io.int(this.deliveredCount)
    this.ackedCount = io.int(this.ackedCount)
    this.droppedCount = io.int(this.droppedCount)
    this.hadConsumer = io.flag(this.hadConsumer)
    io.list(this.returned)
  }

  /** Who stands where: restored after the consumers themselves. */
  archiveLines(io: Archive): void {
    const turn = this.turn.list().map((consumer) => consumer.node)
    const aside = this.aside.list().map((consumer) => consumer.node)
    io.list(turn)
    io.list(aside)
    if (!io.loading) return
    this.turn.clear()
    this.aside.clear()
    for (const part of turn) this.turn.join(this.broker.consumer(part))
    for (const part of aside) this.aside.join(this.broker.consumer(part))
  }

  private applyEnqueued(exchange: number): void {
    this.tail++
    this.broker.countRouted(exchange)
    this.setFullAside()
  }

  private applyDelivered(consumer: Consumer): void {
    const { turn } = this
    while (turn.first !== null && turn.first !== consumer) this.setAside(turn.first)
    if (turn.last !== consumer) {
      turn.leave(consumer)
      turn.join(consumer)
    }
    this.takeHead()
    this.deliveredCount++
    consumer.channel.open(consumer)
    if (consumer.noAck) this.ackedCount++
    else this.unackedCount++
    this.setFullAside()
  }

  private applyGot(by: number): void {
    this.takeHead()
    this.deliveredCount++
    const noAck = by < 0
    this.broker.channel(noAck ? -1 - by : by).openGet(noAck)
    if (noAck) this.ackedCount++
    else this.unackedCount++
  }

  private takeHead(): void {
    if (this.returned.length > 0) this.returned.shift()
    else this.next++
  }

  /** The first `limit` unacknowledged deliveries of this queue, by channel in the order of their tags. */
  unacked(limit: number): { message: number; redelivered: boolean; by: number }[] {
    const found: { message: number; redelivered: boolean; by: number }[] = []
    for (const channel of this.broker.channels) {
      for (const tag of channel.tags.openUpTo(channel.tags.next - 1)) {
        if (found.length === limit) return found
        if (channel.queueOf(tag) !== this) continue
        const redelivered = channel.wasRedelivered(tag)
        found.push({ message: channel.messageOf(tag), redelivered, by: channel.node })
      }
    }
    return found
  }

  /** basic.get: fetches the head for a channel; null if nothing is ready. */
  get(channel: Channel, noAck: boolean): { message: number; redelivered: boolean } | null {
    if (this.readyCount === 0) return null
    const position = this.head()
    const message = this.messageAt(position)
    const redelivered = position < this.next
    channel.bookGet(position, redelivered, this)
    const by = noAck ? -1 - channel.node : channel.node
    this.broker.sim.emit(this, AMQP_FACTS.got, message, by)
    return { message, redelivered }
  }

  private firstFree(): Consumer | null {
    for (let at = this.turn.first; at !== null; at = at.place.behind) {
      if (!at.isFull) return at
    }
    return null
  }

  private setFullAside(): void {
    if (this.readyCount === 0) return
    while (this.turn.first?.isFull) this.setAside(this.turn.first)
  }

  private setAside(consumer: Consumer): void {
    this.turn.leave(consumer)
    this.aside.join(consumer)
  }
}
