/** What a goal comes to over a run: met, broken, or open while the run still decides; and at which moment. */
import type { Read } from './check.ts'
import type { Goal } from './syntax.ts'

export interface Verdict {
  /** Null: not decided yet. */
  holds: boolean | null
  /** How many facts there were when it was decided, or null. */
  moment: number | null
}

/** Judges one goal while the facts go by. */
export class Judge {
  private verdict: Verdict = { holds: null, moment: null }
  /** The truth at the latest moment, NaN where unknown. */
  private truth = Number.NaN
  private moment = 0
  /** For `within`: the moment and deadline of what has not been answered yet, oldest first. */
  private pending: { moment: number; deadlineUs: number }[] = []
  private wasAfter = false
  private readonly goal: Goal
  private readonly of: Read
  private readonly after: Read | null

  constructor(goal: Goal, of: Read, after: Read | null) {
    this.goal = goal
    this.of = of
    this.after = after
  }

  /** Looks at a moment; returns whether it is one that a timeline marks: where a never is true, an always false. */
  look(moment: number, timeUs: number): boolean {
    const { goal } = this
    if (goal.type === 'at' && timeUs > goal.us) this.decide(this.truth === 1, this.moment)
    const truth = this.of(timeUs)
    if (goal.type === 'within') this.lookWithin(goal.us, moment, timeUs, truth === 1)
    else if (goal.type === 'always' && truth === 0) this.decide(false, moment)
    else if (goal.type === 'never' && truth === 1) this.decide(false, moment)
    else if (goal.type === 'eventually' && truth === 1) this.decide(true, moment)
    this.truth = truth
    this.moment = moment
    return goal.type === 'always' ? truth === 0 : truth === 1
  }

  /** The verdict so far, or of the whole run once it is over at `endUs`. */
  at(over: boolean, endUs: number): Verdict {
    if (!over || this.verdict.holds !== null) return this.verdict
    const { moment } = this
    switch (this.goal.type) {
      case 'always':
      case 'never':
        return { holds: true, moment }
      case 'eventually':
        return { holds: false, moment }
      case 'end':
        return { holds: this.truth === 1, moment }
      case 'at':
        return this.goal.us > endUs ? this.verdict : { holds: this.truth === 1, moment }
      case 'within': {
        const first = this.pending[0]
        if (!first) return { holds: true, moment }
        return first.deadlineUs > endUs ? this.verdict : { holds: false, moment: first.moment }
      }
    }
  }

  private lookWithin(us: number, moment: number, timeUs: number, isTrue: boolean): void {
    const isAfter = this.after?.(timeUs) === 1
    if (isAfter && !this.wasAfter) this.pending.push({ moment, deadlineUs: timeUs + us })
    this.wasAfter = isAfter
    const first = this.pending[0]
    if (first && timeUs > first.deadlineUs) this.decide(false, first.moment)
    else if (isTrue) this.pending = []
  }

  private decide(holds: boolean, moment: number): void {
    if (this.verdict.holds === null) this.verdict = { holds, moment }
  }
}
