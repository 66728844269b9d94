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

export class Watch {
  readonly unit: Unit
  private readonly follower: Follower
  private readonly pyramid: Pyramid
  private readonly look: (moment: number, timeUs: number) => void
  private begun = false

  constructor(follower: Follower, unit: Unit, endUs: number) {
    this.follower = follower
    this.unit = unit
    const pyramid = new Pyramid(endUs)
    const read = follower.reads[0] as (nowUs: number) => number
    this.pyramid = pyramid
    this.look = (_moment, timeUs) => pyramid.set(read(timeUs), timeUs)
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

  /** What it was over the run, known up to `knownUs`, in a power of two of columns. */
  columns(count: number, knownUs: number): Columns {
    this.pyramid.reach(knownUs)
    return this.pyramid.columns(count)
  }

  get seenUs(): number {
    return this.follower.nowUs
  }
}
