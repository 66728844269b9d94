/**
 * Keeps accounts of every copy in every AMQP queue, from the facts alone and sharing no code with the family:
 * an accepted copy is exactly one of ready, unacknowledged, acknowledged, rejected, dropped, expired, purged or
 * lost in a restart; nobody holds more than its prefetch; what was never returned leaves in the order of its
 * arrival within its priority. A stream keeps what was read: each consumer gets record after record, none
 * twice, and holds no more than its credit. On a classic queue nobody consumes beside an exclusive consumer; a queue
 * with a single active one serves nobody else.
 */
import type { ConsumerRow } from '../brokers/amqp/consumer.ts'
import { AMQP_FACTS } from '../brokers/amqp/facts.ts'
import type { MessageProperties } from '../brokers/amqp/properties.ts'
import type { QueueRow } from '../brokers/amqp/queue.ts'
import type { QueueOptions } from '../brokers/amqp/queueOptions.ts'
import type { Records } from '../engine/records.ts'

/** Copies of messages in one queue. */
class Copies {
  readonly ready = new Map<number, number>()
  readonly unacked = new Map<number, number>()
  /** When a message arrived that was never returned, and what left last, by priority. */
  readonly arrivals = new Map<number, number>()
  readonly lastOut = new Map<number, number>()
  readonly seen = new Set<number>()
  arrived = 0
  /** Records of a stream, in their order. */
  readonly records: number[] = []
  /** Consumers that are there, and the single active one; -1: none yet. */
  readonly consumers = new Set<number>()
  active = -1
  readonly options: QueueOptions

  constructor(options: QueueOptions) {
    this.options = options
  }
}

interface Held {
  queue: number
  message: number
  consumer: number
}

interface Reader {
  row: ConsumerRow
  unacked: number
  /** What it may hold beyond its prefetch (the README's quirks of quorum queues). */
  extra: number
  /** Of a stream: the record that comes next. */
  next: number
}

export class AmqpAccounts {
  readonly violations: string[] = []
  private readonly queues = new Map<number, Copies>()
  private readonly consumers = new Map<number, Reader>()
  /** What each (channel, tag) of a stream's record stands for. */
  private readonly reads = new Map<string, Reader>()
  /** What each (channel, tag) stands for, and the next tag of each channel. */
  private readonly open = new Map<string, Held>()
  private readonly tags = new Map<number, number>()
  private readonly records: Records
  private at = 0

  constructor(records: Records) {
    this.records = records
    records.facts.each(0, records.facts.count, (_timeUs, kind, node, message, aux) => {
      this.read(kind, node, message, aux)
      this.at++
    })
  }

  /** Copies that a queue holds by these accounts. */
  count(queue: number): { ready: number; unacked: number } {
    const { ready, unacked } = this.copies(queue)
    return { ready: sum(ready), unacked: sum(unacked) }
  }

  private read(kind: number, node: number, message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.queueDeclared: {
        const { options } = this.records.rowAt<QueueRow>(message)
        this.queues.set(aux, new Copies(options))
        break
      }
      case AMQP_FACTS.consumerStarted:
        this.begin(aux, this.records.rowAt(message))
        break
      case AMQP_FACTS.consumerCancelled:
        this.copies(this.consumers.get(node)?.row.queue ?? -1).consumers.delete(node)
        break
      case AMQP_FACTS.activated:
        this.copies(node).active = aux
        break
      case AMQP_FACTS.enqueued:
        this.arrive(this.copies(node), message)
        break
      case AMQP_FACTS.delivered:
        this.deliver(node, message, aux)
        break
      case AMQP_FACTS.got: {
        this.leave(node, message, 'got')
        const channel = aux < 0 ? -1 - aux : aux
        const tag = this.nextTag(channel)
        if (aux >= 0) this.hold(channel, tag, { queue: node, message, consumer: -1 })
        break
      }
      case AMQP_FACTS.read:
        this.readOn(this.copies(node), message, aux)
        break
      case AMQP_FACTS.dropped:
      case AMQP_FACTS.expired:
      case AMQP_FACTS.forgotten:
        this.leave(node, message, 'taken off')
        break
      case AMQP_FACTS.purged:
      case AMQP_FACTS.queueDeleted:
        this.clear(node, aux)
        break
      default:
        this.settle(kind, node, message, aux)
    }
  }

  private settle(kind: number, channel: number, message: number, tag: number): void {
    switch (kind) {
      case AMQP_FACTS.acked:
      case AMQP_FACTS.rejected:
      case AMQP_FACTS.rejectedToDeadLetter:
        this.release(channel, tag)
        break
      case AMQP_FACTS.readAcked: {
        const reader = this.reads.get(`${channel}/${tag}`)
        if (reader === undefined) this.complain(`tag ${channel}/${tag} of a stream is not open`)
        else reader.unacked--
        this.reads.delete(`${channel}/${tag}`)
        break
      }
      case AMQP_FACTS.gaveUp: {
        const held = this.release(channel, tag)
        const consumer = held && this.consumers.get(held.consumer)
        if (consumer) consumer.extra++
        break
      }
      case AMQP_FACTS.requeued:
      case AMQP_FACTS.requeuedAtBack: {
        const held = this.release(channel, tag)
        if (!held) break
        const { ready, arrivals } = this.copies(held.queue)
        add(ready, message)
        arrivals.delete(message)
        break
      }
    }
  }

  private begin(part: number, row: ConsumerRow): void {
    const { consumers, options } = this.copies(row.queue)
    const isExclusive = (one: number) => this.consumers.get(one)?.row.exclusive === true
    // Quorum queues and streams take no notice of the flag.
    const { type = 'classic' } = options
    if (
      type === 'classic' &&
      consumers.size > 0 &&
      (row.exclusive || [...consumers].some(isExclusive))
    ) {
      this.complain(`${part} consumes beside an exclusive consumer`)
    }
    consumers.add(part)
    this.consumers.set(part, { row, unacked: 0, extra: 0, next: row.offset ?? 0 })
  }

  /** The next record of a stream. */
  private readOn(stream: Copies, message: number, part: number): void {
    const consumer = this.consumers.get(part)
    if (!consumer) {
      this.complain(`${part} reads and never consumed`)
      return
    }
    const at = consumer.next
    if (stream.records[at] !== message) {
      this.complain(`${part} reads message ${message} where record ${at} is next`)
    }
    consumer.next = at + 1
    const tag = this.nextTag(consumer.row.channel)
    this.reads.set(`${consumer.row.channel}/${tag}`, consumer)
    if (++consumer.unacked > consumer.row.prefetch) {
      this.complain(`${consumer.unacked} records unacked above prefetch ${consumer.row.prefetch}`)
    }
  }

  private arrive(copies: Copies, message: number): void {
    if (copies.options.type === 'stream') copies.records.push(message)
    add(copies.ready, message)
    // Of a message that comes twice nobody can say which copy leaves.
    if (copies.seen.has(message)) copies.arrivals.delete(message)
    else copies.arrivals.set(message, copies.arrived++)
    copies.seen.add(message)
  }

  private deliver(queue: number, message: number, part: number): void {
    this.leave(queue, message, 'delivered')
    const consumer = this.consumers.get(part)
    if (!consumer) {
      this.complain(`delivered to ${part}, which never consumed`)
      return
    }
    const { row } = consumer
    const { options, active } = this.copies(queue)
    if (options.singleActiveConsumer && active !== part) {
      this.complain(`${part} is served where ${active} is the single active consumer`)
    }
    const tag = this.nextTag(row.channel)
    if (row.noAck) return
    consumer.unacked++
    if (row.prefetch > 0 && consumer.unacked > row.prefetch + consumer.extra) {
      this.complain(`${consumer.unacked} unacked above prefetch ${row.prefetch}`)
    }
    this.hold(row.channel, tag, { queue, message, consumer: part })
  }

  /** A ready copy leaves; in its turn, if it was never returned. */
  private leave(queue: number, message: number, how: string): void {
    const copies = this.copies(queue)
    if (!take(copies.ready, message)) this.complain(`${how}: message ${message} is not ready`)
    const arrival = copies.arrivals.get(message)
    if (arrival === undefined) return
    copies.arrivals.delete(message)
    const lane = Math.min(this.priority(message), copies.options.maxPriority ?? 0)
    if (arrival < (copies.lastOut.get(lane) ?? -1)) {
      this.complain(`message ${message} of priority ${lane} leaves out of turn`)
    }
    copies.lastOut.set(lane, arrival)
  }

  private clear(queue: number, said: number): void {
    const { ready, arrivals } = this.copies(queue)
    if (sum(ready) !== said) this.complain(`${said} cleared where ${sum(ready)} are ready`)
    ready.clear()
    arrivals.clear()
  }

  private hold(channel: number, tag: number, held: Held): void {
    this.open.set(`${channel}/${tag}`, held)
    add(this.copies(held.queue).unacked, held.message)
  }

  private release(channel: number, tag: number): Held | null {
    const id = `${channel}/${tag}`
    const held = this.open.get(id)
    this.open.delete(id)
    if (!held) {
      this.complain(`tag ${id} is not open`)
      return null
    }
    const consumer = this.consumers.get(held.consumer)
    if (consumer) consumer.unacked--
    if (!take(this.copies(held.queue).unacked, held.message)) {
      this.complain(`message ${held.message} is not unacked`)
    }
    return held
  }

  private nextTag(channel: number): number {
    const tag = this.tags.get(channel) ?? 1
    this.tags.set(channel, tag + 1)
    return tag
  }

  private copies(queue: number): Copies {
    const known = this.queues.get(queue)
    if (known) return known
    const made = new Copies({})
    this.queues.set(queue, made)
    return made
  }

  private priority(message: number): number {
    const row = this.records.messages.props(message)
    return row === -1 ? 0 : (this.records.rowAt<MessageProperties>(row).priority ?? 0)
  }

  private complain(what: string): void {
    this.violations.push(`fact ${this.at}: ${what}`)
  }
}

function add(to: Map<number, number>, message: number): void {
  to.set(message, (to.get(message) ?? 0) + 1)
}

function take(from: Map<number, number>, message: number): boolean {
  const count = from.get(message) ?? 0
  if (count > 1) from.set(message, count - 1)
  else from.delete(message)
  return count > 0
}

function sum(copies: Map<number, number>): number {
  return [...copies.values()].reduce((total, count) => total + count, 0)
}
