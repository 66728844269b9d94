/** Slices of a series become points and ranges; what is not computed stays out. */
import { describe, expect, it } from 'vitest'
import type { Series } from '../../session/session.ts'
import { greatest, rangeAt, seriesPoints } from './seriesPoints.ts'

const backlog: Series = {
  name: 'ready',
  unit: '',
  endUs: 400,
  min: Float64Array.of(0, 1, 4, Number.NaN),
  max: Float64Array.of(0, 5, 4, Number.NaN),
  last: Float64Array.of(0, 2, 4, Number.NaN),
}

describe('a series as a small chart', () => {
  it('given slices, then each gives its least, greatest and last value in that order, inside the slice', () => {
    const { timesUs, values } = seriesPoints(backlog)
    expect([...timesUs]).toEqual([25, 50, 75, 125, 150, 175, 225, 250, 275])
    expect([...values]).toEqual([0, 0, 0, 1, 5, 2, 4, 4, 4])
  })
  it('given a moment, then the range of its slice is known, and at the very end that of the last one', () => {
    expect(rangeAt(backlog, 150)).toEqual({ min: 1, max: 5 })
    expect(rangeAt(backlog, 0)).toEqual({ min: 0, max: 0 })
    expect(rangeAt(backlog, 400)).toBeNull()
  })
  it('given slices that are not computed yet, then the greatest value ignores them', () => {
    expect(greatest(backlog)).toBe(5)
    expect(greatest({ ...backlog, max: Float64Array.of(Number.NaN) })).toBeNull()
  })
})
