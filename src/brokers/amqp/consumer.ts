/** A consumer as the broker sees it: a subscription of a channel to a queue (basic.consume). */
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import type { Channel } from './channel.ts'
import { AMQP_FACTS } from './facts.ts'
import type { Place } from './line.ts'
import type { Queue } from './queue.ts'

/** Row behind `consumerStarted`. */
export interface ConsumerRow {
  part: number
  tag: string
  channel: number
  queue: number
  noAck: boolean
  exclusive: boolean
  /** x-priority; 0 unless said otherwise. */
  priority?: number
  /** Stream: offset of the first message that it gets. */
  offset?: number
  /** The channel's prefetch at this moment: later changes do not touch it (rabbitmq.com/docs/consumer-prefetch). */
  prefetch: number
}

export class Consumer implements Part {
  alive = true
  unacked = 0
  /** Quorum queues and streams: how many more messages it may be sent. */
  credit = 0
  /** Stream: offset of the next message that it gets. */
  offset: number
  /** Where it stands in its queue. */
  readonly place: Place = { line: null, ahead: null, behind: null }
  readonly node: number
  readonly tag: string
  readonly noAck: boolean
  readonly exclusive: boolean
  readonly prefetch: number
  readonly priority: number
  readonly row: number
  readonly channel: Channel
  readonly queue: Queue

  constructor(sim: Simulation, row: number, started: ConsumerRow, channel: Channel, queue: Queue) {
    this.row = row
    this.node = started.part
    this.tag = started.tag
    this.noAck = started.noAck
    this.exclusive = started.exclusive
    this.prefetch = started.prefetch
    this.priority = started.priority ?? 0
    this.offset = started.offset ?? 0
    this.channel = channel
    this.queue = queue
    sim.enlist(this)
  }

  /** Whether its prefetch is used up. Without acknowledgements there is no limit. */
  get isFull(): boolean {
    return this.prefetch > 0 && !this.noAck && this.unacked >= this.prefetch
  }

  apply(kind: number): void {
    if (kind === AMQP_FACTS.consumerCancelled) {
      this.alive = false
      this.queue.leave(this)
    }
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.unacked = io.int(this.unacked)
    this.credit = io.int(this.credit)
    this.offset = io.int(this.offset)
  }
}
