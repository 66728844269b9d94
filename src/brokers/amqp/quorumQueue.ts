/**
 * A quorum queue (rabbitmq.com/docs/quorum-queues) as rabbit_fifo.erl of RabbitMQ 3.10 has it, on one node:
 * consumers have credit and queue up for service; what is returned is served before what is new, in the
 * order of its return, and counted; every message is durable. Left out: replicas, leaders, in-memory limits.
 */
import type { Archive } from '../../engine/archive.ts'
import type { Channel } from './channel.ts'
import type { Consumer } from './consumer.ts'
import { expireHeads } from './expiry.ts'
import { AMQP_FACTS } from './facts.ts'
import { dropOverLimit, isBelowSoftLimit, isOverLimit } from './lengthLimit.ts'
import type { Headers } from './properties.ts'
import { Queue } from './queue.ts'
import { quorum } from './quorum.ts'

/** Credit of a consumer without prefetch (`rabbit_quorum_queue:consume/3`). */
const CREDIT_MAX = 2000

/** A delivery that is decided, before its fact. */
interface Planned {
  consumer: Consumer
  position: number
}

export class QuorumQueue extends Queue {
  /** How often a message was returned, by position; absent = never. */
  private readonly counts = new Map<number, number>()
  /** What the last delivery found: without acknowledgement the count itself is gone with it. */
  private taken = { position: -1, count: 0 }
  /** Cancelled consumers that still hold messages, and basic.gets that are not acknowledged: both count as consumers. */
  private readonly lingering: number[] = []
  private openGets = 0
  /** Within a decision only: it deals out messages. */
  private isServing = false
  /** Parts of channels that have published here, and of those that were told to stop. */
  private readonly publishers: number[] = []
  private readonly blocked: number[] = []

  override get countsDeliveries(): boolean {
    return true
  }

  override get consumerCount(): number {
    return super.consumerCount + this.lingering.length + this.openGets
  }

  override headWasDelivered(): boolean {
    return this.counts.has(this.head())
  }

  override waiting(limit: number): { position: number; redelivered: boolean }[] {
    return super
      .waiting(limit)
      .map(({ position }) => ({ position, redelivered: this.counts.has(position) }))
  }

  /** How often the message at a position was returned. */
  deliveriesAt(position: number): number {
    return this.counts.get(position) ?? 0
  }

  /** Whether one more return is one too many (x-delivery-limit). */
  givesUpOn(position: number): boolean {
    const { deliveryLimit } = this.options
    return deliveryLimit !== undefined && this.deliveriesAt(position) + 1 > deliveryLimit
  }

  override forgetDeliveries(position: number): void {
    this.counts.delete(position)
  }

  override headersAt(position: number, byGet: boolean): Headers {
    const { taken } = this
    const count = taken.position === position ? taken.count : this.deliveriesAt(position)
    const own = super.headersAt(position, byGet)
    return count > 0 || byGet ? { ...own, 'x-delivery-count': count } : own
  }

  override enqueue(
    message: number,
    via: number,
    key: number,
    cameBy = via,
    publisher: Channel | null = null,
  ): boolean {
    const { sim } = this.broker
    if (publisher !== null && this.refuses(publisher)) {
      sim.emit(this, AMQP_FACTS.refused, message, cameBy)
      return false
    }
    this.write(message, via, key)
    sim.emit(this, AMQP_FACTS.enqueued, message, cameBy)
    this.dispatch()
    return true
  }

  override afterBurst(): void {
    this.keepLimit()
  }

  override settleReturned(): void {
    if (this.alive) this.dispatch()
  }

  override dispatchFreed(): void {
    this.settleReturned()
  }

  /** Serves whoever is first in line, until nothing is ready or nobody has credit. */
  override dispatch(): void {
    // Over a link without latency a consumer answers while it is served: the round under way goes on from there.
    if (this.isServing) return
    this.isServing = true
    for (;;) {
      if (!this.isFreshZero()) expireHeads(this)
      const plan = this.plan()
      if (plan.length === 0) break
      this.carryOut(plan)
    }
    this.isServing = false
    // A time to live of 0 gives a waiting consumer its chance first.
    if (this.timed) expireHeads(this)
    this.keepLimit()
  }

  override get(channel: Channel, noAck: boolean) {
    const got = super.get(channel, noAck)
    this.use()
    this.keepLimit()
    return got
  }

  /** It looks for expired messages once a delivery is settled, which with acknowledgements is later. */
  protected override remainingOf(left: number, noAck: boolean): number {
    return noAck ? this.readyCount : left
  }

  /** Writes down what a message that goes behind all others will lie as, before the fact that moves it. */
  bookAtBack(position: number): void {
    this.log.put(this.tail * 2, this.messageAt(position))
    this.log.put(this.tail * 2 + 1, this.viaAt(position))
    this.copyRules(position, this.tail)
  }

  override takeBack(position: number): void {
    this.counts.set(position, this.deliveriesAt(position) + 1)
    this.returned.push(position)
    this.readyCount++
    this.addBytes(position, 1)
  }

  override takeToBack(position: number): void {
    this.counts.set(this.tail, this.deliveriesAt(position) + 1)
    this.counts.delete(position)
    this.addBytes(this.tail, 1)
    this.tail++
    this.readyCount++
  }

  override join(consumer: Consumer): void {
    consumer.credit = consumer.prefetch === 0 ? CREDIT_MAX : consumer.prefetch
    // One that comes back under its tag still holds what it held (`merge_consumer/4`).
    const before = this.lingering.findIndex((part) => isHeir(consumer, this.broker.consumer(part)))
    if (before !== -1) {
      const held = this.broker.consumer(this.lingering[before] as number).unacked
      consumer.credit = Math.max(0, consumer.credit - held)
      this.lingering.splice(before, 1)
    }
    this.hadConsumer = true
    if (this.options.singleActiveConsumer) this.lines.aside.append(consumer)
    else if (consumer.credit > 0) this.lines.turn.join(consumer)
    else this.lines.aside.append(consumer)
  }

  override leave(consumer: Consumer): void {
    super.leave(consumer)
    if (consumer.unacked > 0) this.lingering.push(consumer.node)
  }

  override settled(freed: Consumer): void {
    this.unackedCount--
    const heir = freed.alive ? freed : this.lines.heirOf(freed)
    if (heir !== undefined) this.earn(heir, 1)
    const at = freed.unacked === 0 ? this.lingering.indexOf(freed.node) : -1
    if (at !== -1) this.lingering.splice(at, 1)
  }

  /**
   * A message was returned once too often: 3.10 pays its consumer twice for it, so that from then on it may
   * hold more than its prefetch (`complete/5` and `return/5` both raise the credit).
   */
  override gaveUp(consumer: Consumer): void {
    if (consumer.alive) this.earn(consumer, 1)
  }

  override settledGet(): void {
    super.settledGet()
    this.openGets--
  }

  /** The consumer that is next to be the single active one: first come, first served, whatever its priority. */
  override nextActive(): Consumer | null {
    return this.lines.aside.first
  }

  override archive(io: Archive): void {
    super.archive(io)
    io.list(this.lingering)
    this.openGets = io.int(this.openGets)
    io.list(this.publishers)
    io.list(this.blocked)
    const counts = [...this.counts].flat()
    io.list(counts)
    if (!io.loading) return
    this.counts.clear()
    for (let i = 0; i < counts.length; i += 2) {
      this.counts.set(counts[i] as number, counts[i + 1] as number)
    }
  }

  protected override applyRare(kind: number, message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.activated:
        super.applyRare(kind, message, aux)
        if (this.active !== null) this.earn(this.active, 0)
        break
      case AMQP_FACTS.publisherKnown:
        this.publishers.push(aux)
        break
      case AMQP_FACTS.publisherBlocked:
        this.blocked.push(aux)
        break
      case AMQP_FACTS.publishersFreed:
        this.blocked.length = 0
        break
      case AMQP_FACTS.autoSettled:
        this.earn(this.broker.consumer(aux), message)
        break
      case AMQP_FACTS.turnSet: {
        this.lines.turn.clear()
        for (const part of this.broker.sim.records.rowAt<readonly number[]>(message)) {
          this.lines.turn.append(this.broker.consumer(part))
        }
        break
      }
      default:
        super.applyRare(kind, message, aux)
    }
  }

  protected override applyDelivered(consumer: Consumer): void {
    const position = consumer.channel.positionOf(consumer.channel.tags.next)
    this.take(position)
    this.taken = { position, count: this.deliveriesAt(position) }
    if (consumer.noAck) this.counts.delete(position)
    this.deliveredCount++
    consumer.channel.open(consumer)
    consumer.credit--
    if (consumer.noAck) this.ackedCount++
    else this.unackedCount++
    this.lines.turn.leave(consumer)
    if (consumer.credit > 0) this.lines.turn.join(consumer)
    else this.lines.aside.append(consumer)
  }

  protected override applyGot(by: number): void {
    const position = this.head()
    super.applyGot(by)
    this.taken = { position, count: this.deliveriesAt(position) }
    if (by >= 0) this.openGets++
    else this.counts.delete(position)
  }

  protected override applyStored(exchange: number): void {
    this.tail++
    this.readyCount++
    this.broker.countRouted(exchange)
  }

  protected override takeHead(): void {
    this.take(this.head())
  }

  protected override dropHead(): void {
    const position = this.head()
    super.dropHead()
    this.counts.delete(position)
  }

  protected override clear(): void {
    for (const position of this.ready(Number.POSITIVE_INFINITY)) this.counts.delete(position)
    super.clear()
  }

  private isReady(position: number): boolean {
    return (position >= this.next && position < this.tail) || this.returned.includes(position)
  }

  /** Takes a position out of what waits; all that is passed over stays in its order. */
  private take(position: number): void {
    this.addBytes(position, -1)
    this.readyCount--
    const at = this.returned.indexOf(position)
    if (at !== -1) {
      this.returned.splice(at, 1)
      return
    }
    while (this.next < position) this.returned.push(this.next++)
    this.next++
  }

  /** Who gets what next, up to the first message whose time is over. */
  private plan(): Planned[] {
    const line = this.lines.turn.list()
    const credits = new Map(line.map((consumer) => [consumer, consumer.credit]))
    const planned: Planned[] = []
    const { nowUs } = this.broker.sim
    const passes = line.reduce((sum, consumer) => sum + consumer.credit, 0)
    for (const position of this.ready(passes)) {
      const consumer = line.shift()
      if (!consumer || (planned.length > 0 && this.deadlineAt(position) <= nowUs)) break
      planned.push({ consumer, position })
      const credit = (credits.get(consumer) ?? 0) - 1
      credits.set(consumer, credit)
      if (credit > 0) rejoin(line, consumer)
    }
    return planned
  }

  /**
   * Deliveries of one round reach a channel consumer by consumer, in the order of their tags
   * (`append_delivery_effects/3`); the line afterwards is as if they had gone out one by one.
   */
  private carryOut(plan: readonly Planned[]): void {
    const { sim } = this.broker
    const after = this.lineAfter(plan)
    const unsettled = new Map<Consumer, number>()
    for (const { consumer, position } of plan.toSorted(byChannelAndTag)) {
      // What was done with the ones before may have taken either of them away.
      if (!consumer.alive || !this.isReady(position)) continue
      const message = this.messageAt(position)
      const redelivered = this.counts.has(position)
      const tag = consumer.channel.book(position, redelivered, consumer)
      sim.emit(this, AMQP_FACTS.delivered, message, consumer.node)
      this.broker.wire.deliver(consumer, message, tag, redelivered)
      if (consumer.noAck) unsettled.set(consumer, (unsettled.get(consumer) ?? 0) + 1)
    }
    const now = this.lines.turn.list().map(({ node }) => node)
    const line = [
      ...after.filter((node) => now.includes(node)),
      ...now.filter((node) => !after.includes(node)),
    ]
    if (now.some((node, i) => node !== line[i])) {
      sim.emit(this, AMQP_FACTS.turnSet, sim.records.row(line), -1)
    }
    for (const [consumer, count] of unsettled) {
      sim.emit(this, AMQP_FACTS.autoSettled, count, consumer.node)
    }
  }

  private lineAfter(plan: readonly Planned[]): number[] {
    const line = this.lines.turn.list()
    const credits = new Map(line.map((consumer) => [consumer, consumer.credit]))
    for (const { consumer } of plan) {
      line.splice(line.indexOf(consumer), 1)
      const credit = (credits.get(consumer) ?? 0) - 1
      credits.set(consumer, credit)
      if (credit > 0) rejoin(line, consumer)
    }
    return line.map(({ node }) => node)
  }

  /** Credit comes back, and with it a place in the line for service. Called while a fact is applied. */
  private earn(consumer: Consumer, credit: number): void {
    consumer.credit += credit
    if (consumer.credit <= 0 || consumer.line === this.lines.turn || !consumer.alive) return
    if (this.options.singleActiveConsumer && this.active !== consumer) return
    this.lines.aside.leave(consumer)
    this.lines.turn.join(consumer)
  }

  /** Whether the head has a time to live of 0 and came just now: it may still be delivered. */
  private isFreshZero(): boolean {
    if (!this.timed || this.readyCount !== 1) return false
    const position = this.head()
    return position === this.tail - 1 && this.deadlineAt(position) === this.broker.sim.nowUs
  }

  private refuses(publisher: Channel): boolean {
    if (this.options.overflow !== 'reject-publish') return false
    const { sim } = this.broker
    if (!this.publishers.includes(publisher.node)) {
      sim.emit(this, AMQP_FACTS.publisherKnown, -1, publisher.node)
      if (isOverLimit(this)) sim.emit(this, AMQP_FACTS.publisherBlocked, -1, publisher.node)
    }
    return this.blocked.includes(publisher.node)
  }

  /**
   * Drop-head as in classic queues. With reject-publish the limit is only noticed once it is passed, then
   * publishers are told to stop, and to go on below four fifths of it (`evaluate_limit/5`).
   */
  private keepLimit(): void {
    const { sim } = this.broker
    if (this.options.overflow !== 'reject-publish') dropOverLimit(this)
    else if (this.broker.isBursting) return
    else if (isOverLimit(this)) {
      for (const publisher of this.publishers) {
        if (!this.blocked.includes(publisher)) {
          sim.emit(this, AMQP_FACTS.publisherBlocked, -1, publisher)
        }
      }
    } else if (this.blocked.length > 0 && isBelowSoftLimit(this)) {
      sim.emit(this, AMQP_FACTS.publishersFreed, -1, -1)
    }
  }
}

/** Behind those of its own and of higher priority. */
function rejoin(line: Consumer[], consumer: Consumer): void {
  let at = line.length
  while (at > 0 && (line[at - 1] as Consumer).priority < consumer.priority) at--
  line.splice(at, 0, consumer)
}

function isHeir(consumer: Consumer, gone: Consumer): boolean {
  return consumer.channel === gone.channel && consumer.tag === gone.tag
}

function byChannelAndTag(a: Planned, b: Planned): number {
  if (a.consumer === b.consumer || a.consumer.channel !== b.consumer.channel) return 0
  return a.consumer.tag < b.consumer.tag ? -1 : 1
}

quorum.Queue = QuorumQueue
