/** Draws of durations: whole microseconds, the moments they promise, and the same list in every engine. */
import { describe, expect, test } from 'vitest'
import { type Duration, Sampler } from './distributions.ts'
import { Random } from './random.ts'

const DRAWS = 400_000

function drawUs(duration: Duration, random: Random, turn: number): number {
  return new Sampler(duration).drawUs(random, turn)
}

/** Mean, variance and third central moment of draws in units of `unitUs`. */
function moments(duration: Duration, unitUs: number) {
  const random = new Random(11, 'moments')
  const draws = Float64Array.from({ length: DRAWS }, (_, n) => drawUs(duration, random, n) / unitUs)
  const mean = draws.reduce((sum, x) => sum + x, 0) / DRAWS
  const central = (power: number) => draws.reduce((sum, x) => sum + (x - mean) ** power, 0) / DRAWS
  return { mean, variance: central(2), third: central(3) }
}

function first(duration: Duration, count = 8): number[] {
  const random = new Random(1, 'golden')
  return Array.from({ length: count }, (_, n) => drawUs(duration, random, n))
}

/** Four standard errors of a mean over the draws. */
function fourErrors(deviation: number): number {
  return (4 * deviation) / DRAWS ** 0.5
}

describe('given exponential durations', () => {
  const { mean, variance, third } = moments({ kind: 'exponential', meanMs: 1000 }, 1_000_000)

  test('when many are drawn, then mean, variance and skew are those of the law', () => {
    expect(Math.abs(mean - 1)).toBeLessThan(fourErrors(1))
    expect(Math.abs(variance - 1)).toBeLessThan(fourErrors(8 ** 0.5))
    expect(Math.abs(third - 2)).toBeLessThan(fourErrors(244 ** 0.5))
  })

  test('when the tail is counted, then each slice holds its share', () => {
    const random = new Random(5, 'tail')
    const beyond = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    for (let n = 0; n < DRAWS; n++) {
      const x = drawUs({ kind: 'exponential', meanMs: 1 }, random, n) / 1000
      for (let k = 0; k < 10 && x > k; k++) beyond[k] = (beyond[k] as number) + 1
    }
    let share = 1
    for (const count of beyond) {
      const error = (share * (1 - share)) ** 0.5
      // Rounded to a microsecond, one draw in two thousand is no duration at all.
      expect(Math.abs(count / DRAWS - share)).toBeLessThan(fourErrors(error) + 0.0006 * share)
      share *= 0.36787944117144233
    }
  })
})

describe('given lognormal durations', () => {
  test.each([0.1, 0.5, 1])('when cv is %d, then mean and deviation are as asked for', (cv) => {
    const { mean, variance } = moments({ kind: 'lognormal', meanMs: 200, cv }, 200_000)
    const w = 1 + cv * cv
    const kurtosis = w ** 4 + 2 * w ** 3 + 3 * w ** 2 - 3
    expect(Math.abs(mean - 1)).toBeLessThan(fourErrors(cv))
    expect(Math.abs(variance - cv * cv)).toBeLessThan(fourErrors(cv * cv * (kurtosis - 1) ** 0.5))
  })

  test('when there is no variation, then every draw is the mean', () => {
    expect(first({ kind: 'lognormal', meanMs: 3, cv: 0 }, 3)).toEqual([3000, 3000, 3000])
  })

  test('when the tail is absurd, then times are still whole numbers', () => {
    const random = new Random(2, 'absurd')
    for (let n = 0; n < 10_000; n++) {
      const us = drawUs({ kind: 'lognormal', meanMs: 86_400_000, cv: 1e9 }, random, n)
      expect(us >= 0 && Number.isSafeInteger(us)).toBe(true)
    }
  })
})

describe('given the other durations', () => {
  test('when they are uniform, then all values are equally likely', () => {
    const { mean, variance } = moments({ kind: 'uniform', minMs: 10, maxMs: 30 }, 1000)
    expect(Math.abs(mean - 20)).toBeLessThan(fourErrors(33.3 ** 0.5))
    expect(Math.abs(variance - 400 / 12)).toBeLessThan(fourErrors(890 ** 0.5))
  })

  test('when they are fixed or a trace, then they come as written, the trace in turn', () => {
    expect(first({ kind: 'fixed', ms: 0.0014 }, 2)).toEqual([1, 1])
    expect(first({ kind: 'trace', ms: [1, 2.5, 0] }, 5)).toEqual([1000, 2500, 0, 1000, 2500])
  })
})

describe('given a seed, in any JavaScript engine', () => {
  test('when the first durations are drawn, then they are these', () => {
    expect(first({ kind: 'exponential', meanMs: 1000 })).toEqual([
      1180072, 148028, 864957, 188664, 710165, 1927022, 1641195, 642459,
    ])
    expect(first({ kind: 'lognormal', meanMs: 1000, cv: 0.5 })).toEqual([
      1413866, 957176, 1402923, 792023, 1238270, 1829701, 1465114, 671363,
    ])
    expect(first({ kind: 'uniform', minMs: 0, maxMs: 1000 })).toEqual([
      538738, 33647, 101000, 405580, 810293, 854458, 304820, 939567,
    ])
  })

  test('when a million are drawn, then their sum is this: rare branches of the draw included', () => {
    const random = new Random(9, 'sum')
    let sum = 0
    for (let n = 0; n < 500_000; n++) {
      sum += drawUs({ kind: 'exponential', meanMs: 1000 }, random, n)
      sum += drawUs({ kind: 'lognormal', meanMs: 1000, cv: 2 }, random, n)
    }
    expect(sum).toBe(996231001150)
  })
})
