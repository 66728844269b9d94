/**
 * A sweep: one setting over a range of values, each under the same seeds. Equal seeds make the points
 * comparable (common random numbers); different seeds make each point's mean an estimate with an interval.
 */
import { usFromMs } from '../../base/time.ts'
import type { Scenario, Script } from '../../scenario/document.ts'
import { closedFormOf, type Law } from './closedForms.ts'
import type { RunOrder, RunResult } from './measuredRun.ts'
import { type Measure, readMeasure } from './measures.ts'
import { type Setting, withSetting } from './settings.ts'
import { type Estimate, estimate } from './statistics.ts'

export interface SweepPlan {
  scenario: Scenario
  script: Script
  setting: Setting
  values: readonly number[]
  seeds: readonly number[]
  /** Share of each run, at its beginning, that is not measured. */
  leftOut: number
  withOutcomes: boolean
}

/** Most facts of one run of a sweep: the same as a page keeps. */
export const SWEEP_FACTS_MAX = 4_000_000

/** One run of a sweep, by the places of its value and its seed in the plan. */
export interface SweepCell {
  value: number
  seed: number
}

/** All runs of a plan, seed by seed, so that the whole range is there early. */
export function sweepCells({ values, seeds }: SweepPlan): SweepCell[] {
  return seeds.flatMap((_, seed) => values.map((__, value) => ({ value, seed })))
}

/** What to compute for a cell, or why its value cannot be. */
export function sweepOrder(
  plan: SweepPlan,
  { value, seed }: SweepCell,
): { ok: true; order: RunOrder } | { ok: false; sentence: string } {
  const changed = withSetting(plan.scenario, plan.setting, plan.values[value] ?? Number.NaN)
  if (!changed.ok) return { ok: false, sentence: changed.sentence }
  const misfit = fitting(changed.scenario, plan.script)
  if (misfit !== null) return { ok: false, sentence: misfit }
  return { ok: true, order: orderOf(plan, changed.scenario, seed) }
}

function fitting(scenario: Scenario, script: Script): string | null {
  const endUs = usFromMs(scenario.durationMs)
  const late = script.some(({ atUs }) => atUs > endUs)
  return late ? 'Something was done after the end of the run: make the run longer.' : null
}

function orderOf(plan: SweepPlan, scenario: Scenario, seed: number): RunOrder {
  return {
    scenario,
    script: plan.script,
    seed: plan.seeds[seed] ?? scenario.seed,
    leftOutMs: Math.round(scenario.durationMs * plan.leftOut * 1000) / 1000,
    withOutcomes: plan.withOutcomes,
    factsMax: SWEEP_FACTS_MAX,
  }
}

/** What is known of one value. */
export interface SweepPoint {
  value: number
  /** By seed; null while it is not computed. */
  results: readonly (RunResult | null)[]
  estimate: Estimate | null
}

/** The points of a sweep by a measure. `results` by value, then by seed. */
export function sweepPoints(
  plan: SweepPlan,
  results: readonly (readonly (RunResult | null)[])[],
  measure: Measure,
): SweepPoint[] {
  return plan.values.map((value, i) => {
    const known = results[i] ?? []
    const numbers = known.map((result) => (result ? readMeasure(measure, result) : Number.NaN))
    return { value, results: known, estimate: estimate(numbers) }
  })
}

/** Evenly spaced values of a setting, both ends included; whole ones where it takes no others. */
export function spaced(setting: Setting, from: number, to: number, count: number): number[] {
  const values = Array.from({ length: count }, (_, i) => {
    const value = count === 1 ? from : from + ((to - from) * i) / (count - 1)
    return setting.whole ? Math.round(value) : Math.round(value * 1000) / 1000
  })
  return [...new Set(values)]
}

/** What theory says of a measure at values of the setting. */
export function theoryAt(plan: SweepPlan, measure: Measure, values: readonly number[]): Law[] {
  return values.map((value) => {
    const changed = withSetting(plan.scenario, plan.setting, value)
    if (!changed.ok) return { ok: false, why: changed.sentence }
    return closedFormOf(changed.scenario, plan.script, measure)
  })
}
