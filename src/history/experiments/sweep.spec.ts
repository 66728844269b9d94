/** A sweep is a set of ordinary runs; that each of them is what the command line says is held by `cli/sweep.spec.ts`. */
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import { actAt, type Scenario } from '../../scenario/document.ts'
import { findExample } from '../../scenario/examples/index.ts'
import { MeasuredRun, type RunResult } from './measuredRun.ts'
import { measuresOf, readMeasure } from './measures.ts'
import { findSetting } from './settings.ts'
import { type SweepPlan, spaced, sweepCells, sweepOrder, sweepPoints } from './sweep.ts'

const hour = (id: string): Scenario => ({
  ...must(findExample(id), id).scenario,
  durationMs: 3_600_000,
})
const mm1 = hour('mm1')
const service = must(findSetting(mm1, 'node/server/service/meanMs'), 'service')

function plan(changes: Partial<SweepPlan> = {}): SweepPlan {
  return {
    scenario: mm1,
    script: [],
    setting: service,
    values: [400, 800],
    seeds: [1, 2, 3],
    leftOut: 0,
    withOutcomes: false,
    ...changes,
  }
}

function swept(given: SweepPlan): (RunResult | null)[][] {
  const results: (RunResult | null)[][] = given.values.map(() => given.seeds.map(() => null))
  for (const cell of sweepCells(given)) {
    const made = sweepOrder(given, cell)
    if (!made.ok) throw new Error(made.sentence)
    const measured = new MeasuredRun(made.order)
    while (measured.advance(777)) {}
    must(results[cell.value], 'value')[cell.seed] = measured.result()
  }
  return results
}

describe('given a sweep', () => {
  test('when seeds differ, then points have an interval, and the mean is that of its runs', () => {
    const measure = must(
      measuresOf(mm1).find(({ id }) => id === 'line/waiting/meanMs'),
      'waiting',
    )
    const points = sweepPoints(plan(), swept(plan()), measure)
    expect(points.map(({ value }) => value)).toEqual([400, 800])
    for (const { estimate, results } of points) {
      const values = results.map((result) => readMeasure(measure, must(result, 'result')))
      expect(estimate?.count).toBe(3)
      expect(estimate?.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 3, 9)
      expect(estimate?.halfWidth).toBeGreaterThan(0)
    }
    expect(points[1]?.estimate?.mean).toBeGreaterThan(points[0]?.estimate?.mean ?? 0)
  })

  test('when the beginning is left out, then counts and means are of the rest', () => {
    const [whole] = must(swept(plan({ values: [800], seeds: [1] }))[0], 'whole')
    const [rest] = must(swept(plan({ values: [800], seeds: [1], leftOut: 0.5 }))[0], 'rest')
    expect(rest).toMatchObject({ fromUs: 1_800_000_000, endUs: 3_600_000_000 })
    const published = (result: RunResult | null | undefined) =>
      result?.nodes[0]?.counts.published ?? 0
    expect(published(rest) / published(whole)).toBeCloseTo(0.5, 1)
    expect(rest?.nodes[0]?.throughputPerS).toBeCloseTo(published(rest) / 1800, 9)
  })

  test('when nothing waits, then the point has no estimate instead of a number', () => {
    const measure = must(
      measuresOf(mm1).find(({ id }) => id === 'line/waiting/meanMs'),
      'waiting',
    )
    const silent = plan({
      setting: must(findSetting(mm1, 'node/customers/arrivals/every/meanMs'), 'arrivals'),
      values: [80_000_000],
      seeds: [1],
    })
    expect(sweepPoints(silent, swept(silent), measure)[0]?.estimate).toBeNull()
  })

  test('when a value cannot be, or the script is longer than the run, then there is a sentence and no run', () => {
    const second = { value: 1, seed: 0 }
    expect(sweepOrder(plan({ values: [800, -1] }), second)).toMatchObject({ ok: false })
    const late = [actAt(4_000_000_000, { do: 'crash', node: 'server' })]
    expect(sweepOrder(plan({ script: late }), second)).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('make the run longer'),
    })
  })
})

describe('given a range', () => {
  test('when values are spaced, then both ends are in it, and whole settings get whole values once', () => {
    expect(spaced(service, 100, 300, 3)).toEqual([100, 200, 300])
    const prefetch = must(findSetting(mm1, 'node/server/prefetch'), 'prefetch')
    expect(spaced(prefetch, 1, 3, 5)).toEqual([1, 2, 3])
    expect(spaced(prefetch, 4, 4, 1)).toEqual([4])
  })
})
