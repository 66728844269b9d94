/** What a session's store holds at first and when something is opened, and what of it is undone and redone. */

import type { Scenario } from '../scenario/document.ts'
import type { Progress } from '../worker/protocol.ts'
import { firstBranch } from './branches.ts'
import type { Branch, Session, SessionOptions, SessionState } from './session.ts'

/** Of a run of which nothing is computed. */
export const NOTHING: Progress = { computedUs: 0, factCount: 0, done: false, stopped: null }

/** Before anything is asked of the run. */
export const NOTHING_ASKED = {
  condition: '',
  stopping: false,
  watches: [],
  why: null,
  path: [],
  pointedAt: [],
} satisfies Partial<SessionState>

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
    ...NOTHING_ASKED,
    undoes: null,
    redoes: null,
    broken: null,
  }
}

/** The same when a scenario is opened; the speed and what is drawn stay. */
export function openedState(
  scenario: Scenario,
  options: NonNullable<Parameters<Session['open']>[1]>,
): Partial<SessionState> {
  const branches = options.branches ?? [firstBranch(scenario)]
  return {
    scenario,
    exampleId: options.exampleId ?? null,
    branches,
    branchId: options.branchId ?? branches[0]?.id ?? 'main',
    selection: options.selection ?? null,
    ...NOTHING_ASKED,
    condition: options.condition ?? '',
    stopping: options.stopping ?? false,
    watches: options.watches ?? [],
    playing: options.playing ?? false,
    undoes: null,
    redoes: null,
    broken: null,
    progress: NOTHING,
    frame: null,
  }
}

/** What undo and redo go back and forth between. */
export type Document = Pick<
  SessionState,
  'scenario' | 'branches' | 'branchId' | 'condition' | 'stopping' | 'watches'
>

export function documentOf(state: SessionState): Document {
  const { scenario, branches, branchId, condition, stopping, watches } = state
  return { scenario, branches, branchId, condition, stopping, watches }
}

/** Whether what is selected is in the document. */
export function isSelectionThere({ selection, scenario }: SessionState): boolean {
  if (selection === null || selection.type === 'message') return true
  const parts = selection.type === 'node' ? scenario.nodes : scenario.links
  return parts.some(({ id }) => id === selection.id)
}
