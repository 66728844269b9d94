/** Durations as they were measured: their mean and exact quantiles. */

/** Milliseconds; null where nothing was measured. */
export interface Spread {
  count: number
  meanMs: number | null
  p50Ms: number | null
  p95Ms: number | null
  p99Ms: number | null
}

/** Collects durations in microseconds. */
export class Samples {
  private values = new Float64Array(256)
  private count = 0

  add(us: number): void {
    if (this.count === this.values.length) {
      const next = new Float64Array(this.count * 2)
      next.set(this.values)
      this.values = next
    }
    this.values[this.count++] = us
  }

  /** Quantiles are exact: the value at rank ceil(q × count). */
  spread(): Spread {
    const { count } = this
    if (count === 0) return { count, meanMs: null, p50Ms: null, p95Ms: null, p99Ms: null }
    const sorted = this.values.slice(0, count).sort()
    let sum = 0
    for (const value of sorted) sum += value
    const at = (q: number) => (sorted[Math.max(0, Math.ceil(q * count) - 1)] as number) / 1000
    return { count, meanMs: sum / count / 1000, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) }
  }
}

/** A level over simulated time: now, its highest, and its average weighted by time. */
export class Level {
  now = 0
  max = 0
  private area = 0
  private sinceUs = 0

  change(by: number, atUs: number): void {
    this.area += this.now * (atUs - this.sinceUs)
    this.sinceUs = atUs
    this.now += by
    if (this.now > this.max) this.max = this.now
  }

  /** The average from 0 to `untilUs`. */
  average(untilUs: number): number {
    return untilUs <= 0 ? this.now : (this.area + this.now * (untilUs - this.sinceUs)) / untilUs
  }
}
