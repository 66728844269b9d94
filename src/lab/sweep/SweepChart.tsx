/** What a sweep came to: the chart, what the point that is looked at says, the runs behind it, and all of it as a table. */
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Law } from '../../history/experiments/closedForms.ts'
import { type Measure, needsOutcomes } from '../../history/experiments/measures.ts'
import { type SweepPoint, sweepPoints } from '../../history/experiments/sweep.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Chart, type ChartPoint } from '../Chart.tsx'
import { axisOver, axisWithin } from '../chartScale.ts'
import styles from '../Lab.module.css'
import type { RunToOpen } from '../lab.ts'
import {
  chosenIn,
  countsText,
  numberText,
  type Shown,
  shownIn,
  valueText,
  widthText,
} from '../units.ts'
import { measureText, measureUnit, ownerText, settingText, settingUnit } from '../words.ts'
import { PointRuns } from './PointRuns.tsx'
import { PointTable } from './PointTable.tsx'
import { askTheory, choosePoint, type Sweep, sweepState } from './sweepState.ts'

const ACROSS = [
  { value: 'setting', label: 'Setting' },
  { value: 'load', label: 'Load' },
] as const

/** How the values of a sweep are shown. */
export interface Reading {
  points: readonly SweepPoint[]
  /** By the place of the point: what theory says there, if anything is known. */
  theory: readonly (number | null)[]
  x: Shown
  y: Shown
  /** The unit that measured values are in before they are shown. */
  unit: string
  /** By value of the setting, where it lies across the chart. */
  across: (value: number) => number
  /** By the place of the point: the work offered to each server, if a law says so. */
  loads: readonly (number | null)[]
}

/** What the x axis is of: the setting itself, or the load that it means. */
type Across = 'setting' | 'load'

type Theory = { values: number[]; laws: Law[] } | null

interface SweepChartProps {
  sweep: Sweep
  measure: Measure
  onOpenRun: (run: RunToOpen) => void
}

export function SweepChart({ sweep, measure, onOpenRun }: SweepChartProps) {
  const { plan } = sweep
  const { theory, chosen } = useStore(sweepState)
  const [looked, setLooked] = useState<number | null>(null)
  const [wished, setWished] = useState<Across>('setting')
  useEffect(() => askTheory(plan, measure), [plan, measure])
  const points = useMemo(() => sweepPoints(plan, sweep.results, measure), [plan, sweep, measure])
  const loads = plan.values.map((value) => loadAt(theory, value))
  const isLoaded = loads.every((load) => load !== null) && new Set(loads).size > 1
  const across = isLoaded ? wished : 'setting'
  const reading = readingOf(sweep, points, measure, theory, across)
  const uncounted = needsOutcomes(measure) && !plan.withOutcomes
  const at = looked ?? chosen
  return (
    <>
      <div className={styles.chartHead}>
        <Headline sweep={sweep} measure={measure} />
        {isLoaded && (
          <Segmented
            label="Over"
            hideLabel
            size="small"
            value={across}
            options={ACROSS}
            onChange={setWished}
          />
        )}
      </div>
      {uncounted && (
        <p className={styles.note}>Outcomes were not counted in these runs. Run the sweep again.</p>
      )}
      <Drawing {...{ sweep, measure, reading, theory, across }} onLook={setLooked} />
      <p className={styles.readout} aria-live="polite">
        {at === null
          ? 'Look at a point, or choose it to see the runs behind it.'
          : pointText(reading, at)}
      </p>
      {chosen !== null && (
        <PointRuns
          sweep={sweep}
          measure={measure}
          reading={reading}
          at={chosen}
          onOpenRun={onOpenRun}
        />
      )}
      {isCertain(points) && (
        <p className={styles.note}>
          All seeds give the same numbers: nothing that matters to them is random.
        </p>
      )}
      <TheoryNote laws={theory?.laws ?? []} />
      <PointTable sweep={sweep} measure={measure} reading={reading} />
    </>
  )
}

/** Whether seeds make no difference to any point that has several. */
function isCertain(points: readonly SweepPoint[]): boolean {
  const several = points.filter(({ estimate }) => (estimate?.count ?? 0) > 1)
  return several.length > 0 && several.every(({ estimate }) => estimate?.min === estimate?.max)
}

function Headline({ sweep: { plan }, measure }: { sweep: Sweep; measure: Measure }) {
  const { scenario, setting, seeds, leftOut } = plan
  return (
    <header>
      <h3 className={styles.headline}>
        {`${ownerText(scenario, measure.node)}: ${measureText(measure)}`}
      </h3>
      <p className={styles.hint}>
        {`Over ${settingText(setting)} of ${ownerText(scenario, setting.owner)}. Means of ${countsText(seeds.length, 'seed')}${seeds.length > 1 ? ' with their 95 % intervals (Student’s t)' : ''}; ${leftOut > 0 ? `the first ${Math.round(leftOut * 100)} % of each run is left out.` : 'nothing is left out.'}`}
      </p>
    </header>
  )
}

interface DrawingProps {
  sweep: Sweep
  measure: Measure
  reading: Reading
  theory: Theory
  across: Across
  onLook: (index: number | null) => void
}

function Drawing({ sweep: { plan }, measure, reading, theory, across, onLook }: DrawingProps) {
  const { x, y, points } = reading
  const chosen = useStore(sweepState, (state) => state.chosen)
  const drawn = points.flatMap((_, index) => chartPoint(reading, index))
  const tops = drawn.map(({ high }) => high)
  const curves = curvesOf(theory, reading)
  // A curve that runs off to infinity does not flatten what was measured.
  const bound = 1.6 * Math.max(0, ...tops)
  const curveTops = curves.flat().map((point) => point.y)
  const top = Math.max(
    0,
    ...tops,
    ...curveTops.filter((value) => tops.length === 0 || value <= bound),
  )
  const xs = plan.values.map(reading.across)
  const { setting, scenario } = plan
  const law = theory?.laws.find((each) => each.ok)
  const unit = (shown: Shown) => (shown.unit === '' ? '' : ` (${shown.unit})`)
  return (
    <Chart
      label={`${measureText(measure)} over ${settingText(setting)}`}
      xAxis={axisWithin(Math.min(...xs), Math.max(...xs), 6, setting.whole && across === 'setting')}
      yAxis={axisOver(0, top || 1, 5)}
      xTitle={
        across === 'load'
          ? 'load ρ: work offered to each server'
          : `${ownerText(scenario, setting.owner)}: ${settingText(setting)}${unit(x)}`
      }
      yTitle={`${measureText(measure)}${unit(y)}`}
      points={drawn}
      curves={curves}
      curveName={law?.ok ? `${law.form.law}, as theory has it` : ''}
      mark={fullLoad(theory, reading)}
      chosen={chosen}
      onLook={onLook}
      onChoose={(index) => choosePoint(index === chosen ? null : index)}
    />
  )
}

function TheoryNote({ laws }: { laws: readonly Law[] }) {
  if (laws.length === 0) return null
  const law = laws.find((each) => each.ok)
  if (law?.ok) {
    const isOver = laws.some((each) => each.ok && each.form.value === null)
    const growing = isOver
      ? ' From load 1 on the line only grows: what is measured there is a matter of how long the runs are.'
      : ''
    return <p className={styles.note}>{`${law.form.law} holds here: ${law.form.why}${growing}`}</p>
  }
  const none = laws.find((each) => !each.ok)
  return none?.ok === false ? (
    <p className={styles.note}>{`There is no curve of theory here. ${none.why}`}</p>
  ) : null
}

function readingOf(
  { plan }: Sweep,
  points: readonly SweepPoint[],
  measure: Measure,
  theory: Theory,
  across: Across,
): Reading {
  const tops = points.map(({ estimate }) => estimate?.mean ?? 0)
  const x = shownIn(settingUnit(plan.setting), Math.max(...plan.values))
  return {
    points,
    theory: points.map(({ value }) => {
      const law = theory?.laws[theory.values.indexOf(value)]
      return law?.ok ? law.form.value : null
    }),
    x,
    y: shownIn(measureUnit(measure), Math.max(...tops)),
    unit: measureUnit(measure),
    across: (value) => (across === 'load' ? (loadAt(theory, value) ?? 0) : value * x.factor),
    loads: points.map(({ value }) => loadAt(theory, value)),
  }
}

function chartPoint(reading: Reading, index: number): ChartPoint[] {
  const { y, points } = reading
  const point = points[index]
  if (!point?.estimate) return []
  const { mean, halfWidth } = point.estimate
  return [
    {
      x: reading.across(point.value),
      y: mean * y.factor,
      low: Math.max(0, (mean - (halfWidth ?? 0)) * y.factor),
      high: (mean + (halfWidth ?? 0)) * y.factor,
      label: pointText(reading, index),
      index,
    },
  ]
}

/** `At 800 ms: 3.2 s ± 0.1 s over 8 seeds. Theory: 3.2 s.` */
function pointText({ points, theory, loads, x, unit }: Reading, index: number): string {
  const point = points[index]
  if (!point) return ''
  const load = loads[index] ?? null
  const at = `At ${chosenIn(point.value, x)}${load === null ? '' : ` (load ${numberText(load)})`}`
  if (!point.estimate) return `${at}: nothing to measure.`
  const { mean, halfWidth, count } = point.estimate
  // Alone it is said in its own unit, however large the other points are.
  const y = shownIn(unit, mean)
  const within = halfWidth === null ? '' : ` ± ${widthText(halfWidth, y)}`
  const law = theory[index] ?? null
  const said = law === null ? '' : ` Theory: ${valueText(law, y)}.`
  return `${at}: ${valueText(mean, y)}${within}, ${countsText(count, 'seed')}.${said}`
}

/** Where theory has values next to each other, as stretches. */
function curvesOf(theory: Theory, { across, y }: Reading) {
  const curves: { x: number; y: number }[][] = []
  let open = false
  for (const [i, law] of (theory?.laws ?? []).entries()) {
    const value = law.ok ? law.form.value : null
    if (value === null) {
      open = false
      continue
    }
    if (!open) curves.push([])
    open = true
    curves.at(-1)?.push({ x: across(theory?.values[i] ?? 0), y: value * y.factor })
  }
  return curves
}

/** The work offered to each server at a value of the setting, if a law says so. */
function loadAt(theory: Theory, value: number): number | null {
  const law = theory?.laws[theory.values.indexOf(value)]
  return law?.ok ? law.form.load : null
}

/** Where the work offered is all that the servers can do, if that lies in the range. */
function fullLoad(theory: Theory, { across }: Reading) {
  const values = theory?.values ?? []
  for (let i = 1; i < values.length; i++) {
    const [from = 0, to = 0] = [values[i - 1], values[i]]
    const [before, after] = [loadAt(theory, from), loadAt(theory, to)]
    if (before === null || after === null || before >= 1 === after >= 1) continue
    const share = (1 - before) / (after - before)
    return { x: across(from) + share * (across(to) - across(from)), label: 'load 1' }
  }
  return null
}
