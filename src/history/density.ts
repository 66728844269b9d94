/** What happened when: facts counted in equal slices of the run, with marks for faults and actions. */
import type { Action } from '../scenario/document.ts'
import { WORLD_FACTS } from '../scenario/world.ts'
import type { Density } from './answers.ts'
import type { History } from './history.ts'
import { lineOf, nameOf } from './lines.ts'
import { describeAction } from './sentences/world.ts'
import { factKind } from './vocabulary.ts'

const MARKS_MAX = 1_000

/** Counts as the run grows, a bounded number of facts at a time. */
export class DensityCounter {
  private readonly counts: Uint32Array
  private readonly marks: Density['marks'] = []
  /** Last slice with a fault mark: one a slice is enough to see. */
  private faultSlice = -1
  /** Facts counted so far. */
  seen = 0
  private readonly history: History
  readonly slices: number

  constructor(history: History, slices: number) {
    this.history = history
    this.slices = slices
    this.counts = new Uint32Array(slices)
  }

  /** Counts at most `max` facts more. */
  count(max: number): void {
    const { slices, counts, endUs } = this
    const { facts } = this.history.live.records
    const to = Math.min(facts.count, this.seen + max)
    let index = this.seen
    facts.each(index, to, (timeUs, kind) => {
      const slice = Math.min(slices - 1, Math.floor((timeUs / endUs) * slices))
      counts[slice] = (counts[slice] as number) + 1
      this.mark(index++, timeUs, kind, slice)
    })
    this.seen = to
  }

  /** What was counted. */
  density(): Density {
    return { endUs: this.endUs, counts: this.counts.slice(), marks: [...this.marks] }
  }

  private get endUs(): number {
    return Math.max(1, this.history.live.endUs)
  }

  private mark(index: number, timeUs: number, kind: number, slice: number): void {
    if (this.marks.length >= MARKS_MAX) return
    if (kind === WORLD_FACTS.acted) {
      const { records } = this.history.live
      const label = describeAction(records.rowAt<Action>(records.facts.aux(index)), (id) =>
        nameOf(this.history, id),
      )
      this.marks.push({ timeUs, factIndex: index + 1, tone: 'action', label })
    } else if (slice !== this.faultSlice && factKind(kind).tone === 'fault') {
      this.faultSlice = slice
      const label = lineOf(this.history, index).sentence
      this.marks.push({ timeUs, factIndex: index + 1, tone: 'fault', label })
    }
  }
}
