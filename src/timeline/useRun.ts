/** What the timeline needs to know of the run that is open: which one it is and where it ends. */

import { useSession } from '../session/react.tsx'
import type { Branch, SessionState } from '../session/session.ts'
import { US_PER_MS } from './timeText.ts'

export function endUsOf(state: SessionState): number {
  return Math.round(state.scenario.durationMs * US_PER_MS)
}

/** Where the track ends, even while the run is not computed that far. */
export function useEndUs(): number {
  return useSession(endUsOf)
}

/** The last moment that the playhead can reach: the end, or where the run stopped before it. */
export function lastUsOf(state: SessionState): number {
  const { stopped, computedUs } = state.progress
  return stopped === null ? endUsOf(state) : Math.min(computedUs, endUsOf(state))
}

/** The branch that is open: another object whenever its script, seed or name changes. */
export function useBranch(): Branch | undefined {
  return useSession(branchOf)
}

export function branchOf(state: SessionState): Branch | undefined {
  return state.branches.find((branch) => branch.id === state.branchId)
}
