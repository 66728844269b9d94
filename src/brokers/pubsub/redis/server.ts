/**
 * Redis Pub/Sub (redis.io/docs/latest/develop/interact/pubsub): fire and forget. A channel keeps nothing;
 * who is subscribed at the moment of publishing gets a copy for each subscription that matches.
 */
import { type Archive, archiveAll } from '../../../engine/archive.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
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

export class Subscription implements Part {
  alive = true
  delivered = 0
  readonly node: number
  readonly client: string
  readonly name: string
  readonly isPattern: boolean
  readonly row: number

  constructor(sim: Simulation, row: number, { part, client, name, isPattern }: SubscriptionRow) {
    this.node = part
    this.client = client
    this.name = name
    this.isPattern = isPattern
    this.row = row
    sim.enlist(this)
  }

  matches(channel: string): boolean {
    return this.isPattern ? matchesGlob(this.name, channel) : this.name === channel
  }

  apply(kind: number): void {
    if (kind === FACTS.delivered) this.delivered++
    else if (kind === FACTS.unsubscribed) this.alive = false
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.delivered = io.int(this.delivered)
  }
}

export class RedisPubSub implements Part {
  /** All there have ever been. */
  readonly subscriptions: Subscription[] = []
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
    const matching = this.live.filter((subscription) => subscription.matches(channel))
    this.sim.emit(this, FACTS.published, message, matching.length)
    // Redis sends to channels first, then to patterns.
    for (const isPattern of [false, true]) {
      for (const subscription of matching) {
        if (subscription.isPattern !== isPattern) continue
        this.sim.emit(subscription, FACTS.delivered, message, -1)
        this.wire.deliver(subscription, channel, message)
      }
    }
    return matching.length
  }

  get live(): Subscription[] {
    return this.subscriptions.filter(({ alive }) => alive)
  }

  apply(kind: number, _message: number, aux: number): void {
    if (kind === FACTS.subscribed) this.subscriptions.push(this.make(aux))
  }

  archive(io: Archive): void {
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
    return new Subscription(this.sim, row, this.sim.records.rowAt<SubscriptionRow>(row))
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
