/**
 * How some durations are spread: mean and greatest exactly, quantiles exactly up to `EXACT` values.
 * Beyond that they are counted in classes of equal relative width (an HdrHistogram): a quantile is then
 * off by at most one part in a thousand.
 */

import { Ranks } from './ranks.ts'

export type Statistic = 'mean' | 'p50' | 'p95' | 'p99' | 'max'

/** Of the statistics that are quantiles: the share of values up to them. */
const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const

export interface SpreadNumbers {
  count: number
  meanMs: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  maxMs: number
}

/** Values kept one by one before they are only counted. */
const EXACT = 65_536
/** Classes for each power of two: half as many as steps, so one is at most 1/512 of its values wide. */
const STEPS = 512
const US_IN_MS = 1000

export class Spread {
  count = 0
  private sum = 0
  private most = 0
  private values: Float64Array | null = new Float64Array(64)
  private readonly classes: number[] = []
  /** Kept once a quantile is asked for while values still come. */
  private ranks: Ranks | null = null

  /** Adds a duration in whole microseconds. */
  add(us: number): void {
    if (this.values === null) this.countIn(us)
    else this.keep(this.values, us)
    this.ranks?.add(classOf(us))
    this.count++
    this.sum += us
    if (us > this.most) this.most = us
  }

  /** One statistic in µs, cheap enough to be read after every value; quantiles within one part in a thousand. */
  statisticUs(statistic: Statistic): number {
    if (this.count === 0) return Number.NaN
    if (statistic === 'mean') return this.sum / this.count
    if (statistic === 'max') return this.most
    this.ranks ??= this.ranked()
    const share = SHARES[statistic]
    return Math.min(middleOf(this.ranks.classOf(share, rankOf(share, this.count))), this.most)
  }

  numbers(): SpreadNumbers {
    const quantile = this.quantiles()
    return {
      count: this.count,
      meanMs: this.count === 0 ? 0 : this.sum / this.count / US_IN_MS,
      p50Ms: quantile(0.5) / US_IN_MS,
      p95Ms: quantile(0.95) / US_IN_MS,
      p99Ms: quantile(0.99) / US_IN_MS,
      maxMs: this.most / US_IN_MS,
    }
  }

  /** The value of rank `share * count`, the next one up where that is no whole number. */
  private quantiles(): (share: number) => number {
    const { values, count, classes } = this
    if (count === 0) return () => 0
    if (values === null) {
      return (share) => {
        const rank = rankOf(share, count)
        let seen = 0
        const at = classes.findIndex((size) => {
          seen += size ?? 0
          return seen > rank
        })
        return Math.min(middleOf(at), this.most)
      }
    }
    const sorted = values.slice(0, count).sort()
    return (share) => sorted[rankOf(share, count)] as number
  }

  private ranked(): Ranks {
    const ranks = new Ranks()
    const { values, count, classes } = this
    if (values !== null) for (let i = 0; i < count; i++) ranks.add(classOf(values[i] as number))
    else
      classes.forEach((times, at) => {
        if (times > 0) ranks.add(at, times)
      })
    return ranks
  }

  private keep(values: Float64Array, us: number): void {
    if (this.count === EXACT) {
      for (const value of values) this.countIn(value)
      this.values = null
      this.countIn(us)
      return
    }
    if (this.count === values.length) {
      const more = new Float64Array(values.length * 2)
      more.set(values)
      this.values = more
      more[this.count] = us
      return
    }
    values[this.count] = us
  }

  private countIn(us: number): void {
    const at = classOf(us)
    while (this.classes.length <= at) this.classes.push(0)
    this.classes[at] = (this.classes[at] as number) + 1
  }
}

function rankOf(share: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.ceil(share * count) - 1))
}

/** Values below `2 * STEPS` have a class of their own; above, `STEPS` classes for each power of two. */
function classOf(us: number): number {
  // Of 31 bits the power of two is counted at once; durations beyond, half an hour and more, are rare.
  if (us < 0x80000000) {
    const power = Math.max(0, 22 - Math.clz32(us))
    return power * STEPS + (us >>> power)
  }
  let value = us
  let power = 0
  while (value >= 2 * STEPS) {
    value /= 2
    power++
  }
  return power * STEPS + Math.floor(value)
}

/** The middle of a class. */
function middleOf(at: number): number {
  if (at < 2 * STEPS) return at
  const power = Math.floor(at / STEPS) - 1
  let low = at - power * STEPS
  let width = 1
  for (let i = 0; i < power; i++) {
    low *= 2
    width *= 2
  }
  return low + (width - 1) / 2
}
