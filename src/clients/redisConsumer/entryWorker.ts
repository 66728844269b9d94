/**
 * What the clients of Redis streams have in common: one loop that asks for entries, works on them one after the
 * other, and asks again. Consumers of a group and plain readers differ in what they ask for and in what they say
 * when an entry is done.
 */
import { usFromMs } from '../../base/time.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client, type Outlet } from '../client.ts'
import type { Poison } from '../poison.ts'
import { publishResult } from '../publish.ts'
import { Work } from '../work.ts'
import { Answers, type SentEntry } from './answers.ts'
import { REDIS_CLIENT_FACTS as FACTS } from './facts.ts'
import type { RedisConsumerSettings, RedisReaderSettings } from './settings.ts'

/** `refused`: its group was not there; `out`: it has not started yet. */
export const PHASES = [
  'idle',
  'reading',
  'history',
  'claiming',
  'working',
  'refused',
  'out',
] as const
export type Phase = (typeof PHASES)[number]
const TIMER = { work: 0, crash: 1, restart: 2, start: 3, retry: 4 } as const
/** How long it waits before it asks again for a group that is not there. */
const RETRY_US = 1_000_000

export abstract class EntryWorker<
  S extends RedisConsumerSettings | RedisReaderSettings,
> extends Client<S> {
  phase: Phase = 'idle'
  /** Raised as a connection ends, so that answers to the one before are ignored. */
  connection = 0
  /** The answer that it is at, and how many of its entries it has begun and is done with. */
  answer = -1
  taken = 0
  receivedCount = 0
  redeliveredCount = 0
  processedCount = 0
  failedCount = 0
  emptyCount = 0
  refusedCount = 0
  isWorking = false
  /** Raised as work begins and at a crash, so that timers of before are ignored. */
  turn = 0
  outlets: readonly Outlet[] = []
  poison: Poison | null = null
  readonly answers: Answers
  private readonly work: Work

  constructor(sim: Simulation, node: number, id: string, settings: S) {
    super(sim, node, settings)
    const { records } = sim
    this.answers = new Answers(records, node)
    this.work = new Work(sim, node, id)
    if (settings.startAtMs !== undefined) this.phase = 'out'
    this.onSettings()
  }

  /** Entries in its hands, the one that it works on included. */
  get inHand(): number {
    return this.answer === -1 ? 0 : this.answers.countOf(this.answer) - this.taken
  }

  /** Whether it waits for an answer. */
  get isAsking(): boolean {
    return this.phase === 'reading' || this.phase === 'history' || this.phase === 'claiming'
  }

  /** Its first life: it may begin late, and have an end. */
  open(): void {
    const { startAtMs, crashAtMs } = this.settings
    if (crashAtMs !== undefined) this.sim.after(usFromMs(crashAtMs), this, TIMER.crash)
    if (startAtMs === undefined) this.start()
    else this.sim.after(usFromMs(startAtMs), this, TIMER.start)
  }

  /** Whether the moment at which it starts is still to come. */
  private get isOut(): boolean {
    return this.phase === 'out' && this.sim.nowUs < usFromMs(this.settings.startAtMs ?? 0)
  }

  start(): void {
    if (!this.isCrashed) this.goOn()
  }

  /** Its link, or its server, works again: it is told that it has a new connection. */
  reconnect(): void {
    if (this.isCrashed || this.isOut) return
    this.hangUp(this.connection)
    this.sim.emit(this, FACTS.reconnected, -1, -1)
    if (!this.isWorking && !this.isPaused) this.goOn()
  }

  /** The server answers. Called where the server is; `receive` is called when the answer has come. */
  bookAnswer(connection: number, sent: readonly SentEntry[], next: number): number {
    const answer = this.answers.book(connection, sent, next)
    this.sim.emit(this, FACTS.answered, sent[0]?.message ?? -1, answer)
    return answer
  }

  receive(answer: number): void {
    const isOld = this.answers.connectionOf(answer) !== this.connection
    if (this.isCrashed || isOld || !this.isAsking) return
    const isEmpty = this.answers.countOf(answer) === 0
    const message = isEmpty ? -1 : this.answers.entryAt(answer, 0).message
    this.sim.emit(this, isEmpty ? FACTS.nothingCame : FACTS.batchTaken, message, answer)
    if (!this.isPaused) this.goOn()
  }

  /** The answer is NOGROUP: somebody may make the group yet. */
  refuse(connection: number): void {
    if (this.isCrashed || connection !== this.connection || !this.isAsking) return
    this.sim.emit(this, FACTS.refused, -1, -1)
    this.sim.after(RETRY_US, this, TIMER.retry, this.refusedCount)
  }

  due(kind: number, arg: number): void {
    if (kind === TIMER.work && !this.isCrashed && arg === this.turn - 1) this.finish(arg)
    else if (kind === TIMER.crash) this.crashAsPlanned()
    else if (kind === TIMER.restart) this.restart()
    else if (kind === TIMER.start && this.phase === 'out') this.start()
    else if (kind === TIMER.retry && arg === this.refusedCount && this.phase === 'refused') {
      this.start()
    }
  }

  private crashAsPlanned(): void {
    const { restartAfterMs } = this.settings
    this.crash()
    if (restartAfterMs !== undefined) this.sim.after(usFromMs(restartAfterMs), this, TIMER.restart)
  }

  /** The next entry in its hands, or the next thing to ask for. */
  protected goOn(): void {
    while (this.inHand > 0) {
      if (this.isPaused) return
      const entry = this.answers.entryAt(this.answer, this.taken)
      if (this.isForWork(entry)) {
        this.begin(entry)
        return
      }
    }
    if (!this.isPaused) this.ask()
  }

  /** Asks for what comes next. */
  protected abstract ask(): void
  /** Whether there is something to do about an entry; if not, a fact has said what became of it. */
  protected abstract isForWork(entry: SentEntry): boolean
  protected abstract began(entry: SentEntry): void
  protected abstract done(entry: SentEntry, failed: boolean): void
  /** One of its connections ends. */
  protected abstract hangUp(connection: number): void

  private begin(entry: SentEntry): void {
    const { sim, settings, turn, work } = this
    const us = this.slowedUs(work.drawUs(turn))
    const fails = work.failsByChance(settings.failureRate) || this.mustFail(entry.message)
    work.book(turn, us, fails)
    sim.emit(this, CLIENT_FACTS.started, entry.message, entry.position)
    this.began(entry)
    sim.after(us, this, TIMER.work, turn)
  }

  private mustFail(message: number): boolean {
    const { failOn } = this.settings
    const isMeant = failOn !== undefined && this.sim.records.body(message).includes(failOn)
    return isMeant || (this.poison?.has(message) ?? false)
  }

  private finish(turn: number): void {
    const { sim } = this
    const entry = this.answers.entryAt(this.answer, this.taken)
    const failed = this.work.failed(turn)
    if (this.crashesAt('beforeEffect')) return
    const isKnown = !failed && this.hadBefore(entry.message, entry.position)
    const kind = failed ? CLIENT_FACTS.failed : CLIENT_FACTS.processed
    sim.emit(this, kind, entry.message, entry.position)
    if (!failed && !isKnown && this.outlets.length > 0) {
      publishResult(this, this.outlets, entry.message, this.processedCount)
    }
    if (this.crashesAt('afterEffect')) return
    this.done(entry, failed)
    if (this.crashesAt('afterAck')) return
    this.goOn()
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    switch (kind) {
      case FACTS.readAsked:
        this.phase = 'reading'
        break
      case FACTS.historyAsked:
        this.phase = 'history'
        break
      case FACTS.claimAsked:
      case FACTS.entryClaimAsked:
        this.phase = 'claiming'
        break
      case FACTS.answered:
        this.answers.add(aux)
        break
      case FACTS.batchTaken:
        this.takeBatch(aux)
        break
      case FACTS.nothingCame:
        this.phase = 'idle'
        this.emptyCount++
        break
      case FACTS.refused:
        this.phase = 'refused'
        this.refusedCount++
        break
      case CLIENT_FACTS.started:
        this.phase = 'working'
        this.isWorking = true
        this.turn++
        break
      case CLIENT_FACTS.processed:
        this.endWork()
        this.processedCount++
        break
      case CLIENT_FACTS.failed:
        this.endWork()
        this.failedCount++
        break
      case FACTS.foundGone:
      case FACTS.gaveUp:
      case FACTS.forgotten:
        this.taken++
        break
      case CLIENT_FACTS.crashed:
        this.endConnection()
        this.isWorking = false
        this.turn++
        break
      case FACTS.reconnected:
        this.endConnection()
        break
    }
  }

  private takeBatch(answer: number): void {
    this.phase = 'idle'
    this.answer = answer
    this.taken = 0
    const count = this.answers.countOf(answer)
    this.receivedCount += count
    for (let i = 0; i < count; i++) {
      if (this.answers.entryAt(answer, i).deliveries > 1) this.redeliveredCount++
    }
  }

  private endWork(): void {
    this.taken++
    this.isWorking = false
    this.phase = 'idle'
  }

  private endConnection(): void {
    if (!this.isWorking || this.isCrashed) this.phase = 'idle'
    this.connection++
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.phase = PHASES[io.int(PHASES.indexOf(this.phase))] ?? 'idle'
    this.connection = io.int(this.connection)
    this.answer = io.int(this.answer)
    this.taken = io.int(this.taken)
    this.receivedCount = io.int(this.receivedCount)
    this.redeliveredCount = io.int(this.redeliveredCount)
    this.processedCount = io.int(this.processedCount)
    this.failedCount = io.int(this.failedCount)
    this.emptyCount = io.int(this.emptyCount)
    this.refusedCount = io.int(this.refusedCount)
    this.turn = io.int(this.turn)
    this.isWorking = io.flag(this.isWorking)
    this.answers.archive(io)
  }

  /** Calls `visit` for what it holds, the one in work first. */
  eachInHand(
    limit: number,
    visit: (entry: SentEntry, startUs: number, endUs: number) => void,
  ): void {
    const { inHand, turn } = this
    for (let i = 0; i < Math.min(inHand, limit); i++) {
      const working = i === 0 && this.isWorking
      visit(
        this.answers.entryAt(this.answer, this.taken + i),
        working ? this.work.startUs.get(turn - 1) : -1,
        working ? this.work.endUs.get(turn - 1) : -1,
      )
    }
  }

  /** What was in memory is gone. Of a group it stays pending under its name, and nobody is given it by itself. */
  protected override onCrash(): void {
    while (this.inHand > 0) {
      const { message, position } = this.answers.entryAt(this.answer, this.taken)
      this.sim.emit(this, FACTS.forgotten, message, position)
    }
    this.hangUp(this.connection - 1)
  }

  protected override onRestart(): void {
    this.start()
  }

  protected override onResume(): void {
    if (!this.isWorking && !this.isAsking && !this.isOut) this.goOn()
  }

  protected override onSettings(): void {
    this.work.takes(this.settings.service)
  }
}
