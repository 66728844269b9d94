/**
 * The parts of a broker: its exchanges, queues, channels and consumers, made by facts and archived
 * together. What is done with them is the broker's affair (`broker.ts`).
 */
import { must } from '../../base/assert.ts'
import { type Archive, archiveAll } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { Channel, type ChannelRow } from './channel.ts'
import { Consumer, type ConsumerRow } from './consumer.ts'
import { Exchange, type ExchangeRow } from './exchange.ts'
import { AMQP_FACTS, type Death } from './facts.ts'
import { Queue, type QueueRow } from './queue.ts'
import type { QueueContext } from './queueContext.ts'
import { quorum } from './quorum.ts'
import { StreamQueue } from './streamQueue.ts'
import type { Wire } from './wire.ts'

export abstract class BrokerParts implements Part, QueueContext {
  readonly exchanges: Exchange[] = []
  readonly queues: Queue[] = []
  readonly channels: Channel[] = []
  readonly consumers: Consumer[] = []
  readonly sim: Simulation
  readonly node: number

  constructor(sim: Simulation, node: number) {
    this.sim = sim
    this.node = node
  }

  abstract readonly withFaults: boolean
  abstract readonly isBursting: boolean
  abstract crash(queue: Queue): void
  abstract readonly wire: Wire
  abstract hasDeadLetterExchange(queue: Queue): boolean
  abstract deadLetter(queue: Queue, position: number, why: Death): void
  abstract deadLetterRefused(queue: Queue, message: number, via: number, key: number): void
  abstract deliverDeadLetters(): void
  abstract expireQueue(queue: Queue): void

  exchange(name: string): Exchange | undefined {
    return this.exchanges.find((e) => e.alive && e.name === name)
  }
  queue(name: string): Queue | undefined
  queue(part: number): Queue
  queue(which: string | number): Queue | undefined {
    if (typeof which === 'number') return this.sim.parts[which] as Queue
    return this.queues.find((q) => q.alive && q.name === which)
  }
  consumer(part: number): Consumer {
    return this.sim.parts[part] as Consumer
  }
  channel(part: number): Channel {
    return this.sim.parts[part] as Channel
  }

  /** Id of the connection that a part belongs to, for parts that a client made. */
  connectionOf(part: number): string | null {
    const known = this.sim.parts[part]
    if (known instanceof Channel) return known.connection
    if (known instanceof Consumer) return known.channel.connection
    return null
  }

  /** Takes a deleted queue or exchange out of every exchange. Called while a fact is applied. */
  forgetQueue({ node }: { node: number }): void {
    for (const exchange of this.exchanges) exchange.forget(node)
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

  private makeExchange(row: number): Exchange {
    return new Exchange(this, row, this.sim.records.rowAt<ExchangeRow>(row))
  }
  private makeQueue(row: number): Queue {
    const declared = this.sim.records.rowAt<QueueRow>(row)
    const { type } = declared.options
    if (type === 'quorum') {
      const QuorumQueue = must(quorum.Queue, 'quorum queues, loaded')
      return new QuorumQueue(this, row, declared)
    }
    if (type === 'stream') return new StreamQueue(this, row, declared)
    return new Queue(this, row, declared)
  }
  private makeChannel(row: number): Channel {
    return new Channel(this, row, this.sim.records.rowAt<ChannelRow>(row))
  }
  private makeConsumer(row: number): Consumer {
    const started = this.sim.records.rowAt<ConsumerRow>(row)
    const channel = this.channel(started.channel)
    return new Consumer(this.sim, row, started, channel, this.queue(started.queue))
  }
}
