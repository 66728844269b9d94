/**
 * A subscription (cloud.google.com/pubsub/docs/subscription-overview): a backlog of its own. Messages are an
 * append-only column; what was never sent is a cursor, what came back and what is leased are short lists.
 */
import type { IntColumn, TimeColumn } from '../../../base/column.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
import { CLOUD_FACTS as FACTS } from './facts.ts'
import { type Filter, readFilter } from './filter.ts'

export interface SubscriptionConfig {
  /** Pulled by clients, pushed to an endpoint, or passed on to a queue that takes over. */
  delivery: 'pull' | 'push' | 'queue'
  /** How long a message may stay unacknowledged. */
  ackDeadlineUs: number
  /** How long an unacknowledged message is kept. */
  retentionUs: number
  filter: string
  /** Messages with the same ordering key come in the order of publishing. */
  ordering: boolean
  /** Retry policy: waits before a message is sent again, doubled each time; 0 = at once. */
  minBackoffUs: number
  maxBackoffUs: number
  /** Name of the dead-letter topic, `''` if there is none, and after how many attempts. */
  deadLetterTopic: string
  maxDeliveryAttempts: number
  /** Push: most messages at the endpoint at a time. */
  pushMax: number
}

/** Row behind `subscriptionCreated`. */
export interface SubscriptionRow {
  part: number
  name: string
  topic: string
  config: SubscriptionConfig
}

/** Row behind `deadlineMoved`. */
export interface Extension {
  ackId: number
  deadlineUs: number
}

/** Row behind `filterChanged`. */
export interface FilterRow {
  filter: string
}

/** Row behind `pullStarted`. */
export interface Pull {
  client: string
  max: number
}

/** A message that was sent and is not settled. */
export interface Lease {
  position: number
  deadlineUs: number
}

/** Whom its timers are for. */
interface SubscriptionContext {
  readonly sim: Simulation
  subscriptionDue(subscription: Subscription, timer: number, arg: number): void
}

export class Subscription implements Part {
  alive = true
  /** Positions from `next` to `tail` were never sent. */
  next = 0
  tail = 0
  nextAckId = 1
  /** Positions to be sent again, in order, and when they may be. */
  readonly again = new Map<number, number>()
  readonly leases = new Map<number, Lease>()
  /** How often each position was sent that is not settled. */
  readonly attempts = new Map<number, number>()
  /** Rows of the pulls that wait, the longest waiting first. */
  readonly pulls: number[] = []
  lets: Filter
  /** Row of the filter that it was given while it ran; -1 = it has that of its making. */
  private filterRow = -1
  private readonly log: IntColumn
  /** Counts over the whole run. */
  settledCount = 0
  passedByCount = 0
  deadCount = 0
  goneCount = 0
  /** By ack id: how often its message was sent by then, and to whom (interned name). */
  private readonly tries: IntColumn
  private readonly holders: IntColumn
  /** By ack id: position; and from when it may be sent again if it comes back. */
  private readonly leased: IntColumn
  private readonly retries: TimeColumn
  readonly node: number
  readonly name: string
  readonly topic: string
  readonly config: SubscriptionConfig
  readonly row: number
  private readonly service: SubscriptionContext

  constructor(service: SubscriptionContext, row: number, created: SubscriptionRow) {
    this.service = service
    this.row = row
    this.node = created.part
    this.name = created.name
    this.topic = created.topic
    this.config = created.config
    this.lets = readFilter(created.config.filter)
    const { records } = service.sim
    this.log = records.ints(this.node, 'log')
    this.leased = records.ints(this.node, 'leases')
    this.retries = records.times(this.node, 'retries')
    this.tries = records.ints(this.node, 'tries')
    this.holders = records.ints(this.node, 'holders')
    service.sim.enlist(this)
  }

  /** Messages that are not settled. */
  get backlog(): number {
    return this.tail - this.next + this.again.size + this.leases.size
  }
  /** The filter as it is now. */
  get filter(): string {
    if (this.filterRow === -1) return this.config.filter
    return this.service.sim.records.rowAt<FilterRow>(this.filterRow).filter
  }
  get isFilterChanged(): boolean {
    return this.filterRow !== -1
  }
  messageAt(position: number): number {
    return this.log.get(position)
  }

  /** Writes a message down, before the fact that adds it. */
  book(message: number): number {
    this.log.put(this.tail, message)
    return this.tail
  }

  /** Writes a delivery down, before the fact that sends it. Returns its ack id. */
  bookLease(position: number, holder: number): number {
    this.leased.put(this.nextAckId, position)
    this.tries.put(this.nextAckId, (this.attempts.get(position) ?? 0) + 1)
    this.holders.put(this.nextAckId, holder)
    return this.nextAckId
  }

  /** Of a message that was sent, by its ack id. */
  messageOf(ackId: number): number {
    return this.messageAt(this.leased.get(ackId))
  }
  countOf(ackId: number): number {
    return this.tries.get(ackId)
  }
  holderOf(ackId: number): number {
    return this.holders.get(ackId)
  }

  /** Writes down when a message may be sent again, before the fact that returns it. */
  bookRetry(ackId: number, us: number): void {
    this.retries.put(ackId, us)
  }

  due(timer: number, arg: number): void {
    this.service.subscriptionDue(this, timer, arg)
  }

  apply(kind: number, _message: number, aux: number): void {
    const { nowUs, records } = this.service.sim
    switch (kind) {
      case FACTS.arrived:
        this.tail++
        break
      case FACTS.leased: {
        const position = this.leased.get(aux)
        this.takeOut(position)
        this.attempts.set(position, (this.attempts.get(position) ?? 0) + 1)
        this.leases.set(aux, { position, deadlineUs: nowUs + this.config.ackDeadlineUs })
        this.nextAckId = aux + 1
        break
      }
      case FACTS.filteredOut:
        this.passedByCount++
        break
      case FACTS.filterChanged:
        this.filterRow = aux
        this.lets = readFilter(this.filter)
        break
      case FACTS.acknowledged:
        this.settledCount++
        this.attempts.delete(this.leased.get(aux))
        this.leases.delete(aux)
        break
      case FACTS.nacked:
      case FACTS.deadlinePassed:
      case FACTS.heldBack:
        this.leases.delete(aux)
        this.again.set(this.leased.get(aux), this.retries.get(aux))
        break
      case FACTS.setAside:
        this.next++
        this.again.set(aux, nowUs)
        break
      case FACTS.deadlineMoved: {
        const { ackId, deadlineUs } = records.rowAt<Extension>(aux)
        const lease = this.leases.get(ackId)
        if (lease) lease.deadlineUs = deadlineUs
        break
      }
      case FACTS.deadLettered:
      case FACTS.expired:
      case FACTS.forwarded:
        this.takeOut(aux)
        this.attempts.delete(aux)
        this.countGone(kind)
        break
      case FACTS.pullStarted:
        this.pulls.push(aux)
        break
      case FACTS.pullEnded:
        this.pulls.splice(this.pulls.indexOf(aux), 1)
        break
      case FACTS.subscriptionDeleted:
        this.empty()
        break
    }
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.settledCount = io.int(this.settledCount)
    this.passedByCount = io.int(this.passedByCount)
    this.deadCount = io.int(this.deadCount)
    this.goneCount = io.int(this.goneCount)
    this.filterRow = io.int(this.filterRow)
    if (io.loading) this.lets = readFilter(this.filter)
    this.next = io.int(this.next)
    this.tail = io.int(this.tail)
    this.nextAckId = io.int(this.nextAckId)
    const again = [...this.again].flat()
    const leases = [...this.leases].flatMap(([id, each]) => [id, each.position, each.deadlineUs])
    const attempts = [...this.attempts].flat()
    for (const list of [again, leases, attempts, this.pulls]) io.list(list)
    if (io.loading) this.restore(again, leases, attempts)
  }

  private countGone(kind: number): void {
    if (kind === FACTS.forwarded) this.settledCount++
    else if (kind === FACTS.deadLettered) this.deadCount++
    else this.goneCount++
  }

  private takeOut(position: number): void {
    if (!this.again.delete(position) && position === this.next) this.next++
  }

  private empty(): void {
    this.alive = false
    this.next = this.tail
    this.again.clear()
    this.leases.clear()
    this.attempts.clear()
    this.pulls.length = 0
  }

  private restore(again: number[], leases: number[], attempts: number[]): void {
    this.again.clear()
    this.leases.clear()
    this.attempts.clear()
    const at = (list: readonly number[], i: number) => list[i] as number
    for (let i = 0; i < again.length; i += 2) this.again.set(at(again, i), at(again, i + 1))
    for (let i = 0; i < leases.length; i += 3) {
      this.leases.set(at(leases, i), {
        position: at(leases, i + 1),
        deadlineUs: at(leases, i + 2),
      })
    }
    for (let i = 0; i < attempts.length; i += 2) {
      this.attempts.set(at(attempts, i), at(attempts, i + 1))
    }
  }
}
