/** Which outcomes are broken promises, and when each is complete: what a timeline needs to mark them, without their words. */
import type { Outcome, OutcomeKind } from './outcome.ts'

/** Those that break a promise that a design relies on: they are marked on the timeline. */
export const VIOLATIONS: ReadonlySet<OutcomeKind> = new Set([
  'lost',
  'duplicated',
  'outOfOrder',
  'negativeBalance',
  'misfolded',
  'miscounted',
  'overPrefetch',
])

/** After how many facts it is complete. */
export function completedAt({ factIndexes }: Outcome): number {
  return (factIndexes.at(-1) ?? 0) + 1
}
