/**
 * The relays of a service: processes on its machine that publish what is in its outbox, or in the log of its
 * database, and mark it after that: at least once. More than one compete for the rows of an outbox. Without a claim
 * two take the same rows; a lock lasts as long as the connection of its relay (PostgreSQL docs, "SELECT", `FOR
 * UPDATE SKIP LOCKED`); a lease outlives a dead relay, and runs out under a slow one. A replication slot has one
 * reader at a time, and the others stand by (PostgreSQL docs, "Logical decoding", "Replication slots").
 */
import { must } from '../../base/assert.ts'
import { usFromMs } from '../../base/time.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, CRASH_POINTS, type CrashPoint } from '../client.ts'
import { CONFIRM_MS, Unconfirmed } from '../unconfirmed.ts'
import { type Competing, SERVICE_FACTS } from './facts.ts'
import type { Service } from './service.ts'

const POLL_MS = 500
const MARK_MS = 100
const BATCH = 10
const RESTART_MS = 1000
const LEASE_MS = 5000
/** Most relays of a service. */
export const RELAYS_MAX = 3

const PHASES = ['resting', 'publishing'] as const
export const RELAY_TIMER = { poll: 2, mark: 3, restart: 5, confirm: 6 } as const
const TIMERS: readonly number[] = Object.values(RELAY_TIMER)

/** One process. */
class Relay {
  phase: (typeof PHASES)[number] = 'resting'
  isDown = false
  /** Raised as it dies, so that its timers of before are ignored. */
  life = 0
  /** The rows that it marks next. */
  readonly held: number[] = []
  /** By row: what the broker has not confirmed. */
  readonly unconfirmed = new Unconfirmed()
  /** When its wait for confirms ends. */
  confirmUs = 0

  rest(): void {
    this.phase = 'resting'
    this.held.length = 0
    this.unconfirmed.clear()
    this.life++
  }
}

export class Relays {
  readonly all: readonly Relay[]
  /** Rows before it are published for certain. */
  marked = 0
  /** Rows behind it that are, too. */
  private readonly ahead: number[] = []
  /** Rows that a relay has claimed: which, by whom, and until when (-1: as long as it is connected). */
  private readonly claimed: number[] = []
  private readonly claimants: number[] = []
  private readonly untilUs: number[] = []
  /** In the middle of a batch: without latency a confirm comes before the next row is out. */
  private isPublishing = false
  private readonly sim: Simulation
  private readonly service: Service

  constructor(sim: Simulation, service: Service) {
    this.sim = sim
    this.service = service
    const { relays = 1 } = service.settings
    this.all = Array.from({ length: relays }, () => new Relay())
  }

  static isTimer(kind: number): boolean {
    return TIMERS.includes(kind)
  }

  /** Each begins to look for rows, one after the other. */
  start(): void {
    for (let number = 0; number < this.all.length; number++) this.startOne(number)
  }

  crash(number: number): void {
    if (this.service.isCrashed || !this.exists || this.all[number]?.isDown !== false) return
    if (this.isOne) this.sim.emit(this.service, SERVICE_FACTS.relayCrashed, -1, -1)
    else this.sim.emit(this.service, SERVICE_FACTS.competitorCrashed, -1, number)
  }

  restart(number: number): void {
    if (this.all[number]?.isDown !== true) return
    if (this.isOne) this.sim.emit(this.service, SERVICE_FACTS.relayRestarted, -1, -1)
    else this.sim.emit(this.service, SERVICE_FACTS.competitorRestarted, -1, number)
    this.poll(number)
  }

  due(kind: number, arg: number): void {
    const number = arg % RELAYS_MAX
    const relay = this.relay(number)
    if (arg !== this.lifeOf(number)) return
    if (kind === RELAY_TIMER.restart) this.restart(number)
    else if (this.service.isCrashed || relay.isDown) return
    else if (kind === RELAY_TIMER.poll) this.poll(number)
    else if (kind === RELAY_TIMER.confirm) this.publishAgain(number)
    else this.mark(number)
  }

  /** Change data capture hears of a row at once; an outbox is looked into now and then. */
  rowSaved(): void {
    if (this.service.settings.writes !== 'cdc') return
    const reader = this.reader()
    if (reader !== -1) this.take(reader)
  }

  /** The broker has what was published of a row. */
  receiveConfirm(message: number, pipe: number): void {
    const { service } = this
    const command = this.sim.records.messages.parent(message)
    for (const [number, { held, unconfirmed }] of this.all.entries()) {
      const row = held.find((each) => service.rowCommands.get(each) === command) ?? -1
      const each = row === -1 ? -1 : unconfirmed.find(row, pipe, service.outlets)
      if (each === -1) continue
      this.sim.emit(service, SERVICE_FACTS.confirmed, message, each)
      if (unconfirmed.isEmpty && !this.isPublishing) this.published(number)
    }
  }

  /** Others are told of a command: whoever holds its row waits for the confirm. Called while a fact is applied. */
  announced(command: number): void {
    if (!this.awaitsConfirms) return
    const { rowCommands, outlets } = this.service
    const ms = this.service.settings.confirmMs ?? CONFIRM_MS
    for (const relay of this.all) {
      const row = relay.held.find((each) => rowCommands.get(each) === command)
      if (row === undefined) continue
      relay.unconfirmed.wait(row, outlets)
      relay.confirmUs = this.sim.nowUs + this.ms(ms)
    }
  }

  get awaitsConfirms(): boolean {
    return this.exists && this.service.settings.confirms === true
  }

  /** Whether a row is published for certain. */
  isMarked(row: number): boolean {
    return row < this.marked || this.ahead.includes(row)
  }

  /** How many rows are published for certain. */
  get markedCount(): number {
    return this.marked + this.ahead.length
  }

  /** The rows that a relay has leased, and until when (-1: it has no lease). */
  leasesOf(number: number): { rows: number[]; untilUs: number } {
    const isMine = (at: number) => this.claimants[at] === number && this.isValid(at)
    const leases = [...this.claimed.keys()].filter((at) => isMine(at) && this.untilUs[at] !== -1)
    const untilUs = Math.max(-1, ...leases.map((at) => this.untilUs[at] as number))
    return { rows: leases.map((at) => this.claimed[at] as number), untilUs }
  }

  apply(kind: number, aux: number): void {
    const competing = () => this.sim.records.rowAt<Competing>(aux)
    switch (kind) {
      case SERVICE_FACTS.relaying:
        this.hold(0, range(this.marked, aux))
        break
      case SERVICE_FACTS.taken:
        this.claim(competing())
        this.hold(competing().relay, competing().rows)
        break
      case SERVICE_FACTS.confirmed:
        for (const { unconfirmed } of this.all) unconfirmed.end(aux)
        break
      case SERVICE_FACTS.marked:
        this.marked = aux
        this.ahead.length = 0
        this.letGo(0)
        break
      case SERVICE_FACTS.markedBy:
        this.putMarks(competing().rows)
        this.letGo(competing().relay)
        break
      case SERVICE_FACTS.relayCrashed:
        this.die(0)
        break
      case SERVICE_FACTS.competitorCrashed:
        this.die(aux)
        break
      case SERVICE_FACTS.relayRestarted:
        this.relay(0).isDown = false
        break
      case SERVICE_FACTS.competitorRestarted:
        this.relay(aux).isDown = false
        break
      case CLIENT_FACTS.crashed:
        for (let number = 0; number < this.all.length; number++) this.disconnect(number)
        break
      case CLIENT_FACTS.restarted:
        for (const relay of this.all) relay.isDown = false
        break
    }
  }

  archive(io: Archive): void {
    this.marked = io.int(this.marked)
    for (const relay of this.all) {
      relay.phase = PHASES[io.int(PHASES.indexOf(relay.phase))] ?? 'resting'
      relay.isDown = io.flag(relay.isDown)
      relay.life = io.int(relay.life)
      io.list(relay.held)
      relay.unconfirmed.archive(io)
      relay.confirmUs = io.int(relay.confirmUs)
    }
    for (const list of [this.ahead, this.claimed, this.claimants, this.untilUs]) io.list(list)
  }

  /** Whether something else than a command's own work publishes. */
  get exists(): boolean {
    const { writes } = this.service.settings
    return writes === 'outbox' || writes === 'cdc'
  }

  private get isOne(): boolean {
    return this.all.length === 1
  }

  private startOne(number: number): void {
    const { isDown } = this.relay(number)
    if (this.service.isCrashed || isDown) return
    if (number === 0) this.poll(0)
    else {
      const us = Math.round(
        (this.ms(this.service.settings.pollMs ?? POLL_MS) * number) / this.all.length,
      )
      this.sim.after(us, this.service, RELAY_TIMER.poll, this.lifeOf(number))
    }
  }

  private poll(number: number): void {
    const life = this.lifeOf(number)
    if (this.exists && (this.service.settings.writes === 'outbox' || this.reader() === number)) {
      this.take(number)
    }
    if (life !== this.lifeOf(number)) return
    const us = this.ms(this.service.settings.pollMs ?? POLL_MS)
    this.sim.after(us, this.service, RELAY_TIMER.poll, life)
  }

  /** It publishes what is not marked and free, in order, and then marks it. */
  private take(number: number): void {
    if (this.relay(number).phase !== 'resting') return
    const rows = this.freeRows(this.service.settings.batch ?? BATCH)
    const last = rows.at(-1)
    if (last === undefined) return
    if (this.isOne) this.sim.emit(this.service, SERVICE_FACTS.relaying, -1, last + 1)
    else this.tell(SERVICE_FACTS.taken, { relay: number, rows, ...this.claimNow() })
    if (this.crashesAt(number, 'beforePublish')) return
    this.isPublishing = true
    const isOut = this.publishRows(number, rows)
    this.isPublishing = false
    if (!isOut) return
    if (this.relay(number).unconfirmed.isEmpty) this.published(number)
    else this.awaitConfirms(number)
  }

  /** Publishes rows, unless it dies on the way. */
  private publishRows(number: number, rows: readonly number[]): boolean {
    const last = rows.at(-1)
    for (const row of rows) {
      this.service.announceRow(row)
      if (row !== last && this.crashesAt(number, 'midBatch')) return false
    }
    return true
  }

  /** What it has taken up is out, and the broker has it if that is waited for. */
  private published(number: number): void {
    if (this.crashesAt(number, 'beforeMark') || this.crashesNow(number)) return
    const us = this.ms(this.service.settings.markMs ?? MARK_MS)
    this.sim.after(us, this.service, RELAY_TIMER.mark, this.lifeOf(number))
  }

  private awaitConfirms(number: number): void {
    const us = this.ms(this.service.settings.confirmMs ?? CONFIRM_MS)
    this.sim.after(us, this.service, RELAY_TIMER.confirm, this.lifeOf(number))
  }

  private publishAgain(number: number): void {
    const { service } = this
    const { unconfirmed, confirmUs } = this.relay(number)
    const rows = unconfirmed.items()
    // The time of what it took up before: all of that was confirmed.
    if (rows.length === 0 || this.sim.nowUs < confirmUs) return
    this.isPublishing = true
    for (const row of rows) {
      this.sim.emit(service, SERVICE_FACTS.unconfirmed, service.rowCommands.get(row), row)
      service.announceRow(row)
    }
    this.isPublishing = false
    if (this.relay(number).unconfirmed.isEmpty) this.published(number)
    else this.awaitConfirms(number)
  }

  private mark(number: number): void {
    const { phase, held } = this.relay(number)
    if (phase !== 'publishing') return
    const end = must(held.at(-1), 'a row to mark') + 1
    if (this.isOne) this.sim.emit(this.service, SERVICE_FACTS.marked, -1, end)
    else this.tell(SERVICE_FACTS.markedBy, { relay: number, rows: [...held] })
    if (this.crashesAt(number, 'afterMark')) return
    if (this.service.settings.writes === 'cdc') this.take(number)
  }

  /** The rows that nobody has marked or claimed, oldest first. */
  private freeRows(max: number): number[] {
    const rows: number[] = []
    for (let row = this.marked; row < this.service.rows && rows.length < max; row++) {
      if (!this.isMarked(row) && !this.isClaimed(row)) rows.push(row)
    }
    return rows
  }

  /** Who reads the log of the database: the one that is at it, else the first that is up; -1 if none is. */
  private reader(): number {
    const busy = this.all.findIndex(({ phase, isDown }) => phase === 'publishing' && !isDown)
    return busy === -1 ? this.all.findIndex(({ isDown }) => !isDown) : busy
  }

  /** Until when the rows that are taken up now are claimed. */
  private claimNow(): { untilUs?: number } {
    const { claims = 'none', leaseMs = LEASE_MS, writes } = this.service.settings
    if (writes === 'cdc' || claims === 'none') return {}
    return { untilUs: claims === 'lock' ? -1 : this.sim.nowUs + usFromMs(leaseMs) }
  }

  private tell(kind: number, what: Competing): void {
    this.sim.emit(this.service, kind, -1, this.sim.records.row(what))
  }

  /** It got to a point: dies if one was made to, and says so. */
  private crashesAt(number: number, point: CrashPoint): boolean {
    const { crashPoint } = this.service
    if (crashPoint === 0 || CRASH_POINTS[crashPoint - 1] !== point) return false
    this.crash(number)
    return true
  }

  /** One was made to die now and then. What it has published comes again after a crash: deaths count, not rows. */
  private crashesNow(number: number): boolean {
    const { crashEvery = 0, restartAfterMs = RESTART_MS } = this.service.settings
    const deaths = this.all.reduce((sum, { life }) => sum + life, 0)
    if (crashEvery === 0 || this.service.announced < crashEvery * (deaths + 1)) return false
    this.crash(number)
    const us = this.ms(restartAfterMs)
    this.sim.after(us, this.service, RELAY_TIMER.restart, this.lifeOf(number))
    return true
  }

  private hold(number: number, rows: readonly number[]): void {
    const relay = this.relay(number)
    relay.phase = 'publishing'
    relay.held.length = 0
    relay.held.push(...rows)
  }

  private letGo(number: number): void {
    const relay = this.relay(number)
    relay.phase = 'resting'
    relay.held.length = 0
    relay.unconfirmed.clear()
    this.dropClaims((_by, row) => this.isMarked(row))
  }

  private claim({ relay, rows, untilUs }: Competing): void {
    if (untilUs === undefined) return
    for (const row of rows) {
      this.claimed.push(row)
      this.claimants.push(relay)
      this.untilUs.push(untilUs)
    }
  }

  private die(number: number): void {
    this.relay(number).isDown = true
    this.disconnect(number)
  }

  /** A lock goes with the connection; a lease stays until it runs out. */
  private disconnect(number: number): void {
    this.relay(number).rest()
    this.dropClaims((by, _row, untilUs) => by === number && untilUs === -1)
  }

  private dropClaims(isOver: (by: number, row: number, untilUs: number) => boolean): void {
    const { claimed, claimants, untilUs } = this
    let kept = 0
    for (let at = 0; at < claimed.length; at++) {
      const [row, by, until] = [
        claimed[at] as number,
        claimants[at] as number,
        untilUs[at] as number,
      ]
      if (isOver(by, row, until)) continue
      claimed[kept] = row
      claimants[kept] = by
      untilUs[kept] = until
      kept++
    }
    for (const list of [claimed, claimants, untilUs]) list.length = kept
  }

  private putMarks(rows: readonly number[]): void {
    for (const row of rows) if (!this.isMarked(row)) this.ahead.push(row)
    while (this.ahead.includes(this.marked)) {
      this.ahead.splice(this.ahead.indexOf(this.marked), 1)
      this.marked++
    }
  }

  private isClaimed(row: number): boolean {
    return this.claimed.some((each, at) => each === row && this.isValid(at))
  }

  private isValid(claim: number): boolean {
    const untilUs = this.untilUs[claim] as number
    return untilUs === -1 || untilUs > this.sim.nowUs
  }

  /** What its timers carry: its number and its life. */
  private lifeOf(number: number): number {
    return this.relay(number).life * RELAYS_MAX + number
  }

  private relay(number: number): Relay {
    return must(this.all[number], `relay ${number}`)
  }

  private ms(ms: number): number {
    return this.service.relayUs(usFromMs(ms))
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
}
