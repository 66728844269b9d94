/** The exploration that the page has, and what it came to so far. It outlives its view, as a sweep does. */
import { createStore } from 'zustand/vanilla'
import {
  Exploration,
  type ExplorePlan,
  type OutcomeClass,
} from '../../history/experiments/explore.ts'
import type { FaultPoint } from '../../history/experiments/faults.ts'
import { OUTCOME_KINDS } from '../../history/outcomes/outcome.ts'
import type { Scenario } from '../../scenario/document.ts'
import { type RunningExperiment, startExperiment } from '../../session/experiments.ts'
import { throttled } from '../throttled.ts'

export interface ExploreForm {
  runs: number
  downMs: number
  durationMs: number
  /** Most faults in one run. */
  faultsMax: number
  crash: boolean
  cut: boolean
  restart: boolean
}

/** What an exploration came to, as it stands. */
export interface Explored {
  plan: ExplorePlan
  done: number
  total: number
  isCertain: boolean | null
  stopped: string | null
  /** By kind, in the order of the kinds; within a kind those first that are seen most. */
  classes: OutcomeClass[]
}

export interface ExploreState {
  /** Which scenario it is about. */
  about: string
  form: ExploreForm
  explored: Explored | null
  running: boolean
  workers: number
  failure: string | null
}

export const RUNS_MAX = 10_000
/** Longer runs say no more of what can happen, and take long. */
const DURATION_MS = 120_000

const NOTHING: ExploreState = {
  about: '',
  form: {
    runs: 1000,
    downMs: 2000,
    durationMs: DURATION_MS,
    faultsMax: 2,
    crash: true,
    cut: true,
    restart: true,
  },
  explored: null,
  running: false,
  workers: 0,
  failure: null,
}

export const exploreState = createStore<ExploreState>(() => NOTHING)

let experiment: RunningExperiment | null = null

/** Begins anew when another scenario is open than before; an exploration that runs goes on. */
export function openExplore({ nodes, links, durationMs }: Scenario): void {
  const about = JSON.stringify([nodes.map(({ id }) => id), links.map(({ id }) => id)])
  const { about: before, running } = exploreState.getState()
  if (running || about === before) return
  const form = { ...NOTHING.form, durationMs: Math.min(durationMs, DURATION_MS) }
  exploreState.setState({ ...NOTHING, about, form })
}

export function changeExplore(changes: Partial<ExploreForm>): void {
  exploreState.setState(({ form }) => ({ form: { ...form, ...changes } }))
}

export function faultsOf({ crash, cut, restart }: ExploreForm): FaultPoint['do'][] {
  const crashes: FaultPoint['do'][] = crash ? ['crash', 'crashAt'] : []
  const cuts: FaultPoint['do'][] = cut ? ['cut'] : []
  return [...crashes, ...cuts, ...(restart ? (['restartBroker'] as const) : [])]
}

export function runExplore(plan: ExplorePlan): void {
  experiment?.cancel()
  const exploration = new Exploration(plan)
  const show = () => exploreState.setState({ explored: snapshot(plan, exploration) })
  exploreState.setState({ running: true, failure: null })
  show()
  const end = (failure: string | null) => {
    exploreState.setState({ running: false, failure })
    show()
  }
  experiment = startExperiment('probe', exploration, {
    onAnswer: throttled(show),
    onDone: () => end(null),
    onFailed: end,
  })
  exploreState.setState({ workers: experiment.workers })
}

/** Stops at once; what was found stays. */
export function cancelExplore(): void {
  experiment?.cancel()
  experiment = null
  exploreState.setState({ running: false })
}

function snapshot(plan: ExplorePlan, exploration: Exploration): Explored {
  const { done, total, isCertain, stopped } = exploration
  const rank = ({ kind }: OutcomeClass) => OUTCOME_KINDS.indexOf(kind)
  const classes = [...exploration.classes.values()]
  classes.sort((a, b) => rank(a) - rank(b) || b.runs - a.runs)
  return { plan, done, total, isCertain, stopped, classes }
}
