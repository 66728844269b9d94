/** What a session's store holds before anything has happened. */
import type { Progress } from '../worker/protocol.ts'
import type { Branch, SessionOptions, SessionState } from './session.ts'

/** Of a run of which nothing is computed. */
export const NOTHING: Progress = { computedUs: 0, factCount: 0, done: false, stopped: null }

export function firstState({ scenario, exampleId }: SessionOptions, main: Branch): SessionState {
  return {
    scenario,
    exampleId: exampleId ?? null,
    branches: [main],
    branchId: main.id,
    progress: NOTHING,
    playing: false,
    speed: 1,
    timeUs: 0,
    factIndex: 0,
    frame: null,
    looks: new Map(),
    selection: null,
    condition: '',
    stopping: false,
    undoes: null,
    redoes: null,
    broken: null,
  }
}
