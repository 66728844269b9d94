/** What the timeline needs to know of the run that is open: which one it is and where it ends. */

import { useMemo } from 'react'
import { US_PER_MS } from '../base/time.ts'
import { useSession } from '../session/react.tsx'
import type { Branch, SessionState } from '../session/session.ts'

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

/** What the run is made from: another object whenever that changes, and the same one while it does not. */
export function useRun(): object {
  const scenario = useSession((state) => state.scenario)
  const script = useSession((state) => branchOf(state)?.script)
  const seed = useSession((state) => branchOf(state)?.seed)
  return useMemo(() => ({ scenario, script, seed }), [scenario, script, seed])
}

export function branchOf(state: SessionState): Branch | undefined {
  return state.branches.find((branch) => branch.id === state.branchId)
}
