/** Means of independent runs with their intervals, against tables and against a thousand experiments. */
import { describe, expect, test } from 'vitest'
import { Random } from '../../engine/random.ts'
import { estimate, studentT } from './statistics.ts'

describe('given numbers of independent runs', () => {
  test('when they are three, then the interval is that of Student’s t with two degrees of freedom', () => {
    const { mean, halfWidth, count, min, max } = estimate([4, 6, 8]) ?? {}
    expect({ mean, count, min, max }).toEqual({ mean: 6, count: 3, min: 4, max: 8 })
    expect(halfWidth).toBeCloseTo((4.3027 * 2) / Math.sqrt(3), 4)
  })

  test('when there is one, then there is no interval; when there is none, no mean', () => {
    expect(estimate([5, Number.NaN])).toMatchObject({ mean: 5, count: 1, halfWidth: null })
    expect(estimate([Number.NaN])).toBeNull()
  })

  test('when there are many, then t comes from the tables to three digits', () => {
    expect(studentT(10)).toBeCloseTo(2.2281, 4)
    expect(studentT(40)).toBeCloseTo(2.0211, 3)
    expect(studentT(120)).toBeCloseTo(1.9799, 3)
    expect(studentT(1e9)).toBeCloseTo(1.96, 4)
  })

  test('when a thousand such experiments are made, then about 95 % of the intervals hold the true mean', () => {
    const random = new Random(7, 'intervals')
    let held = 0
    for (let i = 0; i < 1000; i++) {
      // Means of many draws are nearly normal, as those of long runs are.
      const draws = Array.from({ length: 8 }, () => {
        let sum = 0
        for (let n = 0; n < 50; n++) sum += random.exponential()
        return sum / 50
      })
      const { mean = 0, halfWidth = 0 } = estimate(draws) ?? {}
      if (Math.abs(mean - 1) <= (halfWidth ?? 0)) held++
    }
    expect(held).toBeGreaterThan(925)
    expect(held).toBeLessThan(970)
  })
})
