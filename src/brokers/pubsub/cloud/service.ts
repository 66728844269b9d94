/**
 * Topics and subscriptions as cloud services have them: Google Pub/Sub, and Amazon SNS where a
 * subscription passes on to a queue (cloud.google.com/pubsub/docs, docs.aws.amazon.com/sns). A topic keeps
 * nothing; each subscription keeps what it has not acknowledged, and is sent it again until it has.
 */
import { must } from '../../../base/assert.ts'
import { type Archive, archiveAll } from '../../../engine/archive.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
import type { Attributes } from './attributes.ts'
import { CLOUD_FACTS as FACTS } from './facts.ts'
import { readFilter } from './filter.ts'
import {
  type Extension,
  type FilterRow,
  type Lease,
  type Pull,
  Subscription,
  type SubscriptionConfig,
  type SubscriptionRow,
} from './subscription.ts'
import { Topic, type TopicRow } from './topic.ts'

/** Properties of a message. Its ordering key is its key. */
export interface CloudProps {
  /** Attributes, where a message of AMQP has its headers: those of a producer serve as either. */
  headers?: Attributes
}

/** A message in the hands of a client. */
export interface Delivery {
  ackId: number
  message: number
  /** How often it was sent, this time included. */
  attempt: number
}

export interface CloudWire {
  /** To the endpoint of a push subscription, which answers with `acknowledge` or `nack`. */
  push(subscription: Subscription, delivery: Delivery): void
  /** The answer to a pull that waited; empty when its time was up. */
  pulled(client: string, deliveries: readonly Delivery[]): void
  /** From the topic to a subscription, which `arrive` takes it in for; at once if there is no such way. */
  route?(subscription: Subscription, message: number): void
  /** Whom a push subscription pushes to. */
  endpoint?(subscription: Subscription): string
  /** To the queue that a subscription passes on to. */
  forward(subscription: Subscription, message: number): void
}

export class CloudError extends Error {
  override name = 'CloudError'
}

const SECOND_US = 1_000_000
const DAY_US = 86_400 * SECOND_US

const DEFAULTS: SubscriptionConfig = {
  delivery: 'pull',
  ackDeadlineUs: 10 * SECOND_US,
  retentionUs: 7 * DAY_US,
  filter: '',
  ordering: false,
  minBackoffUs: 0,
  maxBackoffUs: 0,
  deadLetterTopic: '',
  maxDeliveryAttempts: 5,
  pushMax: 1000,
}

const TIMER = { deadline: 0, retry: 1, pull: 2 } as const

export class CloudTopics implements Part {
  /** All there have ever been. */
  readonly topics: Topic[] = []
  readonly subscriptions: Subscription[] = []
  readonly sim: Simulation
  readonly node: number
  private readonly wire: CloudWire

  constructor(sim: Simulation, node: number, wire: CloudWire) {
    this.sim = sim
    this.node = node
    this.wire = wire
    sim.enlist(this)
  }

  topic(name: string): Topic | undefined {
    return this.topics.find((topic) => topic.alive && topic.name === name)
  }
  subscription(name: string): Subscription | undefined {
    return this.subscriptions.find((each) => each.alive && each.name === name)
  }

  createTopic(name: string, part = this.sim.nextNode()): Topic {
    if (this.topic(name)) throw new CloudError(`topic '${name}' exists already`)
    const row: TopicRow = { part, name }
    this.sim.emit(this, FACTS.topicCreated, -1, this.sim.records.row(row))
    return must(this.topics.at(-1), 'the topic just created')
  }

  /** Subscriptions of a deleted topic keep their backlog and get nothing new. */
  deleteTopic(topic: Topic): void {
    this.sim.emit(topic, FACTS.topicDeleted, -1, -1)
  }

  /** It gets what is published from now on. */
  createSubscription(
    topic: string,
    name: string,
    given: Partial<SubscriptionConfig> = {},
    part = this.sim.nextNode(),
  ): Subscription {
    if (!this.topic(topic)) throw new CloudError(`there is no topic '${topic}'`)
    if (this.subscription(name)) throw new CloudError(`subscription '${name}' exists already`)
    const config = { ...DEFAULTS, ...given }
    const row: SubscriptionRow = { part, name, topic, config }
    this.sim.emit(this, FACTS.subscriptionCreated, -1, this.sim.records.row(row))
    return must(this.subscriptions.at(-1), 'the subscription just created')
  }

  deleteSubscription(subscription: Subscription): void {
    this.sim.emit(subscription, FACTS.subscriptionDeleted, -1, subscription.backlog)
  }

  /** One copy to the backlog of each subscription whose filter lets it through. */
  publish(topic: Topic, message: number): void {
    const subscriptions = this.subscriptions.filter((s) => s.alive && s.topic === topic.name)
    this.sim.emit(topic, FACTS.published, message, subscriptions.length)
    for (const subscription of subscriptions) {
      if (this.wire.route) this.wire.route(subscription, message)
      else this.arrive(subscription, message)
    }
  }

  /** SetSubscriptionAttributes of SNS; what it takes up to 15 minutes to do there is done at once here. */
  setFilter(subscription: Subscription, filter: string): void {
    readFilter(filter)
    const row: FilterRow = { filter }
    this.sim.emit(subscription, FACTS.filterChanged, -1, this.sim.records.row(row))
  }

  /** A message came to a subscription, which keeps it if its filter lets it through. */
  arrive(subscription: Subscription, message: number): void {
    if (!subscription.alive) return
    if (!subscription.lets(this.attributesOf(message))) {
      this.sim.emit(subscription, FACTS.filteredOut, message, -1)
      return
    }
    this.sim.emit(subscription, FACTS.arrived, message, subscription.book(message))
    this.dispatch(subscription)
  }

  /** A client that waits for the answer to a pull is gone. */
  hangUp(subscription: Subscription, client: string): void {
    for (const row of [...subscription.pulls]) {
      if (this.sim.records.rowAt<Pull>(row).client !== client) continue
      this.sim.emit(subscription, FACTS.pullEnded, -1, row)
    }
  }

  /** Pull: at most `max` messages; if there are none it waits, and the answer comes by the wire. */
  pull(subscription: Subscription, client: string, max: number, waitUs = 0): Delivery[] {
    const deliveries = this.take(subscription, max, client)
    if (deliveries.length > 0 || waitUs === 0) return deliveries
    const row = this.sim.records.row({ client, max } satisfies Pull)
    this.sim.emit(subscription, FACTS.pullStarted, -1, row)
    this.sim.after(waitUs, subscription, TIMER.pull, row)
    return deliveries
  }

  /** Acknowledge; too late is no error, but the message was sent again. Returns whether it counted. */
  acknowledge(subscription: Subscription, ackId: number): boolean {
    const lease = subscription.leases.get(ackId)
    if (!lease) return false
    const message = subscription.messageAt(lease.position)
    this.sim.emit(subscription, FACTS.acknowledged, message, ackId)
    this.dispatch(subscription)
    return true
  }

  /** ModifyAckDeadline with 0. */
  nack(subscription: Subscription, ackId: number): void {
    this.giveBack(subscription, ackId, FACTS.nacked)
  }

  /** ModifyAckDeadline: from now on there is so much time. */
  extend(subscription: Subscription, ackId: number, us: number): void {
    const lease = subscription.leases.get(ackId)
    if (!lease) return
    const extension: Extension = { ackId, deadlineUs: this.sim.nowUs + us }
    const message = subscription.messageAt(lease.position)
    this.sim.emit(subscription, FACTS.deadlineMoved, message, this.sim.records.row(extension))
    this.sim.after(us, subscription, TIMER.deadline, ackId)
  }

  subscriptionDue(subscription: Subscription, timer: number, arg: number): void {
    if (!subscription.alive) return
    if (timer === TIMER.retry) this.dispatch(subscription)
    else if (timer === TIMER.pull && subscription.pulls.includes(arg)) {
      this.answer(subscription, arg, [])
    } else if (timer === TIMER.deadline) {
      const lease = subscription.leases.get(arg)
      if (lease && lease.deadlineUs <= this.sim.nowUs) {
        this.giveBack(subscription, arg, FACTS.deadlinePassed)
      }
    }
  }

  apply(kind: number, _message: number, aux: number): void {
    if (kind === FACTS.topicCreated) this.topics.push(this.makeTopic(aux))
    else if (kind === FACTS.subscriptionCreated) this.subscriptions.push(this.makeSubscription(aux))
  }

  archive(io: Archive): void {
    const save = (part: Part) => part.archive(io)
    const row = (part: { row: number }) => part.row
    const drop = (part: Part) => this.sim.delist(part)
    archiveAll(io, this.topics, row, (r) => this.makeTopic(r), save, drop)
    archiveAll(io, this.subscriptions, row, (r) => this.makeSubscription(r), save, drop)
  }

  // ——— inside ———

  private makeTopic(row: number): Topic {
    return new Topic(this.sim, row, this.sim.records.rowAt<TopicRow>(row))
  }
  private makeSubscription(row: number): Subscription {
    return new Subscription(this, row, this.sim.records.rowAt<SubscriptionRow>(row))
  }

  private attributesOf(message: number): Attributes {
    const props = this.sim.records.messages.props(message)
    return props === -1 ? {} : (this.sim.records.rowAt<CloudProps>(props).headers ?? {})
  }

  private dispatch(subscription: Subscription): void {
    const { delivery, pushMax } = subscription.config
    if (delivery === 'queue') this.forwardAll(subscription)
    else if (delivery === 'push') {
      const room = pushMax - subscription.leases.size
      const to = this.wire.endpoint?.(subscription) ?? ''
      for (const each of this.take(subscription, room, to)) this.wire.push(subscription, each)
    } else {
      for (const row of [...subscription.pulls]) {
        const { client, max } = this.sim.records.rowAt<Pull>(row)
        const deliveries = this.take(subscription, max, client)
        if (deliveries.length === 0) return
        this.answer(subscription, row, deliveries)
      }
    }
  }

  private answer(subscription: Subscription, row: number, deliveries: readonly Delivery[]): void {
    this.sim.emit(subscription, FACTS.pullEnded, -1, row)
    this.wire.pulled(this.sim.records.rowAt<Pull>(row).client, deliveries)
  }

  private forwardAll(subscription: Subscription): void {
    while (subscription.next < subscription.tail) {
      const position = subscription.next
      const message = subscription.messageAt(position)
      this.sim.emit(subscription, FACTS.forwarded, message, position)
      this.wire.forward(subscription, message)
    }
  }

  /**
   * Leases what may be sent now: what came back first, then what is new. With ordering a key stands still
   * while one of its messages is out or waits to be sent again; new ones of that key are set aside, so that
   * other keys go on.
   */
  private take(subscription: Subscription, max: number, client: string): Delivery[] {
    const deliveries: Delivery[] = []
    const holder = this.sim.records.strings.id(client)
    const locked = this.lockedKeys(subscription)
    for (const position of [...subscription.again.keys()].sort((a, b) => a - b)) {
      if (deliveries.length >= max) return deliveries
      const isReady = (subscription.again.get(position) ?? 0) <= this.sim.nowUs
      if (!isReady) this.lock(subscription, position, locked)
      else this.takeOne(subscription, position, locked, deliveries, holder)
    }
    while (deliveries.length < max && subscription.next < subscription.tail) {
      const position = subscription.next
      if (this.takeOne(subscription, position, locked, deliveries, holder)) continue
      this.sim.emit(subscription, FACTS.setAside, subscription.messageAt(position), position)
    }
    return deliveries
  }

  /** Leases a message or finds it too old; false if its ordering key stands still. */
  private takeOne(
    subscription: Subscription,
    position: number,
    locked: Set<number>,
    deliveries: Delivery[],
    holder: number,
  ): boolean {
    const message = subscription.messageAt(position)
    if (locked.has(this.sim.records.messages.key(message))) return false
    if (this.isExpired(subscription, message)) {
      this.sim.emit(subscription, FACTS.expired, message, position)
      return true
    }
    deliveries.push(this.lease(subscription, position, holder))
    // An endpoint has one message of a key at a time; a client that pulls may have several, in order.
    if (subscription.config.delivery === 'push') this.lock(subscription, position, locked)
    return true
  }

  private lock(subscription: Subscription, position: number, locked: Set<number>): void {
    const key = this.sim.records.messages.key(subscription.messageAt(position))
    if (subscription.config.ordering && key !== -1) locked.add(key)
  }

  private lockedKeys(subscription: Subscription): Set<number> {
    const locked = new Set<number>()
    for (const { position } of subscription.leases.values()) {
      this.lock(subscription, position, locked)
    }
    return locked
  }

  private lease(subscription: Subscription, position: number, holder: number): Delivery {
    const message = subscription.messageAt(position)
    const ackId = subscription.bookLease(position, holder)
    this.sim.emit(subscription, FACTS.leased, message, ackId)
    this.sim.after(subscription.config.ackDeadlineUs, subscription, TIMER.deadline, ackId)
    return { ackId, message, attempt: subscription.attempts.get(position) ?? 1 }
  }

  private isExpired({ config }: Subscription, message: number): boolean {
    return this.sim.nowUs - this.sim.records.messages.bornUs(message) > config.retentionUs
  }

  /** A message comes back; with ordering, those of its key that were sent after it come back with it. */
  private giveBack(subscription: Subscription, ackId: number, kind: number): void {
    const lease = subscription.leases.get(ackId)
    if (!lease) return
    const followers = this.followersOf(subscription, lease)
    this.giveBackOne(subscription, ackId, lease, kind)
    for (const [id, follower] of followers) {
      this.giveBackOne(subscription, id, follower, FACTS.heldBack)
    }
    this.dispatch(subscription)
  }

  private giveBackOne(subscription: Subscription, ackId: number, lease: Lease, kind: number): void {
    const { position } = lease
    const message = subscription.messageAt(position)
    const attempts = subscription.attempts.get(position) ?? 1
    const backoffUs = kind === FACTS.heldBack ? 0 : backoff(subscription.config, attempts)
    subscription.bookRetry(ackId, this.sim.nowUs + backoffUs)
    this.sim.emit(subscription, kind, message, ackId)
    const { deadLetterTopic, maxDeliveryAttempts } = subscription.config
    if (deadLetterTopic !== '' && kind !== FACTS.heldBack && attempts >= maxDeliveryAttempts) {
      this.deadLetter(subscription, position)
    } else if (backoffUs > 0) this.sim.after(backoffUs, subscription, TIMER.retry)
  }

  private followersOf(subscription: Subscription, { position }: Lease): [number, Lease][] {
    if (!subscription.config.ordering) return []
    const { messages } = this.sim.records
    const key = messages.key(subscription.messageAt(position))
    if (key === -1) return []
    return [...subscription.leases].filter(
      ([, each]) =>
        each.position > position && messages.key(subscription.messageAt(each.position)) === key,
    )
  }

  /** cloud.google.com/pubsub/docs/handling-failures: a message of its own goes to the dead-letter topic. */
  private deadLetter(subscription: Subscription, position: number): void {
    const message = subscription.messageAt(position)
    this.sim.emit(subscription, FACTS.deadLettered, message, position)
    const topic = this.topic(subscription.config.deadLetterTopic)
    if (!topic) return
    const { messages } = this.sim.records
    const copy = messages.add(this.sim.nowUs, {
      template: messages.template(message),
      ordinal: messages.ordinal(message),
      key: messages.key(message),
      props: messages.props(message),
      parent: message,
      source: subscription.node,
    })
    this.publish(topic, copy)
  }
}

/** Twice as long with each attempt, up to the maximum. */
function backoff({ minBackoffUs, maxBackoffUs }: SubscriptionConfig, attempts: number): number {
  let us = minBackoffUs
  for (let i = 1; i < attempts && us < maxBackoffUs; i++) us *= 2
  return Math.min(us, Math.max(minBackoffUs, maxBackoffUs))
}
