/**
 * A number over a run, condensed while it is recorded: least, greatest, mean and last value of equal stretches of time,
 * of pairs of those, of pairs of pairs … A chart of any run takes as many columns as it has, however many facts there
 * were. A value that lasts no time at all leaves no trace, as in the small charts (`series.ts`).
 */

/** Stretches of the finest level: 2 to this power. */
const FINEST = 14

/** What is known of equal stretches of time; NaN where nothing is. */
export interface Columns {
  min: Float64Array
  max: Float64Array
  /** Averaged over the time in which the number was known. */
  mean: Float64Array
  last: Float64Array
}

class Level {
  readonly min: Float64Array
  readonly max: Float64Array
  readonly last: Float64Array
  /** Value times µs, and the µs for which there was one. */
  readonly area: Float64Array
  readonly known: Float64Array

  constructor(length: number) {
    this.min = new Float64Array(length).fill(Number.NaN)
    this.max = new Float64Array(length).fill(Number.NaN)
    this.last = new Float64Array(length).fill(Number.NaN)
    this.area = new Float64Array(length)
    this.known = new Float64Array(length)
  }

  add(at: number, value: number, us: number): void {
    const { min, max } = this
    // NaN compares as false: in a stretch without a value, this one is both.
    if (!((min[at] as number) <= value)) min[at] = value
    if (!((max[at] as number) >= value)) max[at] = value
    this.last[at] = value
    this.area[at] = (this.area[at] as number) + value * us
    this.known[at] = (this.known[at] as number) + us
  }

  /** Takes over what two stretches of the finer level come to. */
  merge(at: number, finer: Level): void {
    const a = at * 2
    const b = a + 1
    this.min[at] = least(finer.min[a] as number, finer.min[b] as number)
    this.max[at] = -least(-(finer.max[a] as number), -(finer.max[b] as number))
    const last = finer.last[b] as number
    this.last[at] = Number.isNaN(last) ? (finer.last[a] as number) : last
    this.area[at] = (finer.area[a] as number) + (finer.area[b] as number)
    this.known[at] = (finer.known[a] as number) + (finer.known[b] as number)
  }
}

export class Pyramid {
  /** From the finest to the one with a single stretch. */
  private readonly levels: Level[]
  private value = Number.NaN
  private sinceUs = 0
  private readonly stretchUs: number

  constructor(endUs: number) {
    this.levels = Array.from({ length: FINEST + 1 }, (_, k) => new Level(1 << (FINEST - k)))
    this.stretchUs = Math.max(1, endUs) / (1 << FINEST)
  }

  /** The number has this value from a moment on. */
  set(value: number, timeUs: number): void {
    if (value === this.value) return
    this.reach(timeUs)
    this.value = value
  }

  /** It kept its value up to a moment. */
  reach(timeUs: number): void {
    const { value, stretchUs } = this
    const finest = this.levels[0] as Level
    const lastStretch = finest.min.length - 1
    while (this.sinceUs < timeUs) {
      const at = Math.min(lastStretch, Math.floor(this.sinceUs / stretchUs))
      const isLast = at === lastStretch
      const edgeUs = isLast ? timeUs : Math.min(timeUs, (at + 1) * stretchUs)
      // An edge that rounds down to where one stands would be stood on for ever.
      const toUs = edgeUs > this.sinceUs ? edgeUs : timeUs
      if (!Number.isNaN(value)) finest.add(at, value, toUs - this.sinceUs)
      this.sinceUs = toUs
      if (Math.floor(toUs / stretchUs) > at) this.close(at)
    }
  }

  /** The last value of the finest stretch in which a moment is. */
  lastAt(timeUs: number): number {
    const { last } = this.levels[0] as Level
    return last[Math.min(last.length - 1, Math.floor(timeUs / this.stretchUs))] as number
  }

  /** The whole run in so many columns, a power of two up to 2^14. */
  columns(count: number): Columns {
    const k = FINEST - Math.round(log2(count))
    const level = this.levels[k] as Level
    this.close(Math.min((1 << FINEST) - 1, Math.floor(this.sinceUs / this.stretchUs)))
    const mean = level.area.map((area, at) => area / (level.known[at] as number))
    return { min: level.min.slice(), max: level.max.slice(), mean, last: level.last.slice() }
  }

  /** Carries a stretch that is complete up to the coarser levels. */
  private close(at: number): void {
    for (let k = 1, place = at >> 1; k < this.levels.length; k++, place >>= 1) {
      ;(this.levels[k] as Level).merge(place, this.levels[k - 1] as Level)
    }
  }
}

function least(a: number, b: number): number {
  if (Number.isNaN(a)) return b
  return Number.isNaN(b) || a <= b ? a : b
}

function log2(count: number): number {
  return 31 - Math.clz32(count)
}
