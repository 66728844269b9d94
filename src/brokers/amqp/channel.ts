/** A channel: its delivery tags and what each stands for. Acknowledgements are its affair. */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import type { Consumer } from './consumer.ts'
import { AMQP_FACTS } from './facts.ts'
import type { Queue } from './queue.ts'
import { TagWindow } from './tags.ts'

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
  prefetch = 0
  readonly tags = new TagWindow()
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
    this.log = records.ints(this.node, 'log')
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
  /** Where the message lay in its queue. */
  positionOf(tag: number): number {
    const position = this.log.get(tag * 2)
    return position < 0 ? -1 - position : position
  }
  wasRedelivered(tag: number): boolean {
    return this.log.get(tag * 2) < 0
  }

  /** Acknowledges one open tag and returns its queue. */
  ack(tag: number): Queue {
    const queue = this.queueOf(tag)
    const message = queue.messageAt(this.positionOf(tag))
    this.broker.sim.record(this.node, AMQP_FACTS.acked, message, tag)
    this.applyAcked(tag)
    return queue
  }

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.acked:
        this.applyAcked(aux)
        break
      case AMQP_FACTS.rejected:
        this.settle(aux).droppedCount++
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
        break
    }
  }

  archive(io: Archive): void {
    this.isOpen = io.flag(this.isOpen)
    this.prefetch = io.int(this.prefetch)
    this.tags.archive(io)
  }

  private write(position: number, redelivered: boolean, receiver: number): void {
    const at = this.tags.next * 2
    this.log.put(at, redelivered ? -1 - position : position)
    this.log.put(at + 1, receiver)
  }

  private receiverOf(tag: number): number {
    return this.log.get(tag * 2 + 1)
  }

  private applyAcked(tag: number): void {
    this.settle(tag).ackedCount++
  }

  private settle(tag: number): Queue {
    this.tags.settle(tag)
    const receiver = this.receiverOf(tag)
    if (receiver < 0) {
      const queue = this.broker.queue(-1 - receiver)
      queue.unackedCount--
      return queue
    }
    const consumer = this.broker.consumer(receiver)
    consumer.unacked--
    consumer.queue.settled(consumer)
    return consumer.queue
  }
}
