/**
 * Exponential and logarithm from + − × ÷ alone, so that every JavaScript engine gives the same last
 * bit: ECMAScript leaves those of `Math.exp` and `Math.log` open. Polynomials are fdlibm's (e_exp.c,
 * e_log.c); the error stays below one unit in the last place.
 */

const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const LOG2_E = 1 / (LN2_HIGH + LN2_LOW)
const SQRT_2 = Math.sqrt(2)

/** e to the power of `x`; Infinity above 708 and 0 below -708, where doubles end soon anyway. */
export function exactExp(x: number): number {
  if (x > 708) return Number.POSITIVE_INFINITY
  if (x < -708) return 0
  const k = Math.round(x * LOG2_E)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const t = r * r
  const p =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))))
  const y = 1 - (low - (r * p) / (2 - p) - high)
  return scaled(y, k)
}

/** Natural logarithm of a positive, finite `x`. */
export function exactLog(x: number): number {
  let k = 0
  let m = x
  while (m > SQRT_2) {
    m /= 2
    k++
  }
  while (m < SQRT_2 / 2) {
    m *= 2
    k--
  }
  const f = m - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const odd =
    z *
    (0.6666666666666735 +
      w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const half = 0.5 * f * f
  return k * LN2_HIGH - (half - (s * (half + even + odd) + k * LN2_LOW) - f)
}

/** `y` times 2 to the power of `k`, by squaring: every step is exact. */
function scaled(y: number, k: number): number {
  let result = y
  let factor = k < 0 ? 0.5 : 2
  for (let n = Math.abs(k); n > 0; n >>= 1) {
    if ((n & 1) === 1) result *= factor
    factor *= factor
  }
  return result
}
