/** A run of a sweep and `npm run simulate` with that setting and seed are the same run, to the last number. */
import { describe, expect, test } from 'vitest'
import { must } from '../base/assert.ts'
import { MeasuredRun } from '../history/experiments/measuredRun.ts'
import { findSetting, settingsOf, withSetting } from '../history/experiments/settings.ts'
import { sweepOrder } from '../history/experiments/sweep.ts'
import { EXAMPLES, findExample } from '../scenario/examples/index.ts'
import { simulate } from './simulate.ts'

/** What `npm run simulate -- … --json` prints. */
function simulated(...args: string[]): Record<string, unknown> {
  const lines: string[] = []
  const code = simulate(
    [...args, '--json'],
    (line) => lines.push(line),
    () => {},
  )
  expect(code).toBe(0)
  return JSON.parse(must(lines[0], 'line'))
}

describe('given a sweep of the textbook queue', () => {
  test('when one of its points is simulated with that seed, then all numbers are equal', () => {
    const scenario = { ...must(findExample('mm1'), 'mm1').scenario, durationMs: 3_600_000 }
    const setting = must(findSetting(scenario, 'node/server/service/meanMs'), 'service')
    const plan = { scenario, script: [], setting, values: [400, 1000], seeds: [1, 2] }
    // The example's own service time is one of the points.
    const swept = sweepOrder({ ...plan, leftOut: 0, withOutcomes: false }, { value: 1, seed: 1 })
    if (!swept.ok) throw new Error(swept.sentence)
    expect(withSetting(scenario, setting, 1000)).toEqual({ ok: true, scenario })
    const measured = new MeasuredRun(swept.order)
    while (measured.advance(777)) {}
    const { fromUs, endUs, outcomes, ...numbers } = measured.result()
    expect([fromUs, endUs, outcomes]).toEqual([0, 3_600_000_000, null])
    expect(simulated('mm1', '--seed', '2', '--until', '1h')).toMatchObject(numbers)
  })
})

/** Runs that are there to lose something. */
const LOST: Record<string, number> = { 'commit-and-crash': 2, 'money-trail': 4 }
/** What keeps nothing for those who are away, or loses packets, is meant to. */
const LOSES = new Set([
  'mqtt-qos',
  'mqtt-session',
  'mqtt-will',
  'mqtt-retained',
  'late-subscriber',
  'nats-broadcast',
  'redis-fire-and-forget',
  'nats-push-consumer',
  'redis-trimming',
  'retention-and-lag',
])

describe('given a sweep of every example, over the last number that can be varied in it', () => {
  test.each(EXAMPLES)(
    'when a point of $id is the number that it has, then its run is that of the command line',
    ({ id, scenario }) => {
      const seconds = Math.min(60, scenario.durationMs / 1000)
      const short = { ...scenario, durationMs: seconds * 1000 }
      const setting = must(
        settingsOf(short).findLast(({ value }) => value !== null),
        'setting',
      )
      const plan = { scenario: short, script: [], setting, leftOut: 0, withOutcomes: true }
      const values = [setting.value ?? Number.NaN]
      const swept = sweepOrder({ ...plan, values, seeds: [4, 5] }, { value: 0, seed: 1 })
      if (!swept.ok) throw new Error(swept.sentence)
      const { fromUs, endUs, outcomes, ...numbers } = new MeasuredRun(swept.order).result()
      expect([fromUs, endUs]).toEqual([0, seconds * 1e6])
      if (LOSES.has(id)) expect(outcomes?.lost).toBeGreaterThan(0)
      else expect(outcomes?.lost).toBe(LOST[id] ?? 0)
      expect(simulated(id, '--seed', '5', '--until', `${seconds}s`)).toMatchObject(numbers)
    },
  )
})
