/**
 * A polling consumer: one loop that receives up to ten messages, works on them one after the other, deletes
 * each, and receives again. Nothing tells it that a message it still works on became visible to others:
 * only its own clock could.
 */
import type { IntColumn } from '../../base/column.ts'
import { usFromMs } from '../../base/time.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client, type Outlet } from '../client.ts'
import { CONSUMER_FACTS } from '../consumer/facts.ts'
import type { Poison } from '../poison.ts'
import { publishResult } from '../publish.ts'
import { Work } from '../work.ts'
import { POLLING_CONSUMER_FACTS } from './facts.ts'
import { DEFAULT_PAUSE_MS, type PollingConsumerSettings } from './settings.ts'

/** The way to its queue. */
export interface PollPort {
  /** The message of a receipt, how often it has come by then, and how long it is hidden unless it says so. */
  messageOf(receipt: number): number
  countOf(receipt: number): number
  readonly hiddenUs: number
  /** Its messages come without being asked for. */
  readonly isPushed?: boolean
  receive(): void
  delete(message: number, receipt: number): void
  changeVisibility(message: number, receipt: number, us: number): void
  /** The process is gone: what is under way to it is lost. */
  hangUp(): void
}

const PHASES = ['idle', 'polling', 'working'] as const
const TIMER = { poll: 0, work: 1, extend: 2 } as const

export class PollingConsumer extends Client<PollingConsumerSettings> {
  phase: (typeof PHASES)[number] = 'idle'
  /** Messages that ever came, and how many of them are begun and done with. */
  received = 0
  taken = 0
  processedCount = 0
  failedCount = 0
  emptyCount = 0
  /** It works on a message at this moment. */
  isWorking = false
  /** Raised as work begins and at a crash, so that timers of before are ignored. */
  turn = 0
  /** Raised with each poll, so that a timer of the one before is ignored. */
  private polls = 0
  port: PollPort | null = null
  outlets: readonly Outlet[] = []
  /** Messages that it cannot process, if there can be any. */
  poison: Poison | null = null
  readonly messages: IntColumn
  private readonly receipts: IntColumn
  private readonly work: Work

  constructor(sim: Simulation, node: number, id: string, settings: PollingConsumerSettings) {
    super(sim, node, settings)
    const { records } = sim
    this.messages = records.ints(node, 'inbox')
    this.receipts = records.ints(node, 'inboxReceipt')
    this.work = new Work(sim, node, id)
    this.onSettings()
  }

  /** Messages in its hands, the one that it works on included. */
  get inHand(): number {
    return this.received - this.taken
  }

  start(): void {
    if (!this.isCrashed && this.port !== null) this.poll()
  }

  /** The link works again: a request that may be lost is sent once more. */
  reconnected(): void {
    if (!this.isCrashed && this.phase === 'polling') this.poll()
  }

  /** The answer to a receive: `count` messages with receipts from `first` on. */
  answer(message: number, count: number, first: number): void {
    if (this.isCrashed || this.phase !== 'polling' || this.port === null) return
    if (count === 0) {
      this.sim.emit(this, POLLING_CONSUMER_FACTS.nothingCame, -1, -1)
      const us = Math.max(1, usFromMs(this.settings.pauseMs ?? DEFAULT_PAUSE_MS))
      this.sim.after(us, this, TIMER.poll, this.polls)
      return
    }
    for (let i = 0; i < count; i++) {
      this.messages.put(this.received + i, this.port.messageOf(first + i))
      this.receipts.put(this.received + i, first + i)
    }
    this.sim.emit(this, POLLING_CONSUMER_FACTS.batchTaken, message, count)
    this.begin()
  }

  /** A message that it did not ask for: its queue pushes. */
  push(message: number, receipt: number): void {
    this.messages.put(this.received, message)
    this.receipts.put(this.received, receipt)
    this.sim.emit(this, POLLING_CONSUMER_FACTS.batchTaken, message, 1)
    if (!this.isWorking) this.begin()
  }

  due(kind: number, arg: number): void {
    if (this.isCrashed) return
    if (kind === TIMER.poll && arg === this.polls && this.phase === 'idle') this.poll()
    else if (kind === TIMER.work && arg === this.turn - 1) this.finish(arg)
    else if (kind === TIMER.extend && arg === this.turn - 1) this.extend(arg)
  }

  private poll(): void {
    if (this.isPaused || this.port?.isPushed) return
    this.sim.emit(this, POLLING_CONSUMER_FACTS.asked, -1, -1)
    this.port?.receive()
  }

  private begin(): void {
    if (this.isPaused) return
    const { sim, settings, turn, taken, work } = this
    const message = this.messages.get(taken)
    const us = this.slowedUs(work.drawUs(turn))
    const fails = work.failsByChance(settings.failureRate) || (this.poison?.has(message) ?? false)
    work.book(turn, us, fails)
    sim.emit(this, CLIENT_FACTS.started, message, taken)
    if (settings.deleteWhen === 'before') this.port?.delete(message, this.receipts.get(taken))
    sim.after(us, this, TIMER.work, turn)
    this.extendLater(turn)
  }

  private finish(turn: number): void {
    const { sim, settings, taken } = this
    const [message, receipt] = [this.messages.get(taken), this.receipts.get(taken)]
    const failed = this.work.failed(turn)
    if (this.crashesAt('beforeEffect')) return
    const isKnown = !failed && this.hadBefore(message, taken)
    sim.emit(this, failed ? CLIENT_FACTS.failed : CLIENT_FACTS.processed, message, taken)
    if (!failed && !isKnown && this.outlets.length > 0) {
      publishResult(this, this.outlets, message, this.processedCount)
    }
    if (this.crashesAt('afterEffect')) return
    if (settings.deleteWhen === 'after') {
      if (!failed) this.port?.delete(message, receipt)
      else if (settings.onFailure === 'release') this.port?.changeVisibility(message, receipt, 0)
    }
    if (this.crashesAt('afterAck')) return
    this.goOn()
  }

  private goOn(): void {
    if (this.inHand > 0) this.begin()
    else this.poll()
  }

  private extendLater(turn: number): void {
    const { extendEveryMs } = this.settings
    if (extendEveryMs !== undefined) {
      this.sim.after(usFromMs(extendEveryMs), this, TIMER.extend, turn)
    }
  }

  /** A sign of life for all that it holds and has not deleted. */
  private extend(turn: number): void {
    const from = this.settings.deleteWhen === 'before' ? this.taken + 1 : this.taken
    for (let at = from; at < this.received; at++) {
      const receipt = this.receipts.get(at)
      this.port?.changeVisibility(this.messages.get(at), receipt, this.visibilityUs)
    }
    this.extendLater(turn)
  }

  private get visibilityUs(): number {
    const { visibilityTimeoutMs } = this.settings
    if (visibilityTimeoutMs !== undefined) return usFromMs(visibilityTimeoutMs)
    return this.port?.hiddenUs ?? 30_000_000
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    switch (kind) {
      case POLLING_CONSUMER_FACTS.asked:
        this.phase = 'polling'
        this.polls++
        break
      case POLLING_CONSUMER_FACTS.batchTaken:
        this.received += aux
        break
      case POLLING_CONSUMER_FACTS.nothingCame:
        this.phase = 'idle'
        this.emptyCount++
        break
      case CLIENT_FACTS.started:
        this.phase = 'working'
        this.isWorking = true
        this.turn++
        break
      case CLIENT_FACTS.processed:
        this.taken++
        this.processedCount++
        this.isWorking = false
        break
      case CLIENT_FACTS.failed:
        this.taken++
        this.failedCount++
        this.isWorking = false
        break
      case CLIENT_FACTS.crashed:
        this.phase = 'idle'
        this.isWorking = false
        this.turn++
        break
      case CONSUMER_FACTS.forgotten:
        this.taken++
        break
    }
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.phase = PHASES[io.int(PHASES.indexOf(this.phase))] ?? 'idle'
    this.received = io.int(this.received)
    this.taken = io.int(this.taken)
    this.processedCount = io.int(this.processedCount)
    this.failedCount = io.int(this.failedCount)
    this.emptyCount = io.int(this.emptyCount)
    this.turn = io.int(this.turn)
    this.isWorking = io.flag(this.isWorking)
    this.polls = io.int(this.polls)
  }

  /** Calls `visit` for what it holds, the one in work first. */
  eachInHand(
    limit: number,
    visit: (message: number, receipt: number, startUs: number, endUs: number) => void,
  ): void {
    const end = Math.min(this.received, this.taken + limit)
    for (let at = this.taken; at < end; at++) {
      const working = at === this.taken && this.isWorking
      const turn = this.turn - 1
      visit(
        this.messages.get(at),
        this.receipts.get(at),
        working ? this.work.startUs.get(turn) : -1,
        working ? this.work.endUs.get(turn) : -1,
      )
    }
  }

  /** What was in memory is gone; the queue gives it to others when its visibility timeout is over. */
  protected override onCrash(): void {
    while (this.inHand > 0) {
      const { taken } = this
      this.sim.emit(this, CONSUMER_FACTS.forgotten, this.messages.get(taken), taken)
    }
    this.port?.hangUp()
  }

  protected override onRestart(): void {
    this.start()
  }

  protected override onResume(): void {
    const waits = this.phase === 'polling' && this.inHand === 0
    if (!this.isWorking && !waits) this.goOn()
  }

  protected override onSettings(): void {
    this.work.takes(this.settings.service)
  }
}
