/**
 * A NATS server as one pure state machine: core NATS (docs.nats.io/nats-concepts/core-nats), which sends
 * a message to whoever listens now and keeps nothing, and JetStream beside it, which keeps.
 */
import { must } from '../../../base/assert.ts'
import { type Archive, archiveAll } from '../../../engine/archive.ts'
import type { Random } from '../../../engine/random.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
import { SubjectsSeen } from '../seen.ts'
import { NATS_FACTS as FACTS, UNSUBSCRIBED } from './facts.ts'
import type { Consumer, Pull } from './jetstream/consumer.ts'
import type { Advisory, Delivery } from './jetstream/delivery.ts'
import { JetStream, type JetStreamContext } from './jetstream/jetStream.ts'
import type { PubAck } from './jetstream/retention.ts'
import { isWhole } from './subjects.ts'
import { Subscription, type SubscriptionRow } from './subscription.ts'

/** Subjects whose listeners are remembered. */
const LISTENERS_MAX = 10_000

export interface NatsWire {
  /** A message reaches a subscription, from JetStream if there is a delivery. */
  deliver(subscription: Subscription, subject: string, message: number, from?: Delivery): void
  /** A message reaches the inbox of a pull. */
  pulled?(pull: Pull, delivery: Delivery): void
  /** A pull is told that it gets nothing (more). */
  status?(pull: Pull, code: number): void
  advise?(advisory: Advisory): void
  /** A subscription is told that a consumer has nothing to send. */
  heartbeat?(subscription: Subscription): void
}

/** What came of a publish. */
export interface Published {
  /** Subscriptions that got a copy. */
  copies: readonly Subscription[]
  /** The stream's answer, if one keeps the subject. */
  ack: PubAck | null
}

export class NatsServer implements Part, JetStreamContext {
  /** All there have ever been. */
  readonly subscriptions: Subscription[] = []
  readonly jetStream: JetStream
  /** What clients published to it. */
  readonly seen = new SubjectsSeen()
  unheardCount = 0
  readonly sim: Simulation
  readonly node: number
  private readonly wire: NatsWire
  private readonly random: Random
  /** Who listens to an interned subject, as long as nobody comes or goes. */
  private readonly listeners = new Map<string, readonly Subscription[]>()

  constructor(sim: Simulation, node: number, wire: NatsWire) {
    this.sim = sim
    this.node = node
    this.wire = wire
    this.random = sim.random(`nats/${node}`)
    this.jetStream = new JetStream(this)
    sim.enlist(this)
  }

  get part(): Part {
    return this
  }

  /** Does what was planned with `later`. */
  onStep: (step: number) => void = () => undefined

  /** Calls `onStep` after a delay: what a scenario has planned for it. */
  later(delayUs: number, step: number): void {
    this.sim.after(delayUs, this, 0, step)
  }

  due(_timer: number, step: number): void {
    this.onStep(step)
  }

  // ——— core ———

  /** SUB; `queue` makes it a member of a queue group, `limit` ends it after so many messages. */
  subscribe(client: string, subject: string, queue = '', limit = 0): Subscription {
    const row: SubscriptionRow = { part: this.sim.nextNode(), client, subject, queue }
    this.sim.emit(this, FACTS.subscribed, -1, this.sim.records.row(row))
    const subscription = must(this.subscriptions.at(-1), 'the subscription just made')
    if (limit > 0) this.sim.emit(subscription, FACTS.limitSet, -1, limit)
    this.jetStream.interestChanged()
    return subscription
  }

  /** UNSUB; with `limit` only once that many messages have come in all. */
  unsubscribe(subscription: Subscription, limit = 0): void {
    if (!subscription.alive) return
    if (limit > subscription.delivered) {
      this.sim.emit(subscription, FACTS.limitSet, -1, limit)
      return
    }
    this.end(subscription, UNSUBSCRIBED.byClient)
    this.jetStream.interestChanged()
  }

  /** PUB: to whoever listens, and to the stream that keeps the subject. */
  publish(subject: string, message: number): Published {
    const copies = this.broadcast(subject, message)
    const stream = this.jetStream.streamOf(subject)
    return { copies, ack: stream ? this.jetStream.store(stream, message) : null }
  }

  /** The first half of it: to whoever listens now. A stream that keeps the subject is told apart from this. */
  broadcast(subject: string, message: number): readonly Subscription[] {
    const copies = this.send(subject, message)
    if (copies.length === 0 && !this.jetStream.streamOf(subject)) {
      this.sim.emit(this, FACTS.unheard, message, -1)
    }
    return copies
  }

  /** A publish that wants an answer: with nobody there it fails at once (503, no responders). */
  request(subject: string, message: number): Published | null {
    return this.hasResponders(subject, message) ? this.publish(subject, message) : null
  }

  /** Whether someone may answer a request; if not, that is a fact. */
  hasResponders(subject: string, message: number): boolean {
    if (this.listening(subject).length > 0 || this.jetStream.streamOf(subject)) return true
    this.sim.emit(this, FACTS.noResponders, message, -1)
    return false
  }

  /** The client's connection ended. */
  disconnect(client: string): void {
    for (const subscription of this.subscriptions) {
      if (subscription.alive && subscription.client === client) {
        this.end(subscription, UNSUBSCRIBED.disconnected)
      }
    }
    this.jetStream.disconnected(client)
    this.jetStream.interestChanged()
  }

  /** A clean stop and start: subscriptions are gone with their connections, files are read again. */
  restart(): void {
    for (const subscription of this.subscriptions) {
      if (subscription.alive) this.end(subscription, UNSUBSCRIBED.restarted)
    }
    this.jetStream.restart()
  }

  /** Subscriptions that match a subject, by the time of their making. */
  listening(subject: string): readonly Subscription[] {
    const known = this.listeners.get(subject)
    if (known) return known
    // A subject with an empty token is nobody's, not even that of `>`.
    const found = isWhole(subject)
      ? this.subscriptions.filter((each) => each.alive && each.matches(subject))
      : []
    if (this.listeners.size >= LISTENERS_MAX) this.listeners.clear()
    this.listeners.set(subject, found)
    return found
  }

  // ——— asked for by JetStream ———

  /** As the server watches it: a subscription to just this subject, in no queue group or in this one. */
  hasInterest(subject: string, group: string): boolean {
    const listening = this.listening(subject)
    return listening.some((each) => each.subject === subject && each.queue === group)
  }
  isListenedTo(subject: string): boolean {
    return this.listening(subject).length > 0
  }
  push(delivery: Delivery): void {
    this.send(delivery.consumer.config.deliverSubject, delivery.message, delivery)
  }
  heartbeat({ config }: Consumer): void {
    for (const subscription of this.choose(this.listening(config.deliverSubject))) {
      this.wire.heartbeat?.(subscription)
      // To whom wants so many messages it is one.
      if (subscription.limit === 0) continue
      this.sim.emit(subscription, FACTS.delivered, -1, -1)
      this.endIfSpent(subscription)
    }
  }
  pulled(pull: Pull, delivery: Delivery): void {
    this.wire.pulled?.(pull, delivery)
  }
  status(pull: Pull, code: number): void {
    this.wire.status?.(pull, code)
  }
  advise(advisory: Advisory): void {
    this.wire.advise?.(advisory)
  }

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case FACTS.published: {
        const subject = this.sim.records.messages.key(message)
        this.seen.see(subject, message, aux, this.sim.nowUs)
        break
      }
      case FACTS.unheard:
      case FACTS.noResponders:
        this.unheardCount++
        break
      case FACTS.subscribed:
        this.subscriptions.push(this.makeSubscription(aux))
        this.listeners.clear()
        break
      case FACTS.streamCreated:
      case FACTS.consumerCreated:
        this.jetStream.applyCreated(kind, aux)
        break
    }
  }

  archive(io: Archive): void {
    this.seen.archive(io)
    this.unheardCount = io.int(this.unheardCount)
    archiveAll(
      io,
      this.subscriptions,
      ({ row }) => row,
      (row) => this.makeSubscription(row),
      (subscription) => subscription.archive(io),
      (subscription) => this.sim.delist(subscription),
    )
    this.jetStream.archive(io)
    if (io.loading) this.listeners.clear()
  }

  /** A subscription ended. Called while a fact is applied. */
  forgetListeners(): void {
    this.listeners.clear()
  }

  // ——— inside ———

  /** One copy to each plain subscription, and one to a random member of each queue group. */
  private send(subject: string, message: number, from?: Delivery): readonly Subscription[] {
    const chosen = this.choose(this.listening(subject))
    // What a push consumer sends was published before.
    if (!from) this.sim.emit(this, FACTS.published, message, chosen.length)
    for (const subscription of chosen) {
      this.sim.emit(subscription, FACTS.delivered, message, -1)
      this.wire.deliver(subscription, subject, message, from)
      this.endIfSpent(subscription)
    }
    return chosen
  }

  private endIfSpent(subscription: Subscription): void {
    if (!subscription.isSpent) return
    this.end(subscription, UNSUBSCRIBED.limit)
    this.jetStream.interestChanged()
  }

  private choose(listening: readonly Subscription[]): readonly Subscription[] {
    if (listening.every(({ queue }) => queue === '')) return listening
    const groups = new Map<string, Subscription[]>()
    const chosen: Subscription[] = []
    for (const subscription of listening) {
      const members = groups.get(subscription.queue)
      if (subscription.queue === '') chosen.push(subscription)
      else if (members) members.push(subscription)
      else groups.set(subscription.queue, [subscription])
    }
    for (const members of groups.values()) {
      chosen.push(members[this.random.below(members.length)] as Subscription)
    }
    return chosen
  }

  private end(subscription: Subscription, why: number): void {
    this.sim.emit(subscription, FACTS.unsubscribed, -1, why)
  }

  private makeSubscription(row: number): Subscription {
    return new Subscription(this, row, this.sim.records.rowAt<SubscriptionRow>(row))
  }
}
