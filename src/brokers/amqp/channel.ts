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
  private readonly messages: IntColumn
  private readonly queues: IntColumn
  /** Position in the queue; -1 - position if it was a redelivery. */
  private readonly positions: IntColumn
  private readonly consumers: IntColumn
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
    this.messages = records.ints(this.node, 'message')
    this.queues = records.ints(this.node, 'queue')
    this.positions = records.ints(this.node, 'position')
    this.consumers = records.ints(this.node, 'consumer')
    broker.sim.enlist(this)
  }

  /** Writes down what the next tag stands for, before the fact that opens it. */
  book(
    queue: Queue,
    message: number,
    position: number,
    consumer: Consumer | null,
    redelivered: boolean,
  ): void {
    const tag = this.tags.next
    this.messages.put(tag, message)
    this.queues.put(tag, queue.node)
    this.positions.put(tag, redelivered ? -1 - position : position)
    this.consumers.put(tag, consumer === null ? -1 : consumer.node)
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
    return this.messages.get(tag)
  }
  queueOf(tag: number): Queue {
    return this.broker.queue(this.queues.get(tag))
  }
  /** Where the message lay in its queue. */
  positionOf(tag: number): number {
    const position = this.positions.get(tag)
    return position < 0 ? -1 - position : position
  }
  wasRedelivered(tag: number): boolean {
    return this.positions.get(tag) < 0
  }
  /** Part of the consumer that a tag was delivered to, -1 for basic.get. */
  consumerOf(tag: number): number {
    return this.consumers.get(tag)
  }

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.acked:
        this.settle(aux).ackedCount++
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

  private settle(tag: number): Queue {
    this.tags.settle(tag)
    const queue = this.queueOf(tag)
    const part = this.consumerOf(tag)
    if (part !== -1) this.broker.consumer(part).unacked--
    queue.settled(part)
    return queue
  }
}
