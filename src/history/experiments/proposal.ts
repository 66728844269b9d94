/** A sweep that says something about a scenario, to begin with: its work made slower, and what waits for it. */
import type { NodeDoc, Scenario } from '../../scenario/document.ts'
import { closedFormOf } from './closedForms.ts'
import { type Measure, measuresOf } from './measures.ts'
import { type Setting, settingsOf, withSetting } from './settings.ts'

export interface SweepProposal {
  setting: Setting
  from: number
  to: number
  steps: number
  measure: Measure
}

/** Settings that say most, best first: the ends of their ids. */
const TELLING = [
  '/service/meanMs',
  '/service/ms',
  '/service/maxMs',
  '/arrivals/every/meanMs',
  '/arrivals/every/ms',
  '/latencyMs',
]
/** Load up to which a range goes by itself: beyond it means need very long runs. */
const LOAD_MAX = 0.95
const STEPS = 8

/** Null if there is nothing to vary. */
export function proposeSweep(scenario: Scenario): SweepProposal | null {
  const settings = settingsOf(scenario)
  const setting = byTelling(settings)
  if (!setting) return null
  const measures = measuresOf(scenario)
  const measure = measureFor(scenario, setting, measures)
  if (!measure) return null
  if (setting.value === null || setting.value === 0) {
    const to = Math.min(setting.max, setting.min + 10)
    return { setting, from: setting.min, to, steps: STEPS, measure }
  }
  const { value } = setting
  const from = bounded(setting, round(value * 0.25))
  const to = bounded(setting, round(value * 1.25))
  return { setting, from, to: upTo(scenario, setting, measure, to), steps: STEPS, measure }
}

function byTelling(settings: readonly Setting[]): Setting | undefined {
  for (const end of TELLING) {
    const found = settings.find(({ id, value }) => id.endsWith(end) && value !== null && value > 0)
    if (found) return found
  }
  return settings.find(({ value }) => value !== null) ?? settings[0]
}

/** What waits for the node whose setting it is; else the first waiting that there is. */
function measureFor(
  scenario: Scenario,
  { owner }: Setting,
  measures: readonly Measure[],
): Measure | undefined {
  const node = scenario.nodes.find(({ id }) => id === owner)
  const line = node?.kind === 'consumer' ? queueOf(scenario, node) : owner
  const waiting = (id: string) => measures.find((measure) => measure.id === `${id}/waiting/meanMs`)
  return waiting(line) ?? measures.find(({ id }) => id.endsWith('/waiting/meanMs')) ?? measures[0]
}

function queueOf({ links }: Scenario, { id }: NodeDoc): string {
  return links.find(({ to }) => to === id)?.from ?? id
}

/** Where a law holds, only as far as it has a steady state with something to see. */
function upTo(scenario: Scenario, setting: Setting, measure: Measure, to: number): number {
  const changed = withSetting(scenario, setting, to)
  if (!changed.ok) return setting.value ?? to
  const law = closedFormOf(changed.scenario, [], measure)
  if (!law.ok || law.form.load <= LOAD_MAX || !setting.path.includes('service')) return to
  return bounded(setting, round((to * LOAD_MAX) / law.form.load))
}

function bounded({ min, max, whole }: Setting, value: number): number {
  const within = Math.min(max, Math.max(min, value))
  return whole ? Math.round(within) : within
}

/** Two digits: a range that a person would have chosen. */
function round(value: number): number {
  let unit = 1
  while (value / unit >= 100) unit *= 10
  while (value / unit < 10 && unit > 0.001) unit /= 10
  return Math.round(Math.round(value / unit) * unit * 1000) / 1000
}
