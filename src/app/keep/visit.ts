/**
 * What a person set up around a run without changing it: what they ask, chart and have selected, and where they
 * stand. It is kept with this entry of the browser's history, so that it is there again after a reload and on the
 * way back, while whoever opens the same run anew finds it as it is.
 */
import type { SharedStage } from '../../scenario/share/moment.ts'
import type { SessionState } from '../../session/session.ts'

export type SetUp = Pick<SessionState, 'selection' | 'condition' | 'stopping' | 'watches'>

export interface Visit extends SetUp {
  /** The address under which it lay. */
  fragment: string
  timeUs: number
  /** Where it stands still: several facts may share a microsecond. */
  factIndex?: number
  playing: boolean
  stage: SharedStage | null
}

export function keepVisit(visit: Visit): void {
  if (location.hash !== visit.fragment) return
  if (history.state?.visit === undefined) {
    history.replaceState({ ...history.state, visit: Date.now().toString(36) }, '')
  }
  try {
    // The entry's own state is not written as a page goes away; this is.
    sessionStorage.setItem(keyOfEntry(), JSON.stringify(visit))
  } catch {
    // Without a storage a reload begins anew.
  }
}

/** What was kept for what lies under this address, or null. */
export function readVisit(fragment: string): Visit | null {
  if (history.state?.visit === undefined) return null
  try {
    const kept: Visit | null = JSON.parse(sessionStorage.getItem(keyOfEntry()) ?? 'null')
    return kept?.fragment === fragment ? kept : null
  } catch {
    return null
  }
}

function keyOfEntry(): string {
  return `eventarium:visit:${history.state.visit}`
}
