/**
 * Which outcomes are broken promises, when each is complete, and where on the timeline they lie: what is needed to mark
 * them, without their words. Of those that lie closer than can be told apart the first is kept, and all are counted.
 */
import type { Outcome, OutcomeKind } from './outcome.ts'

/** Those that break a promise that a design relies on: they are marked on the timeline. */
const VIOLATIONS: ReadonlySet<OutcomeKind> = new Set([
  'lost',
  'duplicated',
  'outOfOrder',
  'negativeBalance',
  'misfolded',
  'miscounted',
  'overPrefetch',
])

/** After how many facts it is complete. */
export function completedAt({ factIndexes }: Pick<Outcome, 'factIndexes'>): number {
  return (factIndexes.at(-1) ?? 0) + 1
}

/** A broken promise as a timeline marks it, and how many lie where it lies, itself included. */
export interface Violation extends Pick<Outcome, 'factIndexes' | 'timeUs' | 'sentence'> {
  message: number | undefined
  count: number
}

/** Slices of a run: finer than marks can stand on a wide screen. */
const SLICES = 512

/** Takes in outcomes as they are found. */
export class Violations {
  private readonly ofSlice = new Map<number, Violation>()
  private readonly endUs: number

  constructor(endUs: number) {
    this.endUs = Math.max(1, endUs)
  }

  add({ kind, factIndexes, timeUs, message, sentence }: Outcome): void {
    if (!VIOLATIONS.has(kind)) return
    const slice = Math.floor((timeUs / this.endUs) * SLICES)
    const known = this.ofSlice.get(slice)
    const count = (known?.count ?? 0) + 1
    if (known && known.timeUs <= timeUs) known.count = count
    else this.ofSlice.set(slice, { factIndexes, timeUs, message, sentence, count })
  }

  /** In the order of time. */
  list(): Violation[] {
    return [...this.ofSlice.values()].sort((a, b) => a.timeUs - b.timeUs)
  }
}
