/** Quantiles: exact while values are few, within a thousandth when they are many. */
import { describe, expect, test } from 'vitest'
import { Random } from '../../engine/random.ts'
import { Spread } from './spread.ts'

function filled(values: Iterable<number>): Spread {
  const spread = new Spread()
  for (const value of values) spread.add(value)
  return spread
}

/** Exponential durations with a mean of one second, in whole microseconds. */
function durations(count: number): number[] {
  const random = new Random(1, 'durations')
  return Array.from({ length: count }, () => Math.round(random.exponential() * 1_000_000))
}

describe('given few durations', () => {
  test('when there are a hundred, then quantiles are those of their ranks', () => {
    const values = Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) + 1).map(
      (ms) => ms * 1000,
    )
    expect(filled(values).numbers()).toEqual({
      count: 100,
      meanMs: 50.5,
      p50Ms: 50,
      p95Ms: 95,
      p99Ms: 99,
      maxMs: 100,
    })
  })

  test('when there is one, then it is every quantile; when there is none, all are 0', () => {
    const one = { count: 1, meanMs: 7, p50Ms: 7, p95Ms: 7, p99Ms: 7, maxMs: 7 }
    expect(filled([7000]).numbers()).toEqual(one)
    expect(new Spread().numbers().p99Ms).toBe(0)
  })
})

describe('given so many durations that they are only counted', () => {
  const values = durations(300_000)
  const numbers = filled(values).numbers()

  test('when quantiles are asked for, then they are within a thousandth of the exact ones', () => {
    const sorted = values.toSorted((a, b) => a - b)
    for (const [share, ms] of [
      [0.5, numbers.p50Ms],
      [0.95, numbers.p95Ms],
      [0.99, numbers.p99Ms],
    ] as const) {
      const exactMs = (sorted[Math.ceil(share * sorted.length) - 1] ?? 0) / 1000
      expect(Math.abs(ms / exactMs - 1)).toBeLessThan(0.001)
    }
  })

  test('when mean and greatest are asked for, then they are exact', () => {
    expect(numbers.count).toBe(300_000)
    expect(numbers.meanMs).toBe(values.reduce((sum, us) => sum + us, 0) / 300_000 / 1000)
    expect(numbers.maxMs).toBe(values.reduce((most, us) => Math.max(most, us), 0) / 1000)
  })

  test('when all are equal or tiny, then no quantile is above them', () => {
    const same = filled(Array.from({ length: 70_000 }, () => 1_048_576)).numbers()
    expect(same.p50Ms).toBe(same.maxMs)
    expect(filled(Array.from({ length: 70_000 }, (_, i) => i % 3)).numbers().p50Ms).toBe(0.001)
  })
})

describe('given a quantile that is read after every duration', () => {
  test('when short and very long ones come in any order, then each is that of all so far, within a thousandth', () => {
    const random = new Random(2, 'spread')
    const spread = new Spread()
    const all: number[] = []
    for (let n = 0; n < 3000; n++) {
      // Long ones at first, then shorter and shorter ones: the rank wanders both ways.
      const us = Math.floor(random.exponential() * (n % 500 === 0 ? 9e9 : 4_000_000 / (1 + n)))
      spread.add(us)
      all.push(us)
      all.sort((a, b) => a - b)
      for (const [statistic, share] of [
        ['p50', 0.5],
        ['p95', 0.95],
        ['p99', 0.99],
      ] as const) {
        if ((n * 7 + share * 100) % 3 > 1) continue
        const exact = all[Math.max(0, Math.ceil(share * all.length) - 1)] as number
        expect(Math.abs(spread.statisticUs(statistic) - exact)).toBeLessThanOrEqual(exact / 1000)
      }
    }
  })
})
