/** Own exponential and logarithm against values of mathematics, since no engine's `Math` may be the judge. */
import { describe, expect, test } from 'vitest'
import { exactExp, exactLog } from './exact.ts'

/** Some rounding in the last place is allowed; which one it is, the golden draws hold fast. */
const ULP = 2.3e-16

describe('given numbers whose exponentials are known to twenty digits', () => {
  test.each([
    [0, 1],
    [1, Math.E],
    [-1, 0.36787944117144233],
    [0.5, 1.6487212707001282],
    [-0.34, 0.7117703227626097],
    [10, 22026.465794806718],
    [-20, 2.061153622438558e-9],
    [100, 2.6881171418161356e43],
    [-700, 9.85967654375977e-305],
  ])('when e^%d is taken, then it is %d', (x, y) => {
    expect(Math.abs(exactExp(x) - y)).toBeLessThanOrEqual(2 * ULP * y)
  })

  test('when the exponent is beyond the doubles, then it is 0 or Infinity', () => {
    expect(exactExp(-800)).toBe(0)
    expect(exactExp(800)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('given numbers whose logarithms are known to twenty digits', () => {
  test.each([
    [1, 0],
    [2, Math.LN2],
    [10, Math.LN10],
    [0.1, -Math.LN10],
    [1.0625, 0.06062462181643484],
    [1e-300, -690.7755278982137],
    [123456789, 18.63140176616802],
  ])('when ln %d is taken, then it is %d', (x, y) => {
    expect(Math.abs(exactLog(x) - y)).toBeLessThanOrEqual(2 * ULP * Math.abs(y))
  })

  test('when a logarithm is raised again, then the number comes back', () => {
    for (let x = 0.001; x < 1000; x *= 1.37) expect(exactExp(exactLog(x)) / x).toBeCloseTo(1, 13)
  })
})
