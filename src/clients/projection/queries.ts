/**
 * What is asked of a read model by those who have just written: each query comes with the position at which
 * the reader's own events end (a version token), so that an answer can be told to be too old, or be held back.
 */
import type { Archive } from '../../engine/archive.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { PROJECTION_FACTS } from './facts.ts'
import type { Projection } from './projection.ts'

export class Queries {
  /** Answers that held what the reader had written, and those that did not yet. */
  fresh = 0
  stale = 0
  /** Queries that wait: the messages that they came with, and the positions that they need. */
  private readonly messages: number[] = []
  private readonly needs: number[] = []
  private readonly sim: Simulation
  private readonly projection: Projection
  private readonly listeners: ((message: number, lacks: number) => void)[] = []

  constructor(sim: Simulation, projection: Projection) {
    this.sim = sim
    this.projection = projection
  }

  get waiting(): number {
    return this.messages.length
  }

  /** Tells of each answer. */
  onAnswered(listener: (message: number, lacks: number) => void): void {
    this.listeners.push(listener)
  }

  /** Somebody asks who has written events up to the position `needs`. */
  ask(message: number, needs: number): void {
    if (this.projection.isCrashed) return
    this.sim.emit(this.projection, PROJECTION_FACTS.asked, message, needs)
    this.answerDue()
  }

  /** Answers what can be answered now. */
  answerDue(): void {
    const mayWait = this.projection.settings.answers === 'whenThere'
    for (let i = 0; i < this.messages.length; ) {
      const needed = this.projection.countBefore(this.needs[i] as number)
      const lacks = Math.max(0, needed - this.projection.cursor)
      if (mayWait && lacks > 0) i++
      else this.answer(this.messages[i] as number, lacks)
    }
  }

  apply(kind: number, message: number, aux: number): void {
    if (kind === PROJECTION_FACTS.asked) {
      this.messages.push(message)
      this.needs.push(aux)
    } else if (kind === PROJECTION_FACTS.answered) {
      const at = this.messages.indexOf(message)
      this.messages.splice(at, 1)
      this.needs.splice(at, 1)
      if (aux === 0) this.fresh++
      else this.stale++
    }
  }

  /** The process is gone, and with it what was asked. */
  forget(): void {
    this.messages.length = 0
    this.needs.length = 0
  }

  archive(io: Archive): void {
    this.fresh = io.int(this.fresh)
    this.stale = io.int(this.stale)
    io.list(this.messages)
    io.list(this.needs)
  }

  private answer(message: number, lacks: number): void {
    this.sim.emit(this.projection, PROJECTION_FACTS.answered, message, lacks)
    for (const listener of this.listeners) listener(message, lacks)
  }
}
