/**
 * What independent runs say of a mean: each seed gives one number, and the interval that holds the true
 * mean in 95 of 100 experiments follows from how they differ (Student's t with n - 1 degrees of freedom).
 */

export interface Estimate {
  /** Runs with something to measure. */
  count: number
  mean: number
  /** Half the width of the 95 % confidence interval of the mean; null with fewer than two runs. */
  halfWidth: number | null
  min: number
  max: number
}

/** The mean of numbers that are independent of each other; NaN among them counts as no number. */
export function estimate(values: readonly number[]): Estimate | null {
  const known = values.filter((value) => !Number.isNaN(value))
  const count = known.length
  if (count === 0) return null
  const mean = known.reduce((sum, value) => sum + value, 0) / count
  const squares = known.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  const halfWidth =
    count < 2 ? null : studentT(count - 1) * Math.sqrt(squares / (count - 1) / count)
  return { count, mean, halfWidth, min: Math.min(...known), max: Math.max(...known) }
}

/** 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom. */
const T = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788,
  2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639,
  2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
]
const NORMAL = 1.959964

/** The 97.5 % quantile of Student's t; beyond 30 by its expansion about the normal one (Abramowitz and Stegun 26.7.5). */
export function studentT(freedom: number): number {
  const known = T[freedom - 1]
  if (known !== undefined) return known
  const z = NORMAL
  const z3 = z * z * z
  const z5 = z3 * z * z
  return z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom)
}
