/**
 * What all clients have in common: they crash and restart, work slower or faster, change their
 * settings, and leave effects. Each kind (a folder beside this file) adds its own facts and rules.
 */
import type { TimeColumn } from '../base/column.ts'
import type { Archive } from '../engine/archive.ts'
import type { Part, Simulation } from '../engine/simulation.ts'
import { Inbox } from './inbox.ts'

/** Facts common to all clients. Kinds from 130 on belong to clients, see each folder's `facts.ts`. */
export const CLIENT_FACTS = {
  /** The process died: what it held in memory is gone. */
  crashed: 130,
  /** It runs again, with nothing in memory. */
  restarted: 131,
  /** A setting changed; aux = row `{ name, value }`. */
  settingChanged: 132,
  /** Work takes aux / 1000 times as long from now on. */
  slowed: 133,
  /** Work on a message began; aux = kind-specific (delivery tag, offset …). */
  started: 134,
  /** The handler finished: its effect happened; aux as in `started`. */
  processed: 135,
  /** The handler threw: no effect; aux as in `started`. */
  failed: 136,
  /** A message was made and sent on its way; aux = part of the link's pipe, -1 if it has no link. */
  published: 137,
  /** A message came in and waits in the client's buffer; aux as in `started`. */
  received: 138,
  /** It takes nothing up any more, and makes nothing; what it is at goes on. */
  paused: 570,
  resumed: 571,
  /** It will crash the next time that it gets to a point; aux = point (`CRASH_POINTS`). */
  crashArmed: 572,
  /** Its inbox has the message already: what follows has no effect; message, aux as in `started`. */
  deduplicated: 583,
} as const

/**
 * Where a client can be made to crash: as its work ends, before its effect, after it, or after the acknowledgement.
 * A relay: when it has read a batch and published nothing of it, a part, or all, and when it has marked that.
 */
export const CRASH_POINTS = [
  'beforeEffect',
  'afterEffect',
  'afterAck',
  'beforeMark',
  'beforePublish',
  'midBatch',
  'afterMark',
] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

/** Where a client's messages go. Made by the wiring of the scenario, one for each link out. */
export interface Outlet {
  /** Part number of the pipe, for `published`. */
  readonly pipe: number
  /** Whether the broker there says what it has: then who waits for that is told. */
  readonly confirms?: boolean
  /** `terms` is what it asks of the broker (`TERMS`), by a client whose broker knows such a thing. */
  send(message: number, terms?: number): void
}

/** Confirm the message; give it back if no queue takes it. */
export const TERMS = { confirm: 1, mandatory: 2 } as const

/** What can be done to any client while it runs. */
export interface Controls {
  crash(): void
  restart(): void
  set(name: string, value: unknown): void
  slow(factor: number): void
  pause(): void
  resume(): void
  armCrash(point: CrashPoint): void
}

/** The effects of a client, append-only: message and time of each. */
export class Ledger {
  count = 0
  /** Two words an effect: message, time. */
  private readonly log: TimeColumn
  private readonly sim: Simulation

  constructor(sim: Simulation, node: number) {
    this.sim = sim
    this.log = sim.records.times(node, 'effects', 2)
  }

  /** An effect happened. Called while a fact is applied. */
  add(message: number): void {
    this.log.putPair(this.count * 2, message, this.sim.nowUs)
    this.count++
  }

  messageAt(index: number): number {
    return this.log.get(index * 2)
  }
  usAt(index: number): number {
    return this.log.get(index * 2 + 1)
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
  }
}

/** Whoever consumes may have an inbox. */
export interface InboxSettings {
  /** How many messages its inbox remembers, so that a duplicate has no effect; 0 or not given: none. */
  inbox?: number
}

/**
 * Base of all clients. A kind extends `apply` and `archive`, handing on what is not its own, and overrides
 * `onCrash`, `onRestart` and `onSet` to decide what follows.
 */
export abstract class Client<Settings extends object> implements Part, Controls {
  isCrashed = false
  isPaused = false
  /** One more than the place of the point in `CRASH_POINTS` at which it crashes next; 0 = none. */
  crashPoint = 0
  /** Work takes this many thousandths of its time. */
  slowMille = 1000
  /** Rows of the settings changed so far, oldest first. */
  readonly changedRows: number[] = []
  /** Present settings: the document's with the changes on top. */
  settings: Settings
  /** Effects: what came of what it processed. */
  readonly ledger: Ledger
  /** What it remembers of the messages whose effects it has had. */
  readonly inbox: Inbox
  /** Who writes to the same database, and so looks into the same inbox; itself need not be among them. */
  inboxMates: readonly Client<object>[] = []
  /** Raised at a crash, so that timers of the life before are ignored. */
  life = 0
  readonly sim: Simulation
  readonly node: number
  private readonly original: Settings

  constructor(sim: Simulation, node: number, settings: Settings) {
    this.sim = sim
    this.node = node
    this.original = settings
    this.settings = settings
    this.ledger = new Ledger(sim, node)
    this.inbox = new Inbox(sim.records.messages, windowOf(settings))
    sim.enlist(this)
  }

  crash(): void {
    if (this.isCrashed) return
    this.sim.emit(this, CLIENT_FACTS.crashed, -1, -1)
    this.onCrash()
  }

  restart(): void {
    if (!this.isCrashed) return
    this.sim.emit(this, CLIENT_FACTS.restarted, -1, -1)
    this.onRestart()
  }

  set(name: string, value: unknown): void {
    this.sim.emit(this, CLIENT_FACTS.settingChanged, -1, this.sim.records.row({ name, value }))
    this.onSet(name)
  }

  slow(factor: number): void {
    this.sim.emit(this, CLIENT_FACTS.slowed, -1, Math.round(factor * 1000))
  }

  pause(): void {
    if (!this.isPaused) this.sim.emit(this, CLIENT_FACTS.paused, -1, -1)
  }

  resume(): void {
    if (!this.isPaused) return
    this.sim.emit(this, CLIENT_FACTS.resumed, -1, -1)
    if (!this.isCrashed) this.onResume()
  }

  armCrash(point: CrashPoint): void {
    this.sim.emit(this, CLIENT_FACTS.crashArmed, -1, CRASH_POINTS.indexOf(point) + 1)
  }

  /** What it gets to read of a message. */
  contentOf(message: number): string {
    return this.sim.records.body(message)
  }

  /** It got to a point: crashes if it was made to, and says so. */
  protected crashesAt(point: CrashPoint): boolean {
    if (this.crashPoint === 0 || CRASH_POINTS[this.crashPoint - 1] !== point) return false
    this.crash()
    return true
  }

  /**
   * Whether it, or who shares its inbox, has had the effect of a message: then what follows has none. Asked
   * before the fact that the work is done.
   */
  protected hadBefore(message: number, aux: number): boolean {
    if (this.inbox.window === 0) return false
    const isKnown =
      this.inbox.has(message) || this.inboxMates.some(({ inbox }) => inbox.has(message))
    if (isKnown) this.sim.emit(this, CLIENT_FACTS.deduplicated, message, aux)
    return isKnown
  }

  /** It is done with a message: an effect, unless that was there before. Called while a fact is applied. */
  protected takeEffect(message: number): void {
    if (this.inbox.take(message)) this.ledger.add(message)
  }

  /** A duration under the present slowness. */
  protected slowedUs(us: number): number {
    return this.slowMille === 1000 ? us : Math.round((us * this.slowMille) / 1000)
  }

  /** What follows a crash, a restart, a changed setting. Decides; never changes state itself. */
  protected onCrash(): void {}
  protected onRestart(): void {}
  protected onSet(_name: string): void {}
  protected onResume(): void {}

  /** The settings are others now: a kind derives from them what it needs often. */
  protected onSettings(): void {}

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case CLIENT_FACTS.crashed:
        this.isCrashed = true
        this.crashPoint = 0
        this.life++
        break
      case CLIENT_FACTS.restarted:
        this.isCrashed = false
        break
      case CLIENT_FACTS.settingChanged:
        this.changedRows.push(aux)
        this.readSettings()
        break
      case CLIENT_FACTS.slowed:
        this.slowMille = aux
        break
      case CLIENT_FACTS.processed:
        this.takeEffect(message)
        break
      case CLIENT_FACTS.deduplicated:
        this.inbox.pass()
        break
      case CLIENT_FACTS.paused:
        this.isPaused = true
        break
      case CLIENT_FACTS.resumed:
        this.isPaused = false
        break
      case CLIENT_FACTS.crashArmed:
        this.crashPoint = aux
        break
    }
  }

  archive(io: Archive): void {
    this.isCrashed = io.flag(this.isCrashed)
    this.isPaused = io.flag(this.isPaused)
    this.crashPoint = io.int(this.crashPoint)
    this.slowMille = io.int(this.slowMille)
    this.ledger.archive(io)
    this.inbox.archive(io)
    this.life = io.int(this.life)
    const before = this.changedRows.length
    io.list(this.changedRows)
    // Mostly nothing was ever changed: then there is nothing to read anew at each seek.
    if (io.loading && before + this.changedRows.length > 0) this.readSettings()
  }

  /** Name and value of each setting that differs from the document by an action. */
  changed(): Record<string, unknown> {
    const changed: Record<string, unknown> = {}
    for (const row of this.changedRows) {
      const { name, value } = this.sim.records.rowAt<{ name: string; value: unknown }>(row)
      changed[name] = value
    }
    return changed
  }

  private readSettings(): void {
    this.settings = { ...this.original, ...this.changed() }
    this.inbox.window = windowOf(this.settings)
    this.onSettings()
  }
}

function windowOf({ inbox = 0 }: InboxSettings): number {
  return inbox
}
