/**
 * Redis Pub/Sub (redis.io/docs/latest/develop/interact/pubsub): fire and forget. A channel keeps nothing;
 * who is subscribed at the moment of publishing gets a copy for each subscription that matches.
 */
import { type Archive, archiveAll } from '../../../engine/archive.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
import { SubjectsSeen } from '../seen.ts'
import { REDIS_PUBSUB_FACTS as FACTS, UNSUBSCRIBED } from './facts.ts'
import { matchesGlob } from './glob.ts'

/** Row behind `subscribed`. */
export interface SubscriptionRow {
  part: number
  client: string
  /** A channel, or a glob pattern. */
  name: string
  isPattern: boolean
}

export interface PubSubWire {
  /** A message reaches a client by one of its subscriptions. */
  deliver(subscription: Subscription, channel: string, message: number): void
}

interface SubscriptionContext {
  readonly sim: Simulation
  forgetListeners(): void
}

/** Channels whose listeners are remembered. */
const LISTENERS_MAX = 10_000

export class Subscription implements Part {
  alive = true
  delivered = 0
  readonly node: number
  readonly client: string
  readonly name: string
  readonly isPattern: boolean
  readonly row: number

  private readonly server: SubscriptionContext

  constructor(
    server: SubscriptionContext,
    row: number,
    { part, client, name, isPattern }: SubscriptionRow,
  ) {
    this.server = server
    this.node = part
    this.client = client
    this.name = name
    this.isPattern = isPattern
    this.row = row
    server.sim.enlist(this)
  }

  matches(channel: string): boolean {
    return this.isPattern ? matchesGlob(this.name, channel) : this.name === channel
  }

  apply(kind: number): void {
    if (kind === FACTS.delivered) this.delivered++
    else if (kind === FACTS.unsubscribed) {
      this.alive = false
      this.server.forgetListeners()
    }
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.delivered = io.int(this.delivered)
  }
}

export class RedisPubSub implements Part {
  /** All there have ever been. */
  readonly subscriptions: Subscription[] = []
  readonly seen = new SubjectsSeen()
  unheardCount = 0
  /** Those who get what is published to an interned channel, in the order of sending, as long as nobody comes or goes. */
  private readonly listeners = new Map<string, readonly Subscription[]>()
  readonly sim: Simulation
  readonly node: number
  private readonly wire: PubSubWire

  constructor(sim: Simulation, node: number, wire: PubSubWire) {
    this.sim = sim
    this.node = node
    this.wire = wire
    sim.enlist(this)
  }

  /** SUBSCRIBE or PSUBSCRIBE; the same again changes nothing. */
  subscribe(client: string, name: string, isPattern = false): void {
    if (this.find(client, name, isPattern)) return
    const row: SubscriptionRow = { part: this.sim.nextNode(), client, name, isPattern }
    this.sim.emit(this, FACTS.subscribed, -1, this.sim.records.row(row))
  }

  /** UNSUBSCRIBE or PUNSUBSCRIBE. */
  unsubscribe(client: string, name: string, isPattern = false): void {
    const known = this.find(client, name, isPattern)
    if (known) this.sim.emit(known, FACTS.unsubscribed, -1, UNSUBSCRIBED.byClient)
  }

  /** The client's connection ended. */
  disconnect(client: string): void {
    this.endAll((subscription) => subscription.client === client, UNSUBSCRIBED.disconnected)
  }

  /** Subscriptions live as long as their connections: none survives a restart. */
  restart(): void {
    this.endAll(() => true, UNSUBSCRIBED.restarted)
  }

  /** PUBLISH. Returns how many copies went out: a client that matches twice gets two. */
  publish(channel: string, message: number): number {
    const listening = this.listening(channel)
    this.sim.emit(this, FACTS.published, message, listening.length)
    for (const subscription of listening) {
      this.sim.emit(subscription, FACTS.delivered, message, -1)
      this.wire.deliver(subscription, channel, message)
    }
    return listening.length
  }

  /** Who would get what is published to a channel now: Redis sends to channels first, then to patterns. */
  listening(channel: string): readonly Subscription[] {
    const known = this.listeners.get(channel)
    if (known) return known
    const matching = this.live.filter((subscription) => subscription.matches(channel))
    const found = [false, true].flatMap((isPattern) =>
      matching.filter((subscription) => subscription.isPattern === isPattern),
    )
    if (this.listeners.size >= LISTENERS_MAX) this.listeners.clear()
    this.listeners.set(channel, found)
    return found
  }

  /** A subscription ended. Called while a fact is applied. */
  forgetListeners(): void {
    this.listeners.clear()
  }

  get live(): Subscription[] {
    return this.subscriptions.filter(({ alive }) => alive)
  }

  apply(kind: number, message: number, aux: number): void {
    if (kind === FACTS.subscribed) {
      this.subscriptions.push(this.make(aux))
      this.listeners.clear()
    } else if (kind === FACTS.published) {
      if (aux === 0) this.unheardCount++
      this.seen.see(this.sim.records.messages.key(message), message, aux, this.sim.nowUs)
    }
  }

  archive(io: Archive): void {
    if (io.loading) this.listeners.clear()
    this.seen.archive(io)
    this.unheardCount = io.int(this.unheardCount)
    archiveAll(
      io,
      this.subscriptions,
      ({ row }) => row,
      (row) => this.make(row),
      (subscription) => subscription.archive(io),
      (subscription) => this.sim.delist(subscription),
    )
  }

  private make(row: number): Subscription {
    return new Subscription(this, row, this.sim.records.rowAt<SubscriptionRow>(row))
  }

  private find(client: string, name: string, isPattern: boolean): Subscription | undefined {
    return this.live.find(
      (each) => each.client === client && each.name === name && each.isPattern === isPattern,
    )
  }

  private endAll(which: (subscription: Subscription) => boolean, why: number): void {
    for (const subscription of this.live.filter(which)) {
      this.sim.emit(subscription, FACTS.unsubscribed, -1, why)
    }
  }
}
