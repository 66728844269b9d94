/**
 * The sweep that the page has: what is to be varied, and what came of it so far. It outlives its view, so
 * that one comes back from the run behind a point to the same chart.
 */
import { createStore } from 'zustand/vanilla'
import type { Law } from '../../history/experiments/closedForms.ts'
import type { RunResult } from '../../history/experiments/measuredRun.ts'
import { type Measure, measuresOf, needsOutcomes } from '../../history/experiments/measures.ts'
import { proposeSweep } from '../../history/experiments/proposal.ts'
import { findSetting, type Setting } from '../../history/experiments/settings.ts'
import {
  type SweepCell,
  type SweepPlan,
  spaced,
  sweepCells,
} from '../../history/experiments/sweep.ts'
import type { TaskSource } from '../../history/experiments/taskSource.ts'
import type { Scenario, Script } from '../../scenario/document.ts'
import {
  askExperiment,
  type RunningExperiment,
  startExperiment,
  type Tasks,
} from '../../session/experiments.ts'
import { throttled } from '../throttled.ts'

/** What a person fills in. Ranges are in the document's units. */
export interface SweepForm {
  settingId: string
  from: number
  to: number
  steps: number
  seeds: number
  measureId: string
  /** Percent of each run that is left out at its beginning. */
  leftOutPercent: number
  durationMs: number
}

export interface Sweep {
  plan: SweepPlan
  /** By value, then by seed. */
  results: (RunResult | null)[][]
  done: number
  total: number
}

export interface SweepState {
  /** Which scenario the form is about. */
  about: string
  form: SweepForm | null
  sweep: Sweep | null
  running: boolean
  workers: number
  /** Why it did not go on. */
  failure: string | null
  /** What theory says of the measure along the range; null where it was not asked yet. */
  theory: { key: string; values: number[]; laws: Law[] } | null
  /** Place of the value whose runs are looked at. */
  chosen: number | null
}

export const STEPS_MAX = 40
export const SEEDS_MAX = 200
/** Points of a curve of theory between whose values no eye sees a corner. */
const CURVE_POINTS = 80

const NOTHING: SweepState = {
  about: '',
  form: null,
  sweep: null,
  running: false,
  workers: 0,
  failure: null,
  theory: null,
  chosen: null,
}

export const sweepState = createStore<SweepState>(() => NOTHING)

let experiment: RunningExperiment | null = null

/** The same for a scenario whatever is set in it; another for one with other nodes or links. */
function aboutOf({ nodes, links }: Scenario): string {
  return JSON.stringify([nodes.map(({ id }) => id), links.map(({ id }) => id)])
}

/** Begins with a proposal when another scenario is open than before; a sweep that runs goes on. */
export function openSweep(scenario: Scenario): void {
  const about = aboutOf(scenario)
  const { about: before, form, running } = sweepState.getState()
  const fits =
    form !== null &&
    findSetting(scenario, form.settingId) !== undefined &&
    measuresOf(scenario).some(({ id }) => id === form.measureId)
  if (running || (before === about && fits)) return
  const proposal = proposeSweep(scenario)
  sweepState.setState({
    ...NOTHING,
    about,
    form: proposal && {
      settingId: proposal.setting.id,
      from: proposal.from,
      to: proposal.to,
      steps: proposal.steps,
      seeds: 8,
      measureId: proposal.measure.id,
      leftOutPercent: 10,
      durationMs: scenario.durationMs,
    },
  })
}

export function changeForm(changes: Partial<SweepForm>): void {
  const { form } = sweepState.getState()
  if (form) sweepState.setState({ form: { ...form, ...changes } })
}

export function choosePoint(chosen: number | null): void {
  sweepState.setState({ chosen })
}

/** What the form asks for, of this scenario under this script. */
export function planOf(
  scenario: Scenario,
  script: Script,
  form: SweepForm,
  setting: Setting,
  measure: Measure,
): SweepPlan {
  const { from, to, steps, seeds, leftOutPercent, durationMs } = form
  return {
    scenario: { ...scenario, durationMs },
    script,
    setting,
    values: spaced(setting, from, to, steps),
    seeds: Array.from({ length: seeds }, (_, i) => scenario.seed + i),
    leftOut: leftOutPercent / 100,
    withOutcomes: needsOutcomes(measure),
  }
}

export function runSweep(plan: SweepPlan): void {
  experiment?.cancel()
  const cells = sweepCells(plan)
  const sweep: Sweep = {
    plan,
    results: plan.values.map(() => plan.seeds.map(() => null)),
    done: 0,
    total: cells.length,
  }
  const source = new SweepSource(sweep, cells)
  sweepState.setState({ sweep, running: true, failure: null, chosen: null })
  const tell = throttled(() => sweepState.setState({ sweep: { ...sweep } }))
  const end = (failure: string | null) => {
    sweepState.setState({ sweep: { ...sweep }, running: false, failure })
  }
  experiment = startExperiment('sweep', source, {
    onAnswer: tell,
    onDone: () => end(null),
    onFailed: end,
  })
  sweepState.setState({ workers: experiment.workers })
}

/** Stops at once; the points that are there stay. */
export function cancelSweep(): void {
  experiment?.cancel()
  experiment = null
  const { sweep } = sweepState.getState()
  sweepState.setState({ running: false, sweep: sweep && { ...sweep } })
}

/** Asks what theory says along the range of a plan, unless it is known already. */
export function askTheory(plan: SweepPlan, measure: Measure): void {
  const { setting, values } = plan
  const key = JSON.stringify([plan.scenario, plan.script.length, setting.id, values, measure.id])
  if (sweepState.getState().theory?.key === key) return
  const [first = 0] = values
  const last = values.at(-1) ?? first
  const between = setting.whole ? [] : spaced(setting, first, last, CURVE_POINTS)
  const fine = [...new Set([...values, ...between])].sort((a, b) => a - b)
  sweepState.setState({ theory: { key, values: fine, laws: [] } })
  askExperiment('theory', { plan, measure, values: fine }).then(
    (laws) => {
      if (sweepState.getState().theory?.key === key) {
        sweepState.setState({ theory: { key, values: fine, laws } })
      }
    },
    // Without theory the chart shows what was measured.
    () => {},
  )
}

class SweepSource implements TaskSource<Tasks['sweep']['ask'], RunResult> {
  private at = 0
  private readonly sweep: Sweep
  private readonly cells: readonly SweepCell[]

  constructor(sweep: Sweep, cells: readonly SweepCell[]) {
    this.sweep = sweep
    this.cells = cells
  }

  get isDone(): boolean {
    return this.at === this.cells.length
  }

  next(): Tasks['sweep']['ask'] | null {
    const cell = this.cells[this.at]
    if (!cell) return null
    this.at++
    return { plan: this.sweep.plan, cell }
  }

  take({ cell }: Tasks['sweep']['ask'], result: RunResult): void {
    const row = this.sweep.results[cell.value]
    if (row) row[cell.seed] = result
    this.sweep.done++
  }
}
