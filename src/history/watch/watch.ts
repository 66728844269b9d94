/** A number that is charted: goes along with the facts of a run and is condensed on the way. */
import type { World } from '../../scenario/world.ts'
import type { Follower } from '../conditions/follower.ts'
import type { Problem } from '../conditions/problem.ts'
import { openNumber } from '../conditions/scan.ts'
import type { Unit } from '../conditions/tokens.ts'
import { type Columns, Pyramid } from './pyramid.ts'

export function openWatch(
  run: World,
  text: string,
): { ok: true; watch: Watch } | { ok: false; problem: Problem } {
  const opened = openNumber(run, text)
  if (!opened.ok) return opened
  const { follower, unit } = opened.value
  return { ok: true, watch: new Watch(follower, unit, run.endUs) }
}

/** So many changes are kept with the fact that made them; of later ones a stretch of time is known. */
const CHANGES_MAX = 1 << 16

export class Watch {
  readonly unit: Unit
  private readonly follower: Follower
  private readonly pyramid: Pyramid
  private readonly look: (moment: number, timeUs: number) => void
  private begun = false
  /** The number of facts at each change, and the value from there on. */
  private readonly moments: number[] = []
  private readonly values: number[] = []

  constructor(follower: Follower, unit: Unit, endUs: number) {
    this.follower = follower
    this.unit = unit
    const pyramid = new Pyramid(endUs)
    const read = follower.reads[0] as (nowUs: number) => number
    this.pyramid = pyramid
    this.look = (moment, timeUs) => {
      const value = read(timeUs)
      pyramid.set(value, timeUs)
      this.keep(moment, value)
    }
  }

  get seen(): number {
    return this.follower.seen
  }

  /** Takes in at most `max` facts more; returns whether there are still more. */
  read(max = Number.POSITIVE_INFINITY): boolean {
    if (!this.begun) {
      this.begun = true
      this.look(0, 0)
    }
    return this.follower.follow(max, this.look)
  }

  /** What it was right after so many facts, the latest of which happened at `timeUs`; NaN where it was not there. */
  at(moment: number, timeUs: number): number {
    const { moments, values } = this
    const isKept = moments.length < CHANGES_MAX || moment <= (moments[CHANGES_MAX - 1] as number)
    if (!isKept) return this.pyramid.lastAt(timeUs)
    let [low, high] = [0, moments.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((moments[middle] as number) <= moment) low = middle + 1
      else high = middle
    }
    return values[low - 1] ?? Number.NaN
  }

  private keep(moment: number, value: number): void {
    const { moments, values } = this
    if (moments.length === CHANGES_MAX || Object.is(values.at(-1), value)) return
    moments.push(moment)
    values.push(value)
  }

  /** What it was over the run, known up to `knownUs`, in a power of two of columns. */
  columns(count: number, knownUs: number): Columns {
    this.pyramid.reach(knownUs)
    return this.pyramid.columns(count)
  }

  get seenUs(): number {
    return this.follower.nowUs
  }
}
