/**
 * The contract of the session: the one meeting point of all rooms. `useSession` (`react.tsx`) is a
 * zustand store of `SessionState`; `session` is the object with the verbs below. Nothing here changes
 * on every frame: the playhead of the moment is `session.playhead()`, outside React.
 */
import type { WhySubject } from '../history/answers.ts'
import type { Frame, MessageLook } from '../history/frame.ts'
import type { Action, ActionBody, Scenario } from '../scenario/document.ts'
import type { applyEdit, Edit } from '../scenario/edit.ts'
import type {
  Geometry,
  Look,
  Moment,
  Progress,
  QuestionName,
  Questions,
  View,
} from '../worker/protocol.ts'
import type { OtherAnswerer } from './otherConditions.ts'
import type { PathMark } from './why.ts'

export type { WhyStep, WhySubject } from '../history/answers.ts'

/** The types of questions and answers, for the rooms that meet here. */
export type {
  Density,
  FactFilter,
  FactLine,
  Geometry,
  Look,
  Moment,
  Progress,
  QuestionName,
  Questions,
  Series,
  View,
} from '../worker/protocol.ts'

/** A history that shares a prefix with its parent: what was done there instead. */
export interface Branch {
  id: string
  name: string
  parent: string | null
  /** Where it left its parent; 0 for the first. */
  forkUs: number
  /** The seed of the run: the scenario's, unless re-run with another. */
  seed: number
  /** The whole script, shared prefix included. */
  script: Action[]
}

export type Selection =
  | { type: 'node'; id: string }
  | { type: 'link'; id: string }
  | { type: 'message'; id: number }
  | null

export interface SessionState {
  scenario: Scenario
  /** Id of the example that it began as, or null. */
  exampleId: string | null
  branches: Branch[]
  branchId: string
  progress: Progress
  playing: boolean
  /** Simulated seconds a second of the wall clock: 0.1 to 1000. */
  speed: number
  /** The playhead as text fields, panels and screen readers see it: at most four times a second while playing, at once on pause and seek. */
  timeUs: number
  factIndex: number
  frame: Frame | null
  looks: Map<number, MessageLook>
  selection: Selection
  /** What is asked of the history: a condition (docs/conditions.md), marked on the timeline; '' if nothing is. */
  condition: string
  /** Playing pauses at the first fact that makes the condition true. */
  stopping: boolean
  /** What undo takes back and redo does again, in words (`crash worker-1`); null where there is nothing. */
  undoes: string | null
  redoes: string | null
  /** Numbers that are charted under the timeline: expressions of the same language. */
  watches: string[]
  /** What is asked why, and the places on the way there, marked on the canvas. */
  why: WhySubject | null
  path: PathMark[]
  /** Facts that a finding points at, lit in the log. */
  pointedAt: readonly number[]
  /** Our own fault, shown with a link that replays it. */
  broken: string | null
}

/** What a session begins with. */
export interface SessionOptions {
  scenario: Scenario
  exampleId?: string | null
  /** Start again from the beginning when the end is reached. */
  loop?: boolean
  branch?: Branch
  /** Who does what is done here: for a session that only shows one of the branches of another. */
  act?: (body: ActionBody) => void
  /** How the drawing is changed (`scenario/edit.ts`); what is only watched does without, and loads less. */
  applyEdit?: typeof applyEdit
}

/** Asks when a condition (docs/conditions.md) is true. */
export interface Conditions {
  /** One that cannot be read is kept, and nothing is marked; '' asks nothing. */
  ask(text: string): void
  stopWhenTrue(stopping: boolean): void
  /** Charts a number under the timeline, or no longer. */
  watch(text: string): void
  unwatch(text: string): void
  /** Its chart and the one above it change places. */
  watchEarlier(text: string): void
  /** Goes where the condition became true, and pauses; says whether there is such a moment. */
  goTo(which: 'first' | 'previous' | 'next' | 'last'): Promise<boolean>
  /** Answers conditions that are not for the engine from now on (`otherConditions.ts`). */
  answerWith(answerer: OtherAnswerer): void
}

/** What the session can do. All of it is safe to call at any time. */
export interface Session {
  /** Opens a scenario with its branches and playhead; what was open before is given up (the caller keeps it if it should be kept). */
  open(
    scenario: Scenario,
    options?: {
      exampleId?: string | null
      branches?: Branch[]
      branchId?: string
      timeUs?: number
      factIndex?: number
      selection?: Selection
      condition?: string
      stopping?: boolean
      watches?: string[]
      playing?: boolean
    },
  ): void
  play(): void
  pause(): void
  toggle(): void
  setSpeed(speed: number): void
  /** Moves the playhead; the canvas follows in the same frame. Pauses nothing. */
  seek(moment: Moment): void
  /** One fact forward (1) or back (-1), or more; pauses. */
  step(facts: number): Promise<void>
  /**
   * Does something at the playhead: a new branch where it differs from what was done after this moment. In a
   * branch other than the present one it is done unseen. Returns the id of the branch in which it was done.
   */
  act(body: ActionBody, branchId?: string): string
  switchBranch(id: string): void
  renameBranch(id: string, name: string): void
  deleteBranch(id: string): void
  /** The same script with another seed, as a new branch. */
  rerunBranch(id: string): void
  /** What ran before the last change, if no branch runs it any more: the drawing was another, or something was done since. */
  earlier(): { scenario: Scenario; branch: Branch } | null
  /** Changes the document (undoable); the run is computed anew, the playhead stays. */
  edit(edit: Edit): void
  /** Several changes at once, under one name, that are undone and redone together. */
  inOneStep(does: string, change: () => void): void
  undo(): void
  redo(): void
  select(selection: Selection): void
  /** What is asked of the whole run. */
  readonly conditions: Conditions
  /** Asks the engine. */
  ask<N extends QuestionName>(name: N, ask: Questions[N]['ask']): Promise<Questions[N]['answer']>
  /** The playhead now, to the microsecond, for animation-frame readers. */
  playhead(): { timeUs: number; factIndex: number }
  /** Calls back after each animation frame in which the playhead moved; returns how to stop. */
  onTick(listener: (timeUs: number, factIndex: number) => void): () => void
  /** The message layer: give it the canvas element once, then geometry and view whenever they change. */
  attachCanvas(canvas: HTMLCanvasElement): () => void
  /** The same for the lanes; they are painted by asking for them (`lanes`). Each element once. */
  attachLanes(canvas: HTMLCanvasElement): () => void
  setGeometry(geometry: Geometry): void
  setView(view: View): void
  /** How the layer is drawn: palette, reduced motion, large type. Selection is added by the session. */
  setLook(look: Omit<Look, 'selectedNode' | 'selectedMessage'>): void
  /** Calls back with the view under which the canvas was last drawn; returns how to stop. */
  onView(listener: (view: View) => void): () => void
}
