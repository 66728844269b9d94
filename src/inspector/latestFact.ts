/** How far a life has got at the playhead. */
import type { FactLine } from '../session/session.ts'

/** Place of the last fact at or before the playhead, which stands after `factIndex` facts; -1 if none. */
export function latestAt(facts: readonly FactLine[], factIndex: number): number {
  let latest = -1
  for (const [place, fact] of facts.entries()) {
    if (fact.index < factIndex) latest = place
  }
  return latest
}
