/** Answers to questions about a run, as plain data that can be posted between threads. */
import type { Outcome, OutcomeKind } from './outcomes/outcome.ts'

/** How far the run is. */
export interface Progress {
  /** The run is computed up to this moment. */
  computedUs: number
  factCount: number
  /** Nothing more will come: the end is reached, or `stopped` says why it stopped before. */
  done: boolean
  stopped: string | null
}

/** A moment: by time (after all facts of that microsecond), or after so many facts. */
export type Moment = { atUs: number } | { factIndex: number }

/** One line of the fact log. */
export interface FactLine {
  index: number
  timeUs: number
  /** Scenario id of the node or link that it is about, '' if none. */
  node: string
  /** Name of its kind: `published`, `delivered` … */
  kind: string
  message: number
  /** One plain sentence in the present tense. */
  sentence: string
  /** Sort of fact, for filters and colours. */
  tone: 'normal' | 'fault' | 'action' | 'setup' | 'link'
}

/** Facts looked at for one list of lines: a rare filter must not hold up a frame. Whoever lists asks on from there. */
export const SCAN_MAX = 400_000

/** Which facts to list. */
export interface FactFilter {
  node?: string
  message?: number
  kinds?: string[]
  /** Only facts of these tones: the log's groups "faults" and "actions". */
  tones?: FactLine['tone'][]
  text?: string
  /** Pipe facts (sent, arrived) and set-up are left out unless asked for. */
  everything?: boolean
}

/** What happened when, in equal slices of the run. */
export interface Density {
  /** End of the last slice. */
  endUs: number
  counts: Uint32Array
  marks: { timeUs: number; factIndex: number; tone: 'fault' | 'action'; label: string }[]
}

/** A number over time, one point a slice: its minimum, maximum and last value. */
export interface Series {
  name: string
  unit: string
  endUs: number
  min: Float64Array
  max: Float64Array
  last: Float64Array
}

/** What went wrong in a run, as far as it was looked at. */
export interface Findings {
  counts: Record<OutcomeKind, number>
  /** The first of each kind, in the order in which they were completed. */
  found: (Outcome & {
    /** When each of its facts happened. */
    timesUs: number[]
  })[]
  /** Promises that were kept in all that was looked at, a sentence each. */
  held: string[]
  /** The whole run was looked at. */
  over: boolean
}

/** What asking a condition comes to, as far as the run has been looked at. */
export interface ConditionAnswer {
  /** Why it is no condition: the place in the text and what is expected there. */
  problem: { from: number; to: number; sentence: string } | null
  /** How many times it became true. */
  count: number
  /** The moments at which it did so first and last; null: never. */
  first: ReachedMoment | null
  last: ReachedMoment | null
  /** When it was true, in µs from and to, in turn; those too close to be told apart are one. */
  marks: Float64Array
  /** What each goal has come to, if goals were asked. */
  verdicts: { holds: boolean | null; at: ReachedMoment | null }[]
  /** Up to here it is known. */
  seenUs: number
  /** All of a run that is over was looked at. */
  over: boolean
}

/** A moment, both as a number of facts and as time. */
export interface ReachedMoment {
  factIndex: number
  timeUs: number
}

/** What is asked why: a fact; where a message is at a moment, or why it is nowhere; a number of a node. */
export type WhySubject =
  | { type: 'fact'; index: number }
  | { type: 'message'; message: number; factIndex: number }
  | { type: 'number'; node: string; name: string; factIndex: number }

export interface WhyStep {
  line: FactLine
  /** The facts that caused it, the main one first. */
  causes: { index: number; because: string }[]
}

export interface WhyAnswer {
  /** The fact that is explained; null for a number, or where nothing is known of it. */
  subject: WhyStep | null
  /** What led to it, in the order of time, itself last; of a number the facts that make it up. */
  steps: WhyStep[]
  /** There were more before. */
  cut: boolean
  /** Of a number: how many facts make it up; null if it is not made of facts. */
  total: number | null
  /** Of a number that is neither counted nor held: how many facts changed it, of which the latest are told. */
  changes: number | null
  /** What it led to. */
  effects: WhyStep[]
  effectsCut: boolean
}

/** A number over the run, in equal columns of time: least, greatest, mean over time, last; NaN where it is unknown. */
export interface WatchAnswer {
  problem: ConditionAnswer['problem']
  unit: 'number' | 'duration' | 'rate' | 'share' | 'truth'
  endUs: number
  min: Float64Array
  max: Float64Array
  mean: Float64Array
  last: Float64Array
  /** Of all columns together: least, mean over time, greatest; NaN where it was never there. */
  whole: { min: number; mean: number; max: number }
}
