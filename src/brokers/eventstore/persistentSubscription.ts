/**
 * A persistent subscription: a group whose place the store keeps, and whose members compete for events.
 * It models KurrentDB's ("Persistent subscriptions"): events go round robin to members with room, each is
 * acknowledged, retried, parked or skipped, and a restart goes on from the checkpoint, so each event comes
 * at least once and the order is only mostly kept. Left out: the strategies DispatchToSingle and Pinned,
 * buffers of history, and the least and largest number of events of a checkpoint.
 */
import { must } from '../../base/assert.ts'
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { PERSISTENT_FACTS } from './facts.ts'
import type { EventStore } from './store.ts'

export interface GroupSettings {
  /** A stream, a category, a filter on all, or null for all. */
  source: string | null
  /** How many events a member may hold unacknowledged. */
  bufferSize: number
  /** How long a member has for an event before it is retried. */
  messageTimeoutUs: number
  /** How often an event is retried before it is parked. */
  maxRetryCount: number
}

/** What a member says to an event that it cannot process. KurrentDB's `stop` is left out. */
export type NackAction = 'retry' | 'park' | 'skip'

/** An event that a member holds: for the first time, or tried again. */
export interface Out {
  delivery: number
  message: number
  /** The part that is the member. */
  by: number
  attempt: number
}

export type Dispatch = (delivery: { number: number; message: number; attempt: number }) => void

const FIELDS = ['event', 'member', 'attempt'] as const

export class PersistentSubscription implements Part {
  readonly node: number
  /** Events of the source that it has taken up. */
  next = 0
  /** Deliveries made so far; those in hand, oldest first. */
  deliveries = 0
  private readonly inFlight: number[] = []
  /** Events (by their place in the source) that wait to be tried again, and how often each was. */
  private readonly retries: number[] = []
  private readonly attempts: number[] = []
  /** Events that were given up, by their place in the source. */
  readonly parked: number[] = []
  /** All events of the source before it are done: where a restart goes on. */
  checkpoint = 0
  private readonly joined: number[] = []
  private turn = 0
  private readonly members: Dispatch[] = []
  private readonly nodes: number[] = []
  private readonly columns: Record<(typeof FIELDS)[number], IntColumn>
  private readonly sim: Simulation
  private readonly store: EventStore
  private readonly settings: GroupSettings

  constructor(sim: Simulation, node: number, store: EventStore, settings: GroupSettings) {
    this.sim = sim
    this.node = node
    this.store = store
    this.settings = settings
    const [event, member, attempt] = FIELDS.map((name) => sim.records.ints(node, name)) as [
      IntColumn,
      IntColumn,
      IntColumn,
    ]
    this.columns = { event, member, attempt }
    sim.enlist(this)
    store.follow(settings.source)
    store.onAppended(() => this.dispatch())
  }

  /** Connects a member for good, and says which part it is; it gets nothing before it joins. */
  attach(dispatch: Dispatch, node = -1): number {
    this.nodes.push(node)
    return this.members.push(dispatch) - 1
  }

  join(member: number): void {
    if (!this.joined.includes(member)) this.sim.emit(this, PERSISTENT_FACTS.joined, -1, member)
    this.dispatch()
  }

  /** A member is gone: what it held is tried again by the others. */
  leave(member: number): void {
    if (!this.joined.includes(member)) return
    for (const delivery of this.heldBy(member)) this.retry(delivery)
    this.sim.emit(this, PERSISTENT_FACTS.left, -1, member)
    this.dispatch()
  }

  ack(delivery: number): void {
    if (!this.inFlight.includes(delivery)) return
    this.sim.emit(this, PERSISTENT_FACTS.acked, this.messageOf(delivery), delivery)
    this.moveCheckpoint()
    this.dispatch()
  }

  nack(delivery: number, action: NackAction): void {
    if (!this.inFlight.includes(delivery)) return
    if (action === 'retry') this.retry(delivery)
    else {
      const kind = action === 'park' ? PERSISTENT_FACTS.parked : PERSISTENT_FACTS.skipped
      this.sim.emit(this, kind, this.messageOf(delivery), delivery)
    }
    this.moveCheckpoint()
    this.dispatch()
  }

  /** Parked events go to the members again. */
  replayParked(): void {
    if (this.parked.length === 0) return
    this.sim.emit(this, PERSISTENT_FACTS.replayed, -1, this.parked.length)
    this.dispatch()
  }

  /** A delivery's time is over. */
  due(_kind: number, delivery: number): void {
    if (!this.inFlight.includes(delivery)) return
    this.sim.emit(this, PERSISTENT_FACTS.timedOut, this.messageOf(delivery), delivery)
    this.retry(delivery)
    this.moveCheckpoint()
    this.dispatch()
  }

  /** Messages that a member holds, oldest first. */
  heldBy(member: number): number[] {
    return this.inFlight.filter((delivery) => this.columns.member.get(delivery) === member)
  }

  /** What members hold and have not answered, oldest first. */
  out(): Out[] {
    return this.inFlight.map((delivery) => ({
      delivery,
      message: this.messageOf(delivery),
      by: this.nodes[this.columns.member.get(delivery)] ?? -1,
      attempt: this.columns.attempt.get(delivery),
    }))
  }

  /** The event with this place in the source. */
  messageAt(at: number): number {
    return this.store.log.messageAt(this.store.positionIn(this.settings.source, at))
  }

  /** Deliveries that members hold, and events that wait to be tried again. */
  get inFlightCount(): number {
    return this.inFlight.length
  }
  get retryCount(): number {
    return this.retries.length
  }

  /** How many events nobody is done with. */
  get lag(): number {
    const rest = this.store.endOf(this.settings.source) - this.next
    return rest + this.inFlight.length + this.retries.length
  }

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case PERSISTENT_FACTS.joined:
        this.joined.push(aux)
        break
      case PERSISTENT_FACTS.left:
        this.joined.splice(this.joined.indexOf(aux), 1)
        break
      case PERSISTENT_FACTS.dispatched:
        this.inFlight.push(this.deliveries)
        if (aux === this.next) this.next++
        else this.takeRetry(aux)
        this.deliveries++
        this.turn++
        break
      case PERSISTENT_FACTS.retried:
        this.retries.push(this.columns.event.get(aux))
        this.attempts.push(this.columns.attempt.get(aux))
        this.letGo(aux)
        break
      case PERSISTENT_FACTS.parked:
        this.parked.push(this.columns.event.get(aux))
        this.letGo(aux)
        break
      case PERSISTENT_FACTS.acked:
      case PERSISTENT_FACTS.skipped:
        this.letGo(aux)
        break
      case PERSISTENT_FACTS.replayed:
        for (const event of this.parked.splice(0)) {
          this.retries.push(event)
          this.attempts.push(0)
        }
        break
      case PERSISTENT_FACTS.checkpointed:
        this.checkpoint = aux
        break
    }
  }

  archive(io: Archive): void {
    this.next = io.int(this.next)
    this.deliveries = io.int(this.deliveries)
    this.checkpoint = io.int(this.checkpoint)
    this.turn = io.int(this.turn)
    for (const list of [this.inFlight, this.retries, this.attempts, this.parked, this.joined]) {
      io.list(list)
    }
  }

  /** Tried again, or parked if it was tried often enough. */
  private retry(delivery: number): void {
    const isOver = this.columns.attempt.get(delivery) > this.settings.maxRetryCount
    const kind = isOver ? PERSISTENT_FACTS.parked : PERSISTENT_FACTS.retried
    this.sim.emit(this, kind, this.messageOf(delivery), delivery)
  }

  /** Hands out what waits, retries first, to members with room in turn. */
  private dispatch(): void {
    for (;;) {
      const member = this.memberWithRoom()
      const isRetry = this.retries.length > 0
      if (member === -1 || (!isRetry && this.next >= this.store.endOf(this.settings.source))) return
      const event = isRetry ? (this.retries[0] as number) : this.next
      const attempt = isRetry ? (this.attempts[0] as number) + 1 : 1
      const number = this.deliveries
      this.columns.event.put(number, event)
      this.columns.member.put(number, member)
      this.columns.attempt.put(number, attempt)
      const message = this.messageAt(event)
      this.sim.emit(this, PERSISTENT_FACTS.dispatched, message, event)
      this.sim.after(this.settings.messageTimeoutUs, this, 0, number)
      must(this.members[member], `member ${member}`)({ number, message, attempt })
    }
  }

  private memberWithRoom(): number {
    const { joined, turn } = this
    for (let i = 0; i < joined.length; i++) {
      const member = joined[(turn + i) % joined.length] as number
      if (this.heldBy(member).length < this.settings.bufferSize) return member
    }
    return -1
  }

  private moveCheckpoint(): void {
    const open = [...this.retries, ...this.inFlight.map((d) => this.columns.event.get(d))]
    const checkpoint = Math.min(this.next, ...open)
    if (checkpoint > this.checkpoint) {
      this.sim.emit(this, PERSISTENT_FACTS.checkpointed, -1, checkpoint)
    }
  }

  private takeRetry(event: number): void {
    const at = this.retries.indexOf(event)
    this.retries.splice(at, 1)
    this.attempts.splice(at, 1)
  }

  private letGo(delivery: number): void {
    this.inFlight.splice(this.inFlight.indexOf(delivery), 1)
  }

  private messageOf(delivery: number): number {
    return this.messageAt(this.columns.event.get(delivery))
  }
}
