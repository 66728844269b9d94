/** Numbers over the run: the same as the frames at the ends of slices, and never beyond the extremes. */
import { describe, expect, test } from 'vitest'
import { must } from '../base/assert.ts'
import { findExample } from '../scenario/examples/index.ts'
import { History } from './history.ts'
import { SeriesReader } from './series.ts'

describe('given the run of two workers on a queue', () => {
  const history = new History(must(findExample('orders-workers'), 'example').scenario)
  while (history.advance()) {}

  test('when the queue is read in slices, then each slice ends with the frame of that moment', () => {
    const [ready, unacked] = new SeriesReader(history, 'orders', 40).read()
    for (let slice = 0; slice < 40; slice++) {
      // The last microsecond of a slice: what happens on its end belongs to the next one.
      history.seek({ atUs: Math.ceil(((slice + 1) * history.live.endUs) / 40) - 1 })
      const state = history.frame().nodes.find(({ id }) => id === 'orders')
      if (state?.kind !== 'queue') throw new Error('orders is a queue')
      expect([ready?.last[slice], unacked?.last[slice]]).toEqual([
        state.readyCount,
        state.unackedCount,
      ])
      expect(ready?.max[slice]).toBeGreaterThanOrEqual(state.readyCount)
      expect(ready?.min[slice]).toBeLessThanOrEqual(state.readyCount)
    }
  })

  test('when every kind of node is read, then no slice stays empty', () => {
    const combined = new History(must(findExample('combined'), 'example').scenario)
    while (combined.advance()) {}
    for (const { id } of combined.live.scenario.nodes) {
      for (const { last } of new SeriesReader(combined, id, 20).read()) {
        expect(last.every(Number.isFinite)).toBe(true)
      }
    }
  })
})
