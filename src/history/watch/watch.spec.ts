/** Watches: what a chart shows is what brute force over every fact finds, at any number of columns. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exampleCalled } from '../../scenario/examples/index.ts'
import { History } from '../history.ts'
import { Pyramid } from './pyramid.ts'
import { openWatch } from './watch.ts'

const mm1 = exampleCalled('mm1')

interface Change {
  atUs: number
  value: number
}

/** Least, greatest, mean and last value of one column, from the changes alone. */
function brute(changes: readonly Change[], fromUs: number, toUs: number, knownUs: number) {
  let [min, max, area, known, last] = [Number.NaN, Number.NaN, 0, 0, Number.NaN]
  changes.forEach(({ atUs, value }, i) => {
    const endUs = Math.min(changes[i + 1]?.atUs ?? knownUs, knownUs)
    const us = Math.min(endUs, toUs) - Math.max(atUs, fromUs)
    if (!(us > 0)) return
    min = Number.isNaN(min) ? value : Math.min(min, value)
    max = Number.isNaN(max) ? value : Math.max(max, value)
    area += value * us
    known += us
    last = value
  })
  return { min, max, mean: area / known, last }
}

describe('given any number that changes over a run', () => {
  test('when it is condensed while it is recorded, then each column is what brute force finds', () => {
    const runs = fc.record({
      endUs: fc.integer({ min: 1, max: 5_000_000 }),
      changes: fc.array(fc.tuple(fc.nat(5_000_000), fc.integer({ min: -50, max: 50 })), {
        maxLength: 60,
      }),
      power: fc.nat(14),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(runs, ({ endUs, changes, power, share }) => {
        const sorted = changes
          .map(([atUs, value]) => ({ atUs: atUs % (endUs + 1), value }))
          .sort((a, b) => a.atUs - b.atUs)
        const known = Math.max(sorted.at(-1)?.atUs ?? 0, Math.floor(share * endUs))
        const pyramid = new Pyramid(endUs)
        for (const { atUs, value } of sorted) pyramid.set(value, atUs)
        pyramid.reach(known)
        const count = 1 << power
        const { min, max, mean, last } = pyramid.columns(count)
        const widthUs = endUs / count
        const step = Math.max(1, count >> 6)
        for (let column = 0; column < count; column += step) {
          const found = brute(sorted, column * widthUs, (column + 1) * widthUs, known)
          expect(min[column]).toBe(found.min)
          expect(max[column]).toBe(found.max)
          expect(last[column]).toBe(found.last)
          if (Number.isNaN(found.mean)) expect(mean[column]).toBeNaN()
          else expect(mean[column]).toBeCloseTo(found.mean, 6)
        }
      }),
      { numRuns: 120 },
    )
  })

  test('when it is asked before the run is over and again after it, then the second answer is whole', () => {
    const pyramid = new Pyramid(1_000)
    pyramid.set(3, 0)
    pyramid.reach(400)
    expect(pyramid.columns(2).max[1]).toBeNaN()
    pyramid.set(7, 600)
    pyramid.reach(1_000)
    expect([...pyramid.columns(2).mean]).toEqual([3, 6.2])
  })
})

describe('given a watched backlog', () => {
  test('when the run is read in slices, then its greatest value is the greatest that any fact left for a while', () => {
    const history = new History(mm1.scenario, [], { seed: 1, factsMax: 3000 })
    while (history.advance()) {}
    const opened = openWatch(history.live, 'backlog(line)')
    if (!opened.ok) throw new Error(opened.problem.sentence)
    const { watch } = opened
    while (watch.read(777)) {}
    const place = mm1.scenario.nodes.findIndex(({ kind }) => kind === 'queue')
    const { facts } = history.live.records
    let most = 0
    for (let moment = 1; moment < history.factCount; moment++) {
      if (facts.timeUs(moment) === facts.timeUs(moment - 1)) continue
      history.seek({ factIndex: moment })
      const queue = history.frame().nodes[place]
      if (queue?.kind === 'queue') most = Math.max(most, queue.readyCount)
    }
    expect(watch.columns(1, history.computedUs).max[0]).toBe(most)
  })
})

test('what a watched number is right after a fact is what the frame there says, fact by fact', () => {
  const history = new History(mm1.scenario, [], { factsMax: 400 })
  while (history.advance()) {}
  const queue = mm1.scenario.nodes.find(({ kind }) => kind === 'queue')
  const opened = openWatch(history.live, `ready("${queue?.id}")`)
  if (!opened.ok) throw new Error(opened.problem.sentence)
  while (opened.watch.read(61)) {}
  for (let moment = 0; moment <= history.factCount; moment++) {
    history.seek({ factIndex: moment })
    const frame = history.frame()
    const state = frame.nodes.find(({ id }) => id === queue?.id)
    const ready = state?.kind === 'queue' ? state.readyCount : -1
    expect([moment, opened.watch.at(moment, frame.timeUs)]).toEqual([moment, ready])
  }
})
