/**
 * An event store: streams of events, written with an expected version and never changed, read from any
 * point, and subscribed to. It models KurrentDB; each rule says which page it follows (see README.md).
 */
import { assert, must } from '../../base/assert.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { EventLog } from './eventLog.ts'
import { type ExpectedVersion, judge, NO_STREAM } from './expectedVersion.ts'
import { type Conflict, EVENTSTORE_FACTS, type Subscribed } from './facts.ts'
import { archiveSubscription, type Push, Subscription } from './subscription.ts'

/** What became of an append. */
export type AppendResult =
  /** Version and position of the last event written. */
  | { ok: true; version: number; position: number }
  | { ok: false; expected: ExpectedVersion; actual: number }

export class EventStore implements Part {
  /** Events in the store: the next position. */
  count = 0
  /** Events in each stream, by the stream's index: its next version. */
  readonly sizes: number[] = []
  readonly log: EventLog
  readonly node: number
  private readonly sim: Simulation
  private readonly subscriptions: Subscription[] = []

  constructor(sim: Simulation, node: number) {
    this.sim = sim
    this.node = node
    this.log = new EventLog(sim.records, node)
    sim.enlist(this)
  }

  /** Version of a stream's last event, `NO_STREAM` (-1) if there is no such stream. */
  version(stream: string): number {
    const index = this.indexOf(stream)
    return index === -1 ? NO_STREAM : (this.sizes[index] as number) - 1
  }

  /** Index of a stream, -1 if it does not exist. */
  indexOf(stream: string): number {
    return this.log.streamIndex(stream, this.sizes.length)
  }

  /**
   * Appends events, rows of the message table whose key is the type and whose body is JSON. All of them
   * are written, one after the other, or none. KurrentDB docs, "Appending events", "Handling concurrency".
   */
  append(stream: string, expected: ExpectedVersion, events: readonly number[]): AppendResult {
    assert(events.length > 0, `append to ${stream} without events`)
    const first = events[0] as number
    const actual = this.version(stream)
    const verdict = judge(expected, events, {
      version: actual,
      versionOf: (id) => this.versionOf(stream, id),
      idAt: (version) => this.log.messageAt(this.log.positionAt(this.indexOf(stream), version)),
    })
    if (verdict === 'conflict') {
      const conflict: Conflict = { stream, expected, actual }
      this.sim.emit(this, EVENTSTORE_FACTS.conflicted, first, this.sim.records.row(conflict))
      return { ok: false, expected, actual }
    }
    if (verdict === 'repeat') {
      this.sim.emit(this, EVENTSTORE_FACTS.repeated, first, this.indexOf(stream))
      return this.written(stream, this.versionOf(stream, must(events.at(-1), 'last event')))
    }
    this.write(stream, events)
    return this.written(stream, this.version(stream))
  }

  /** Positions of a stream's events from version `from` on, forwards or backwards, at most `max`. */
  read(stream: string, from: number, direction: 'forwards' | 'backwards', max: number): number[] {
    const index = this.indexOf(stream)
    const last = this.version(stream)
    const step = direction === 'forwards' ? 1 : -1
    const positions: number[] = []
    let version = step === 1 ? Math.max(0, from) : Math.min(from, last)
    for (; version >= 0 && version <= last && positions.length < max; version += step) {
      positions.push(this.log.positionAt(index, version))
    }
    return positions
  }

  /** Positions of all events from `from` on, at most `max`: `$all` in KurrentDB. */
  readAll(from: number, max: number): number[] {
    const positions: number[] = []
    const end = Math.min(this.count, Math.max(0, from) + max)
    for (let position = Math.max(0, from); position < end; position++) positions.push(position)
    return positions
  }

  /** Connects a subscriber for good and returns its channel; `push` gets what `subscribe` asks for. */
  attach(push: Push): number {
    return this.subscriptions.push(new Subscription(push)) - 1
  }

  /**
   * Subscribes to a stream, or with null to all, from a version or position on. History comes first, in
   * pages that the subscriber asks for with `next`; once it has seen everything it is live, and each
   * event is pushed as it is written. KurrentDB docs, "Catch-up subscriptions".
   */
  subscribe(row: Subscribed, max: number): void {
    this.sim.emit(this, EVENTSTORE_FACTS.subscribed, -1, this.sim.records.row(row))
    this.next(row.channel, max)
  }

  /** Sends the next page of history to a subscriber that is not live, at most `max` events. */
  next(channel: number, max: number): void {
    const subscription = this.subscription(channel)
    if (subscription.phase !== 'catchingUp') return
    const { cursor: from, token } = subscription
    const count = Math.min(max, this.endFor(subscription) - from)
    for (let i = 0; i < count; i++) {
      const event = this.messageFor(subscription, from + i)
      this.sim.emit(this, EVENTSTORE_FACTS.delivered, event, channel)
    }
    const live = subscription.cursor >= this.endFor(subscription)
    if (live) this.sim.emit(this, EVENTSTORE_FACTS.caughtUp, -1, channel)
    const message = count > 0 ? this.messageFor(subscription, from) : -1
    subscription.push({ message, count: Math.max(0, count), live, token })
  }

  /** Forgets a subscription: its connection is gone. */
  unsubscribe(channel: number): void {
    if (this.subscription(channel).phase === 'off') return
    this.sim.emit(this, EVENTSTORE_FACTS.unsubscribed, -1, channel)
  }

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case EVENTSTORE_FACTS.streamCreated:
        this.log.putStream(this.sizes.length, aux)
        this.sizes.push(0)
        break
      case EVENTSTORE_FACTS.appended: {
        const version = this.sizes[aux] as number
        this.log.putEvent(this.count, aux, version, message, this.sim.nowUs)
        this.sizes[aux] = version + 1
        this.count++
        break
      }
      case EVENTSTORE_FACTS.subscribed: {
        const { channel, stream, from, token } = this.sim.records.rowAt<Subscribed>(aux)
        const name = stream === null ? -1 : this.sim.records.strings.id(stream)
        this.subscription(channel).begin(name, from, token)
        break
      }
      case EVENTSTORE_FACTS.delivered:
        this.subscription(aux).cursor++
        break
      case EVENTSTORE_FACTS.caughtUp:
        this.subscription(aux).phase = 'live'
        break
      case EVENTSTORE_FACTS.unsubscribed:
        this.subscription(aux).phase = 'off'
        break
    }
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
    io.list(this.sizes)
    for (const subscription of this.subscriptions) archiveSubscription(io, subscription)
  }

  private write(stream: string, events: readonly number[]): void {
    const { strings } = this.sim.records
    if (this.indexOf(stream) === -1) {
      this.sim.emit(this, EVENTSTORE_FACTS.streamCreated, -1, strings.id(stream))
    }
    const index = this.indexOf(stream)
    for (const event of events) this.sim.emit(this, EVENTSTORE_FACTS.appended, event, index)
    this.pushLive()
  }

  /** Hands live subscriptions what they have not been sent. */
  private pushLive(): void {
    for (let channel = 0; channel < this.subscriptions.length; channel++) {
      const subscription = this.subscription(channel)
      while (subscription.phase === 'live' && subscription.cursor < this.endFor(subscription)) {
        const { cursor, token } = subscription
        const message = this.messageFor(subscription, cursor)
        this.sim.emit(this, EVENTSTORE_FACTS.delivered, message, channel)
        subscription.push({ message, count: 1, live: true, token })
      }
    }
  }

  /** The event that a subscription counts as its `cursor`th. */
  private messageFor(subscription: Subscription, cursor: number): number {
    if (subscription.stream === -1) return this.log.messageAt(cursor)
    const stream = this.indexOf(this.sim.records.strings.text(subscription.stream))
    return this.log.messageAt(this.log.positionAt(stream, cursor))
  }

  /** How many events there are for a subscription. */
  private endFor(subscription: Subscription): number {
    if (subscription.stream === -1) return this.count
    return this.version(this.sim.records.strings.text(subscription.stream)) + 1
  }

  /** Version under which a stream holds an event, -1 if it does not. */
  private versionOf(stream: string, message: number): number {
    const index = this.indexOf(stream)
    const position = this.log.firstPosition(message)
    if (index === -1 || position === -1 || position >= this.count) return -1
    if (this.log.streamAt(position) === index) return this.log.versionAt(position)
    // First written to another stream: the same id may be used once in each.
    let version = this.version(stream)
    while (version >= 0 && this.log.messageAt(this.log.positionAt(index, version)) !== message) {
      version--
    }
    return version
  }

  private written(stream: string, version: number): AppendResult {
    return { ok: true, version, position: this.log.positionAt(this.indexOf(stream), version) }
  }

  private subscription(channel: number): Subscription {
    return must(this.subscriptions[channel], `subscription channel ${channel}`)
  }
}
