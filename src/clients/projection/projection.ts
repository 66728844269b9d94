/**
 * A projection: subscribes to a store from its own position and works events into a read model. Rows and
 * position change in one transaction of its database, unless its settings part them: then a crash in between
 * counts events twice or never.
 */

import { assert, must } from '../../base/assert.ts'
import type { IntColumn } from '../../base/column.ts'
import { usFromMs } from '../../base/time.ts'
import type { EventLog } from '../../brokers/eventstore/eventLog.ts'
import type { Source } from '../../brokers/eventstore/source.ts'
import type { Delivery } from '../../brokers/eventstore/subscription.ts'
import type { Archive } from '../../engine/archive.ts'
import { INSTANT, Sampler } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client } from '../client.ts'
import { read } from '../commandHandler/schema.ts'
import { Gap } from '../gap.ts'
import { PROJECTION_FACTS, type Rebuild } from './facts.ts'
import { Queries } from './queries.ts'
import type { ProjectionSettings, ViewName } from './settings.ts'
import { Tables } from './tables.ts'
import type { Row } from './views.ts'

/** Most events of one page of history. */
export const PAGE_EVENTS = 32
/** How long saving the position takes if the scenario does not say. */
const CHECKPOINT_MS = 100

/** The way to a store. Made by the wiring; events come back through `deliver`. */
export interface SubscriptionPort {
  /** The store's contents, to be read up to what has been delivered. */
  readonly log: EventLog
  /** How many keys of persons are gone at the moment. */
  readonly keysDeleted?: number
  /** What it is subscribed to, where that is not all streams: its positions are then places in there. */
  readonly source?: Source
  /** Subscribes from a position on; what comes of it carries `token`. */
  subscribe(from: number, token: number): void
  /** Asks for the next page of history. */
  next(): void
  /** The process is gone: what is under way to it is lost, and the store learns of it. */
  hangUp(): void
}

const TIMER = { work: 0, save: 1, wait: 2, build: 3 } as const

export class Projection extends Client<ProjectionSettings> {
  /** The position that it has saved: a restart goes on from there. */
  position = 0
  /** The next event that it works in: the saved position, or further while the two are saved apart. */
  cursor = 0
  /** The position behind the last event that came; those from `cursor` on wait in memory. */
  known = 0
  isLive = false
  isWorking = false
  isSaving = false
  /** It cannot read the event at its cursor, and goes no further. */
  isStopped = false
  startedUs = 0
  endsUs = 0
  readonly tables: Tables
  readonly queries: Queries
  /** Rows of what was rebuilt: the one at n - 1 has begun table n. */
  private readonly rebuilds: number[] = []
  /** Events left of the batch in work. */
  private workLeft = 0
  /** Before it nothing is taken up. */
  private waitsUntilUs = 0
  private readonly gap = new Gap()
  private isAsking = false
  /** Subscriptions made so far: the present one's token. */
  private subscriptions = 0
  private draws = 0
  private port: SubscriptionPort | null = null
  private duration = INSTANT
  private readonly random: Random
  private readonly serviceUs: IntColumn

  constructor(sim: Simulation, node: number, id: string, settings: ProjectionSettings) {
    super(sim, node, settings)
    this.onSettings()
    this.tables = new Tables(sim.records, node)
    this.queries = new Queries(sim, this)
    this.random = sim.random(`${id}/service`)
    this.serviceUs = sim.records.ints(node, 'serviceUs')
  }

  /** Connects it to its store; `start` then subscribes. */
  connect(port: SubscriptionPort): void {
    this.port = port
  }

  /** Subscribes from where it stands. */
  start(): void {
    if (this.isCrashed || this.port === null) return
    this.sim.emit(this, PROJECTION_FACTS.subscribing, -1, this.known)
    this.port.subscribe(this.known, this.subscriptions)
  }

  /** The link works again: what was pushed in between is missing, so it subscribes anew. */
  reconnected(): void {
    this.start()
  }

  /** Events arrive. */
  deliver({ message, count, live, token }: Delivery): void {
    // What an earlier subscription still had under way is not for this one.
    if (this.isCrashed || token !== this.subscriptions) return
    const place = count === 0 ? this.known : this.placeOf(message)
    this.sim.emit(this, PROJECTION_FACTS.received, message, place + count)
    if (live && !this.isLive) this.sim.emit(this, PROJECTION_FACTS.caughtUp, -1, -1)
    this.work()
  }

  /** Folds all of history anew, in the place of its rows or beside them. */
  rebuild(rebuild: Rebuild): void {
    if (this.isCrashed || (rebuild.how === 'blueGreen' && this.tables.building !== -1)) return
    const { rebuilding } = PROJECTION_FACTS
    const from = this.port?.source?.first ?? 0
    const row = this.sim.records.row(from === 0 ? rebuild : { ...rebuild, from })
    this.sim.emit(this, rebuilding, -1, row)
    if (rebuild.how === 'inPlace') this.work()
    else this.buildLater()
  }

  due(kind: number, life: number): void {
    if (life !== this.life || this.isCrashed) return
    if (kind === TIMER.build) this.build()
    else if (kind === TIMER.wait) this.work()
    else if (kind === TIMER.save && this.isSaving) this.save()
    else if (kind === TIMER.work && this.isWorking) this.finishWork()
  }

  /** Whether it is written in the transaction in which an event of this type is appended to a stream. */
  writesInline(stream: string, type: string): boolean {
    const isInline = this.settings.mode === 'inline' && !this.isCrashed
    return isInline && (this.port?.source?.has(stream, type) ?? true)
  }

  /** How long the append of one event takes longer because this is written with it. */
  inlineUs(): number {
    return this.slowedUs(this.duration.drawUs(this.random, this.draws))
  }

  /** The rows that are read. */
  rows(max: number): readonly Row[] {
    return this.rowsOf(this.tables.serving, max)
  }

  /** The rows of the table that is being built, null if none is. */
  builtRows(max: number): readonly Row[] | null {
    const { building } = this.tables
    return building === -1 ? null : this.rowsOf(building, max)
  }

  /** The event at a position that has been delivered. */
  messageAt(position: number): number {
    return this.store.log.messageAt(this.inStore(position))
  }

  /** How many events of what it is subscribed to lie before a position of the store. */
  countBefore(position: number): number {
    return this.store.source?.countBefore(position) ?? position
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    switch (kind) {
      case PROJECTION_FACTS.subscribing:
        this.subscriptions++
        this.isLive = false
        this.isAsking = true
        break
      case PROJECTION_FACTS.asking:
        this.isAsking = true
        break
      case PROJECTION_FACTS.received:
        if (this.cursor === this.known) {
          this.waitsUntilUs = this.sim.nowUs + usFromMs(this.settings.lagMs ?? 0)
        }
        this.know(message, aux)
        this.isAsking = false
        break
      case PROJECTION_FACTS.caughtUp:
        this.isLive = true
        break
      case CLIENT_FACTS.started:
        this.isWorking = true
        this.isSaving = this.settings.checkpoint === 'before'
        this.workLeft = Math.min(this.settings.batch ?? 1, this.gap.endFrom(aux, this.known) - aux)
        this.startedUs = this.sim.nowUs
        this.endsUs = this.sim.nowUs + this.serviceUs.get(this.draws)
        this.draws++
        break
      case CLIENT_FACTS.processed:
        this.tables.put(this.tables.serving, aux)
        this.passed(aux)
        break
      case PROJECTION_FACTS.skipped:
        this.passed(aux)
        break
      case PROJECTION_FACTS.leftOut:
        this.tables.pass(this.tables.serving, aux)
        this.passed(aux)
        break
      case PROJECTION_FACTS.stopped:
        this.isStopped = true
        this.isWorking = false
        break
      case PROJECTION_FACTS.checkpointed:
        this.position = aux
        this.isSaving = false
        break
      case PROJECTION_FACTS.rebuilding:
        this.begin(aux)
        break
      case PROJECTION_FACTS.rebuilt:
        this.tables.put(this.tables.building, aux)
        break
      case PROJECTION_FACTS.swapped:
        this.tables.swap()
        break
      case CLIENT_FACTS.settingChanged:
        this.isStopped = false
        break
      case CLIENT_FACTS.crashed:
        this.gap.put(-1, -1)
        this.known = this.position
        this.cursor = this.position
        this.isWorking = false
        this.isSaving = false
        this.isStopped = false
        this.isLive = false
        this.isAsking = false
        this.queries.forget()
        break
      default:
        this.queries.apply(kind, message, aux)
    }
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.position = io.int(this.position)
    this.cursor = io.int(this.cursor)
    this.known = io.int(this.known)
    this.isLive = io.flag(this.isLive)
    this.isWorking = io.flag(this.isWorking)
    this.isSaving = io.flag(this.isSaving)
    this.isStopped = io.flag(this.isStopped)
    this.isAsking = io.flag(this.isAsking)
    this.workLeft = io.int(this.workLeft)
    this.waitsUntilUs = io.int(this.waitsUntilUs)
    this.subscriptions = io.int(this.subscriptions)
    this.startedUs = io.int(this.startedUs)
    this.endsUs = io.int(this.endsUs)
    this.draws = io.int(this.draws)
    this.gap.archive(io)
    io.list(this.rebuilds)
    this.tables.archive(io)
    this.queries.archive(io)
  }

  protected override onCrash(): void {
    this.port?.hangUp()
  }

  protected override onRestart(): void {
    this.start()
    if (this.tables.building !== -1) this.buildLater()
  }

  protected override onSet(): void {
    this.work()
  }

  protected override onResume(): void {
    this.work()
  }

  protected override onSettings(): void {
    this.duration = new Sampler(this.settings.service)
  }

  /** The view that a table was begun for. */
  viewOf(table: number): ViewName {
    const row = this.rebuilds[table - 1]
    const rebuild = row === undefined ? undefined : this.sim.records.rowAt<Rebuild>(row)
    return (rebuild?.view as ViewName | undefined) ?? this.settings.view
  }

  private get store(): SubscriptionPort {
    return must(this.port, 'store of the projection')
  }

  private rowsOf(table: number, max: number): readonly Row[] {
    if (this.port === null) return []
    const { reads = 'old' } = this.settings
    return this.tables.rows(table, this.port, this.viewOf(table), reads, max)
  }

  /** The position in the store of what it counts as `position`. */
  private inStore(position: number): number {
    return this.store.source?.positionAt(position) ?? position
  }

  /** Events are in memory, up to `end`. */
  private know(message: number, end: number): void {
    const place = message === -1 ? this.known : this.placeOf(message)
    if (place > this.known) this.gap.put(this.known, place)
    this.cursor = this.gap.over(this.cursor)
    this.known = end
  }

  /** Where the next event that comes stands: of a stream whose beginning is gone, further on than it has asked. */
  private placeOf(message: number): number {
    const { source } = this.store
    if (source) return source.find(message, this.known)
    const next = this.messageAt(this.known)
    assert(message === next, `event ${message} came, ${next} is next at ${this.known}`)
    return this.known
  }

  /** A table is begun. In place all work starts over, and what was under way for the old one is void. */
  private begin(row: number): void {
    const { how, from = 0 } = this.sim.records.rowAt<Rebuild>(row)
    const inPlace = how === 'inPlace'
    this.rebuilds.push(row)
    this.tables.begin(inPlace, from)
    if (!inPlace) return
    this.tables.building = -1
    this.position = from
    this.cursor = from
    this.isWorking = false
    this.isSaving = false
    this.isStopped = false
    this.life++
  }

  /** One event of the batch is done with. */
  private passed(position: number): void {
    const { checkpoint = 'with' } = this.settings
    this.cursor = this.gap.over(position + 1)
    if (checkpoint === 'with') this.position = position + 1
    this.workLeft--
    if (this.workLeft > 0) return
    this.isWorking = false
    this.isSaving = checkpoint === 'after'
  }

  private work(): void {
    const { isWorking, isSaving, isStopped, isPaused, cursor, settings } = this
    if (isWorking || isSaving || isStopped || isPaused || cursor >= this.known) return
    if (this.sim.nowUs < this.waitsUntilUs) {
      this.sim.after(this.waitsUntilUs - this.sim.nowUs, this, TIMER.wait, this.life)
      return
    }
    const isInline = settings.mode === 'inline'
    const us = isInline ? 0 : this.slowedUs(this.duration.drawUs(this.random, this.draws))
    this.serviceUs.put(this.draws, us)
    this.sim.emit(this, CLIENT_FACTS.started, this.messageAt(cursor), cursor)
    if (isInline) this.finishWork()
    else if (this.isSaving) this.saveLater()
    else this.sim.after(us, this, TIMER.work, this.life)
  }

  private finishWork(): void {
    while (this.isWorking) if (!this.workIn(this.cursor)) return
    this.queries.answerDue()
    if (this.crashesAt('afterEffect')) return
    if (this.isSaving) this.saveLater()
    else this.goOn()
  }

  /** Works one event in, or says why not. Returns whether it goes on. */
  private workIn(position: number): boolean {
    const { serving } = this.tables
    const message = this.messageAt(position)
    const { idempotent, reads = 'old', onUnreadable = 'stop' } = this.settings
    const taken = read(this.store.log.event(this.inStore(position)), reads)
    if ('unreadable' in taken) {
      const isStop = onUnreadable === 'stop'
      const { stopped, leftOut } = PROJECTION_FACTS
      this.sim.emit(this, isStop ? stopped : leftOut, message, position)
      return !isStop
    }
    if (idempotent && position < this.tables.number(serving, 'end')) {
      this.sim.emit(this, PROJECTION_FACTS.skipped, message, position)
      return true
    }
    this.tables.prepare(serving, this.store.keysDeleted ?? 0)
    this.sim.emit(this, CLIENT_FACTS.processed, message, position)
    return true
  }

  private saveLater(): void {
    const us = usFromMs(this.settings.checkpointMs ?? CHECKPOINT_MS)
    this.sim.after(this.slowedUs(us), this, TIMER.save, this.life)
  }

  private save(): void {
    const before = this.isWorking
    const position = this.cursor + (before ? this.workLeft : 0)
    this.sim.emit(this, PROJECTION_FACTS.checkpointed, -1, position)
    if (!before) this.goOn()
    else if (!this.crashesAt('beforeEffect')) {
      this.sim.after(this.serviceUs.get(this.draws - 1), this, TIMER.work, this.life)
    }
  }

  private goOn(): void {
    this.work()
    const isIdle = !this.isWorking && this.cursor === this.known
    if (isIdle && !this.isLive && !this.isAsking) this.ask()
  }

  private ask(): void {
    this.sim.emit(this, PROJECTION_FACTS.asking, -1, this.known)
    this.store.next()
  }

  private buildLater(): void {
    const us = this.slowedUs(this.duration.drawUs(this.random, this.draws))
    this.sim.after(us, this, TIMER.build, this.life)
  }

  /** Puts the next events into the table that is being built, unless the one that is read has work to do. */
  private build(): void {
    const { tables } = this
    if (tables.building === -1) return
    for (let left = this.settings.batch ?? 1; left > 0 && !this.isWorking; left--) {
      const position = tables.number(tables.building, 'end')
      if (position >= this.cursor) {
        this.sim.emit(this, PROJECTION_FACTS.swapped, -1, tables.serving)
        return
      }
      tables.prepare(tables.building, this.store.keysDeleted ?? 0)
      this.sim.emit(this, PROJECTION_FACTS.rebuilt, this.messageAt(position), position)
    }
    this.buildLater()
  }
}
