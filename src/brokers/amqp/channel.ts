/**
 * A channel: its delivery tags and what each stands for, and what it has switched on (confirms, a
 * transaction, a common prefetch). Acknowledgements are its affair.
 */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { Confirms } from './confirms.ts'
import type { Consumer } from './consumer.ts'
import { AMQP_FACTS } from './facts.ts'
import type { Queue } from './queue.ts'
import { TagWindow } from './tags.ts'
import { Transaction } from './transaction.ts'

/** Row behind `channelOpened`. */
export interface ChannelRow {
  part: number
  /** Name of the connection: for a client of the scenario, its id. */
  connection: string
  name: string
}

/** What a channel asks of its broker. */
export interface ChannelContext {
  readonly sim: Simulation
  queue(part: number): Queue
  consumer(part: number): Consumer
}

export class Channel implements Part {
  isOpen = true
  /** 0: open, with neither a common prefetch nor transactions; else 1. */
  rare = 0
  /** Prefetch of consumers started from now on. */
  prefetch = 0
  /** Prefetch of the whole channel, 0 if there is none, and how much of it is used (rabbit_limiter.erl). */
  limit = 0
  volume = 0
  readonly tags = new TagWindow()
  readonly confirms = new Confirms()
  readonly transaction = new Transaction()
  /**
   * Two words a tag: position in the queue, -1 - position if it was a redelivery; part of the
   * consumer, -1 - part of the queue for basic.get.
   */
  private readonly log: IntColumn
  readonly node: number
  readonly connection: string
  readonly name: string
  readonly row: number
  private readonly broker: ChannelContext

  constructor(broker: ChannelContext, row: number, opened: ChannelRow) {
    this.broker = broker
    this.row = row
    this.node = opened.part
    this.connection = opened.connection
    this.name = opened.name
    const { records } = broker.sim
    this.log = records.ints(this.node, 'log', 2)
    broker.sim.enlist(this)
  }

  /** Writes down what the next tag stands for, before the fact that opens it. Returns the tag. */
  book(position: number, redelivered: boolean, consumer: Consumer): number {
    this.write(position, redelivered, consumer.node)
    return this.tags.next
  }

  /** The same for basic.get. */
  bookGet(position: number, redelivered: boolean, queue: Queue): void {
    this.write(position, redelivered, -1 - queue.node)
  }

  /** Opens the next tag for a delivery. Called while a fact is applied. */
  open(consumer: Consumer): void {
    if (consumer.noAck) {
      this.tags.takeSettled()
      return
    }
    this.tags.take()
    consumer.unacked++
    if (this.limit > 0) this.volume++
  }

  /** The same for basic.get, which no consumer answers for. */
  openGet(noAck: boolean): void {
    if (noAck) this.tags.takeSettled()
    else this.tags.take()
  }

  messageOf(tag: number): number {
    return this.queueOf(tag).messageAt(this.positionOf(tag))
  }
  queueOf(tag: number): Queue {
    const receiver = this.receiverOf(tag)
    return receiver < 0 ? this.broker.queue(-1 - receiver) : this.broker.consumer(receiver).queue
  }
  /** The consumer that a tag was delivered to; null for basic.get. */
  consumerOf(tag: number): Consumer | null {
    const receiver = this.receiverOf(tag)
    return receiver < 0 ? null : this.broker.consumer(receiver)
  }
  /** Where the message lay in its queue. */
  positionOf(tag: number): number {
    const position = this.log.get(tag * 2)
    return position < 0 ? -1 - position : position
  }
  wasRedelivered(tag: number): boolean {
    return this.log.get(tag * 2) < 0
  }

  /** Tags that their queues still count as unacknowledged: open, or answered in a transaction. */
  unsettledTags(): number[] {
    const open = this.tags.openUpTo(this.tags.next - 1)
    const { heldTags } = this.transaction
    return heldTags.length === 0 ? open : [...open, ...heldTags].toSorted((a, b) => a - b)
  }

  /** Acknowledges an open tag, with which `message` came to a consumer; returns its queue. */
  ack(tag: number, message: number): Queue {
    const consumer = this.broker.consumer(this.receiverOf(tag))
    const { queue } = consumer
    if (queue.keepsWhatIsRead) this.broker.sim.emit(this, AMQP_FACTS.readAcked, message, tag)
    else {
      this.broker.sim.record(this.node, AMQP_FACTS.acked, message, tag)
      this.applyAcked(tag, queue, consumer)
    }
    return queue
  }

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.acked:
        this.applyAcked(aux, this.queueOf(aux), this.consumerOf(aux))
        break
      case AMQP_FACTS.rejected:
        this.drop(aux).droppedCount++
        break
      case AMQP_FACTS.rejectedToDeadLetter:
        this.drop(aux)
        break
      case AMQP_FACTS.requeued: {
        const queue = this.settle(aux)
        if (queue.alive) queue.takeBack(this.positionOf(aux))
        break
      }
      case AMQP_FACTS.prefetchSet:
        this.prefetch = aux
        break
      case AMQP_FACTS.channelClosed:
        this.isOpen = false
        this.rare = 1
        this.transaction.clear()
        this.confirms.clear()
        break
      default:
        this.applyRare(kind, message, aux)
    }
  }

  archive(io: Archive): void {
    this.isOpen = io.flag(this.isOpen)
    this.prefetch = io.int(this.prefetch)
    this.limit = io.int(this.limit)
    this.volume = io.int(this.volume)
    this.tags.archive(io)
    this.confirms.archive(io)
    this.transaction.archive(io)
    if (io.loading) this.rare = this.findRare()
  }

  private applyRare(kind: number, message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.limitSet:
        // The volume is counted from here if there was no limit before, else it goes on (rabbit_limiter.erl).
        if (aux === 0) this.volume = 0
        else if (this.limit === 0) this.volume = this.tags.open
        this.limit = aux
        this.rare = this.findRare()
        break
      case AMQP_FACTS.requeuedAtBack: {
        const queue = this.settle(aux)
        if (queue.alive) queue.takeToBack(this.positionOf(aux))
        break
      }
      case AMQP_FACTS.answeredInVain: {
        this.leave(aux, this.consumerOf(aux))
        break
      }
      case AMQP_FACTS.gaveUp: {
        const queue = this.drop(aux)
        const consumer = this.consumerOf(aux)
        if (consumer) queue.gaveUp(consumer)
        break
      }
      case AMQP_FACTS.readAcked:
        if (this.tags.isOpen(aux)) this.tags.settle(aux)
        else this.transaction.release(aux)
        this.consumerOf(aux)?.queue.settledRead(this.broker.consumer(this.receiverOf(aux)))
        break
      case AMQP_FACTS.confirmsSelected:
      case AMQP_FACTS.confirmed:
      case AMQP_FACTS.nacked:
      case AMQP_FACTS.confirmAwaited:
      case AMQP_FACTS.confirmStep:
        this.confirms.apply(kind, message, aux)
        break
      default:
        this.transaction.apply(this, this.broker.sim.records, kind, message, aux)
        this.rare = this.findRare()
    }
  }

  private findRare(): number {
    return this.isOpen && this.limit === 0 && !this.transaction.isOn ? 0 : 1
  }

  private write(position: number, redelivered: boolean, receiver: number): void {
    this.log.putPair(this.tags.next * 2, redelivered ? -1 - position : position, receiver)
  }

  private receiverOf(tag: number): number {
    return this.log.get(tag * 2 + 1)
  }

  private applyAcked(tag: number, queue: Queue, by: Consumer | null): void {
    this.settleAt(tag, queue, by)
    queue.ackedCount++
    if (queue.countsDeliveries) queue.forgetDeliveries(this.positionOf(tag))
  }

  /** Rejected, or returned once too often: it does not come back. */
  private drop(tag: number): Queue {
    const queue = this.settle(tag)
    if (queue.countsDeliveries) queue.forgetDeliveries(this.positionOf(tag))
    return queue
  }

  /** The queue counts a delivery no longer as unacknowledged. */
  private settle(tag: number): Queue {
    const queue = this.queueOf(tag)
    this.settleAt(tag, queue, this.consumerOf(tag))
    return queue
  }

  private settleAt(tag: number, queue: Queue, by: Consumer | null): void {
    this.leave(tag, by)
    if (by === null) queue.settledGet()
    else queue.settled(by)
  }

  private leave(tag: number, by: Consumer | null): void {
    if (!this.tags.settleOpen(tag)) this.transaction.release(tag)
    if (by === null) return
    by.unacked--
    if (this.limit > 0 && this.volume !== 0) this.volume--
  }
}
