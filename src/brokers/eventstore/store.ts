/**
 * An event store: streams of events, written with an expected version and never changed, read from any
 * point, and subscribed to. It models KurrentDB; each rule says which page it follows (see README.md).
 */
import { assert, must } from '../../base/assert.ts'
import type { IntColumn, TimeColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { CATEGORY_PREFIX } from './category.ts'
import { EventLog } from './eventLog.ts'
import { type ExpectedVersion, judge, NO_STREAM } from './expectedVersion.ts'
import {
  type Conflict,
  EVENTSTORE_FACTS,
  type StreamLimits,
  type Subscribed,
  type Truncation,
} from './facts.ts'
import { FILTER_PREFIX, type FilterIndex, filtering } from './filtering.ts'
import { Source, sourceNamed } from './source.ts'
import { archiveSubscription, type Push, Subscription } from './subscription.ts'

/** What became of an append. */
export type AppendResult =
  /** Version and position of the last event written. */
  | { ok: true; version: number; position: number }
  | { ok: false; expected: ExpectedVersion; actual: number; isTombstoned?: boolean }

/** What a stream was deleted as. */
const DELETED = { no: 0, softly: 1, forGood: 2 } as const

export class EventStore implements Part {
  /** Events in the store: the next position. */
  count = 0
  /** Events in each stream, by the stream's index: its next version. */
  readonly sizes: number[] = []
  /** Events of each category, by its number. */
  private readonly categorySizes: number[] = []
  /** By stream: how it was deleted, and the version before which nothing can be read. */
  private readonly deleted: number[] = []
  private readonly truncated: number[] = []
  /** Rows of the limits that were set, oldest first: the last of a stream counts. */
  private readonly limitRows: number[] = []
  /** Appends that were refused: how many, and by number the first event of each and its row. */
  conflicts = 0
  private readonly conflictMessages: IntColumn
  private readonly conflictRows: IntColumn
  private readonly conflictUs: TimeColumn
  /** How many keys of persons were deleted. */
  keysDeleted = 0
  private filters: FilterIndex | null = null
  readonly log: EventLog
  readonly node: number
  private readonly sim: Simulation
  private readonly subscriptions: Subscription[] = []
  private readonly listeners: (() => void)[] = []

  constructor(sim: Simulation, node: number) {
    this.sim = sim
    this.node = node
    this.log = new EventLog(sim.records, node)
    this.conflictMessages = sim.records.ints(node, 'conflictMessage')
    this.conflictRows = sim.records.ints(node, 'conflictRow')
    this.conflictUs = sim.records.times(node, 'conflictUs')
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
    const deleted = this.deleted[this.indexOf(stream)]
    if (deleted === DELETED.forGood) {
      this.sim.emit(this, EVENTSTORE_FACTS.refused, first, this.indexOf(stream))
      return { ok: false, expected, actual, isTombstoned: true }
    }
    const verdict = judge(expected, events, {
      version: actual,
      isDeleted: deleted === DELETED.softly,
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
    const first = this.firstVersion(stream)
    let version = step === 1 ? Math.max(first, from) : Math.min(from, last)
    for (; version >= first && version <= last && positions.length < max; version += step) {
      positions.push(this.log.positionAt(index, version))
    }
    return positions
  }

  /**
   * The first version of a stream that can be read: what was deleted, is too old or too many cannot.
   * KurrentDB docs, "Stream metadata": `$tb`, `$maxAge`, `$maxCount`. All that is left out of reads at
   * once; the bytes stay, as scavenging is not modelled, and `$all` still has them.
   */
  firstVersion(stream: string): number {
    const index = this.indexOf(stream)
    if (index === -1) return 0
    const size = this.sizes[index] as number
    if (this.deleted[index] === DELETED.forGood) return size
    let first = this.truncated[index] as number
    const limits = this.limitsOf(stream)
    if (limits?.maxCount != null) first = Math.max(first, size - limits.maxCount)
    if (limits?.maxAgeUs == null) return first
    const oldestUs = this.sim.nowUs - limits.maxAgeUs
    while (first < size && this.log.recordedUs(this.log.positionAt(index, first)) < oldestUs)
      first++
    return first
  }

  /** Whether a stream can be read: it was written to, and not deleted since. */
  isReadable(stream: string): boolean {
    const index = this.indexOf(stream)
    return index !== -1 && this.deleted[index] === DELETED.no
  }

  /** The `index`th append that was refused: its first event, what was expected, what was there. */
  conflict(index: number): Conflict & { message: number; atUs: number } {
    const row = this.sim.records.rowAt<Conflict>(this.conflictRows.get(index))
    const atUs = this.conflictUs.get(index)
    return { message: this.conflictMessages.get(index), atUs, ...row }
  }

  /** How a stream was deleted, by its index. */
  deletion(index: number): keyof typeof DELETED {
    const how = this.deleted[index]
    return how === DELETED.softly ? 'softly' : how === DELETED.forGood ? 'forGood' : 'no'
  }

  /**
   * Deletes a stream. Softly: it reads as if it was not there, and goes on from its last version if it is
   * written again. For good: a tombstone, after which nobody can write it either. What subscribers were
   * sent stays with them, and `$all` keeps the events. KurrentDB docs, "Deleting streams and events".
   */
  delete(stream: string, forGood: boolean): void {
    const index = this.indexOf(stream)
    if (index === -1 || this.deleted[index] === DELETED.forGood) return
    if (!forGood && this.deleted[index] === DELETED.softly) return
    const { softDeleted, tombstoned } = EVENTSTORE_FACTS
    this.sim.emit(this, forGood ? tombstoned : softDeleted, -1, index)
  }

  /** Limits what a stream keeps from now on. */
  limit(limits: StreamLimits): void {
    this.sim.emit(this, EVENTSTORE_FACTS.limited, -1, this.sim.records.row(limits))
  }

  /** Leaves out of reads what stands before a version of a stream that can be read; 0 leaves out nothing. */
  truncate(truncation: Truncation): void {
    if (!this.isReadable(truncation.stream)) return
    this.sim.emit(this, EVENTSTORE_FACTS.truncated, -1, this.sim.records.row(truncation))
  }

  /** Deletes the key of a person: what is encrypted with it cannot be read any more by anybody. */
  deleteKey(person: string): void {
    const id = this.sim.records.strings.id(person)
    if (this.hasKey(person)) this.sim.emit(this, EVENTSTORE_FACTS.keyDeleted, -1, id)
  }

  /** Whether a person's data can be read. */
  hasKey(person: string): boolean {
    return !this.log.isKeyDeleted(person, this.keysDeleted)
  }

  /** Positions of all events from `from` on, at most `max`: `$all` in KurrentDB. */
  readAll(from: number, max: number, direction: 'forwards' | 'backwards' = 'forwards'): number[] {
    const positions: number[] = []
    if (direction === 'backwards') {
      let position = Math.min(from, this.count - 1)
      while (position >= 0 && positions.length < max) positions.push(position--)
      return positions
    }
    const end = Math.min(this.count, Math.max(0, from) + max)
    for (let position = Math.max(0, from); position < end; position++) positions.push(position)
    return positions
  }

  /** Connects a subscriber for good and returns its channel; `push` gets what `subscribe` asks for. */
  attach(push: Push): number {
    return this.subscriptions.push(new Subscription(push)) - 1
  }

  /** Tells of appends from now on: for what stands beside the store and keeps its own place in it. */
  onAppended(listener: () => void): void {
    this.listeners.push(listener)
  }

  /**
   * Subscribes to a stream, to a category (`$ce-account`), or with null to all, from a version or position
   * on. History comes first, in pages that the subscriber asks for with `next`; once it has seen everything
   * it is live, and each event is pushed as it is written. KurrentDB docs, "Catch-up subscriptions".
   */
  subscribe(asked: Subscribed, max: number): void {
    const first = asked.stream === null ? 0 : this.firstVersion(asked.stream)
    const row = first > asked.from ? { ...asked, from: first } : asked
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
        this.putStream(aux)
        break
      case EVENTSTORE_FACTS.appended: {
        const version = this.sizes[aux] as number
        this.log.putEvent(this.count, aux, version, message, this.sim.nowUs)
        this.sizes[aux] = version + 1
        this.putInCategory(this.log.categoryAt(aux))
        this.filters?.put(this.count, this.log.type(message), this.log.streamName(aux))
        if (this.deleted[aux] === DELETED.softly) this.deleted[aux] = DELETED.no
        this.count++
        break
      }
      case EVENTSTORE_FACTS.conflicted:
        this.conflictMessages.put(this.conflicts, message)
        this.conflictRows.put(this.conflicts, aux)
        this.conflictUs.put(this.conflicts, this.sim.nowUs)
        this.conflicts++
        break
      case EVENTSTORE_FACTS.softDeleted:
        this.deleted[aux] = DELETED.softly
        this.truncated[aux] = this.sizes[aux] as number
        break
      case EVENTSTORE_FACTS.tombstoned:
        this.deleted[aux] = DELETED.forGood
        break
      case EVENTSTORE_FACTS.limited:
        this.limitRows.push(aux)
        break
      case EVENTSTORE_FACTS.truncated: {
        const { stream, before } = this.sim.records.rowAt<Truncation>(aux)
        this.truncated[this.indexOf(stream)] = before
        break
      }
      case EVENTSTORE_FACTS.keyDeleted:
        this.log.putDeletedKey(this.keysDeleted, aux)
        this.keysDeleted++
        break
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
    io.list(this.categorySizes)
    io.list(this.deleted)
    io.list(this.truncated)
    io.list(this.limitRows)
    this.conflicts = io.int(this.conflicts)
    this.keysDeleted = io.int(this.keysDeleted)
    this.filters?.archive(io)
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
    for (const listener of this.listeners) listener()
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
    return this.log.messageAt(this.positionIn(this.sourceOf(subscription), cursor))
  }

  /** How many events there are for a subscription. */
  private endFor(subscription: Subscription): number {
    return this.endOf(this.sourceOf(subscription))
  }

  private sourceOf({ stream }: Subscription): string | null {
    return stream === -1 ? null : this.sim.records.strings.text(stream)
  }

  /** What a subscription can be on: a stream, a category, a filter, or all streams where nothing is named. */
  source(name = ''): Source {
    return new Source(this, sourceNamed(name))
  }

  /** Says before the first event what will be subscribed to: what passes a filter is counted from the start. */
  follow(source: string | null): void {
    if (!source?.startsWith(FILTER_PREFIX)) return
    this.filters ??= must(filtering.make, 'filters, loaded')(this.sim.records, this.node)
    this.filters.add(source)
  }

  /** Whether an event of this type in this stream passes a filter that is followed. */
  passes(filter: string, type: string, stream: string): boolean {
    return this.filters?.has(filter, type, stream) ?? false
  }

  /** How many events there are in a stream, in a category, behind a filter, or with null in all. */
  endOf(source: string | null): number {
    if (source === null) return this.count
    if (source.startsWith(FILTER_PREFIX)) return this.filters?.sizeOf(source) ?? 0
    if (!source.startsWith(CATEGORY_PREFIX)) return this.version(source) + 1
    return this.categorySizes[this.categoryIn(source)] ?? 0
  }

  /** Position of the `at`th event of a stream, of a category, behind a filter, or of all. */
  positionIn(source: string | null, at: number): number {
    if (source === null) return at
    if (source.startsWith(FILTER_PREFIX)) return this.filters?.positionIn(source, at) ?? -1
    if (!source.startsWith(CATEGORY_PREFIX)) return this.log.positionAt(this.indexOf(source), at)
    return this.log.positionInCategory(this.categoryIn(source), at)
  }

  private categoryIn(source: string): number {
    return this.log.categoryIndex(source.slice(CATEGORY_PREFIX.length), this.categorySizes.length)
  }

  private limitsOf(stream: string): StreamLimits | null {
    for (let i = this.limitRows.length - 1; i >= 0; i--) {
      const limits = this.sim.records.rowAt<StreamLimits>(this.limitRows[i] as number)
      if (limits.stream === stream) return limits
    }
    return null
  }

  private putStream(name: number): void {
    const category = this.log.putStream(this.sizes.length, name, this.categorySizes.length)
    if (category === this.categorySizes.length) this.categorySizes.push(0)
    this.sizes.push(0)
    this.deleted.push(DELETED.no)
    this.truncated.push(0)
  }

  private putInCategory(category: number): void {
    const at = this.categorySizes[category] as number
    this.log.putInCategory(category, at, this.count)
    this.categorySizes[category] = at + 1
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
