/**
 * Stops playing at the first fact that makes a condition true. The engine is asked beforehand when that will be;
 * until its answer is there, and where the run is not computed yet, the playhead waits: it never passes a moment
 * at which it should have stopped.
 */
import type { ReachedMoment } from '../history/answers.ts'

export interface NextTrue {
  at: ReachedMoment | null
  /** Up to here it is known. */
  seenUs: number
  /** Nothing more will come. */
  over: boolean
}

type Ask = (text: string, from: number) => Promise<NextTrue>

export class Stopper {
  private text: string | null = null
  private known: NextTrue | null = null
  private asking = false
  /** Raised whenever what was asked is no longer what matters. */
  private turn = 0
  private readonly ask: Ask
  private readonly wake: () => void

  constructor(ask: Ask, wake: () => void) {
    this.ask = ask
    this.wake = wake
  }

  /** The condition that stops; null: none does. */
  set(text: string | null): void {
    this.text = text
    this.forget()
  }

  /** The playhead was moved or the run is another one. */
  forget(): void {
    this.turn++
    this.known = null
    this.asking = false
  }

  /** Whether it is known how far playing may go. */
  get isKnown(): boolean {
    return this.text === null || this.known !== null
  }

  /** How far playing may go from a moment before it is asked again. */
  limitUs(fromUs: number): number {
    if (this.text === null || this.known === null) return Number.POSITIVE_INFINITY
    if (this.known.at) return this.known.at.timeUs
    // More may come at the very microsecond that is known last.
    return this.known.over ? Number.POSITIVE_INFINITY : Math.max(fromUs, this.known.seenUs - 1)
  }

  /** Where playing has to stop once it is `timeUs`, or null. */
  stopAt(timeUs: number): ReachedMoment | null {
    const at = this.text === null ? null : (this.known?.at ?? null)
    return at !== null && timeUs >= at.timeUs ? at : null
  }

  /** Asks about what comes after a moment, if that has to be asked to get beyond `timeUs`. */
  prepare(factIndex: number, timeUs: number): void {
    const { text, known } = this
    if (text === null || this.asking) return
    if (known !== null && (known.at !== null || known.over || timeUs < known.seenUs - 1)) return
    this.asking = true
    const turn = this.turn
    this.ask(text, factIndex).then(
      (answer) => {
        if (turn !== this.turn) return
        this.asking = false
        this.known = answer
        this.wake()
      },
      // What can no longer be read (its node is gone) stops nothing.
      () => turn === this.turn && this.set(null),
    )
  }
}
