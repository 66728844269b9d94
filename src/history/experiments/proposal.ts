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
  '/arrivals/every/meanMs',
  '/arrivals/every/ms',
  '/latencyMs',
]
/** Load up to which a range goes by itself: beyond it means need very long runs. */
const LOAD_MAX = 0.95
const STEPS = 8
/** A range goes this many times as far as the value now: far enough for a line to form where there is none. */
const REACH = 2.5

/** Null if there is nothing to vary. */
export function proposeSweep(scenario: Scenario): SweepProposal | null {
  const measures = measuresOf(scenario)
  for (const setting of byTelling(settingsOf(scenario))) {
    const measure = measureFor(scenario, setting, measures)
    if (!measure) continue
    const range = rangeOf(scenario, setting, measure)
    // One field may bound another, such as the shortest time the longest.
    const isValid = [range.from, range.to].every(
      (value) => withSetting(scenario, setting, value).ok,
    )
    if (isValid) return { setting, ...range, measure }
  }
  return null
}

/** Those that say most, then the others that have a value, then the rest; of each the greatest first, which bounds what the others can do. */
function byTelling(settings: readonly Setting[]): Setting[] {
  const rank = ({ id, value }: Setting) => {
    if (value === null || value === 0) return TELLING.length + 1
    const at = TELLING.findIndex((end) => id.endsWith(end))
    return at === -1 ? TELLING.length : at
  }
  return [...settings].sort((a, b) => rank(a) - rank(b) || (b.value ?? 0) - (a.value ?? 0))
}

function rangeOf(scenario: Scenario, setting: Setting, measure: Measure) {
  const { value, min, max } = setting
  if (value === null || value === 0) return stepped(setting, min, Math.min(max, min + STEPS))
  const to = upTo(scenario, setting, measure, bounded(setting, value * REACH))
  return stepped(setting, value * 0.25, to)
}

/** What tells most of a node for which nothing waits in line. */
function told(node: NodeDoc | undefined): string | null {
  if (node?.kind === 'projection') return `${node.id}/levels/lag/mean`
  return node?.kind === 'commandHandler' ? `${node.id}/sojourn/meanMs` : null
}

/** What tells most of the node whose setting it is, such as what waits for it; else the first waiting that there is. */
function measureFor(
  scenario: Scenario,
  { owner }: Setting,
  measures: readonly Measure[],
): Measure | undefined {
  const node = scenario.nodes.find(({ id }) => id === owner)
  const line = node?.kind === 'consumer' ? queueOf(scenario, node) : owner
  const telling = told(node)
  const waiting = (id: string) => measures.find((measure) => measure.id === `${id}/waiting/meanMs`)
  return (
    measures.find(({ id }) => id === telling) ??
    waiting(line) ??
    measures.find(({ id }) => id.endsWith('/waiting/meanMs')) ??
    measures[0]
  )
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
  return bounded(setting, (to * LOAD_MAX) / law.form.load)
}

/** Round values within a range, about as many as `STEPS`. */
function stepped(setting: Setting, from: number, to: number) {
  const step = Math.max(setting.whole ? 1 : 0.001, roundStep((to - from) / STEPS))
  const first = Math.max(setting.min, clean(Math.ceil(from / step - 1e-9) * step))
  const steps = Math.floor((to - first) / step + 1e-9) + 1
  return { from: first, to: clean(first + (steps - 1) * step), steps }
}

/** The greatest of 1, 2, 5 times a power of ten that is not above. */
function roundStep(step: number): number {
  let power = 1
  while (power > step && power > 0.001) power /= 10
  while (power * 10 <= step) power *= 10
  const factor = [5, 2, 1].find((each) => each * power <= step) ?? 1
  return factor * power
}

/** Without what binary fractions leave behind. */
function clean(value: number): number {
  return Math.round(value * 1000) / 1000
}

function bounded({ min, max, whole }: Setting, value: number): number {
  const within = Math.min(max, Math.max(min, value))
  return whole ? Math.round(within) : within
}
