/** Axes begin and end at round numbers and hold all that they are for. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { along, axisOver, axisWithin } from './chartScale.ts'

describe('given a range', () => {
  test('when an axis is laid over it, then its ticks are round', () => {
    expect(axisOver(0, 4.3, 4).ticks).toEqual([0, 2, 4, 6])
    expect(axisOver(0, 0.93, 5).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(axisOver(1, 4, 5, true).ticks).toEqual([1, 2, 3, 4])
    expect(axisOver(0, 0, 4).max).toBeGreaterThan(0)
  })

  test('when it is any range, then all of it is on the axis, between a few ticks', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        (min, span) => {
          const axis = axisOver(min, min + span, 5)
          expect(along(axis, min)).toBeGreaterThanOrEqual(-1e-6)
          expect(along(axis, min + span)).toBeLessThanOrEqual(1 + 1e-6)
          expect(axis.ticks.length).toBeGreaterThan(1)
          expect(axis.ticks.length).toBeLessThan(10)
          const within = axisWithin(min, min + span, 5)
          for (const tick of within.ticks) expect(along(within, tick)).toBeLessThanOrEqual(1.01)
        },
      ),
    )
  })
})
