/** A consumer as the broker sees it: a subscription of a channel to a queue (basic.consume). */
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import type { Channel } from './channel.ts'
import { AMQP_FACTS } from './facts.ts'
import type { Line } from './line.ts'
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
  /** Where it stands in its queue: in one line at most. */
  line: Line | null = null
  ahead: Consumer | null = null
  behind: Consumer | null = null
  readonly node: number
  readonly tag: string
  readonly noAck: boolean
  readonly exclusive: boolean
  readonly prefetch: number
  readonly priority: number
  readonly row: number
  readonly channel: Channel
  readonly queue: Queue
  /** Most unacknowledged messages. Without acknowledgements there is no limit. */
  private most: number

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
    this.most = started.prefetch > 0 && !started.noAck ? started.prefetch : 0x7fffffff
    sim.enlist(this)
  }

  /**
   * A delivery to an earlier consumer of the same tag was settled. RabbitMQ keeps credit by tag, so this one
   * may hold one more (`rabbit_limiter:ack_from_queue/3`).
   */
  inherit(): void {
    this.most++
  }

  /** Whether its prefetch is used up. */
  get isFull(): boolean {
    return this.unacked >= this.most
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
    this.most = io.int(this.most)
  }
}
