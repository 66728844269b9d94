/** How long things waited and how long they took, as the run's own meter measures it: `wait.p95(node)`, `e2e.mean(node)`. */
import type { RunMeter } from '../../metrics/runMeter.ts'
import type { Statistic } from '../../metrics/spread.ts'
import type { Term, TermContext } from '../term.ts'

/** Waiting ends when work on a message begins for the first time; `e2e` ends when it is done. */
export type Span = 'wait' | 'e2e'

export class SpreadTerm implements Term {
  readonly everyFact = true
  private readonly meter: RunMeter
  private readonly place: number
  private readonly span: Span
  private readonly statistic: Statistic
  private seen = 0
  private value = Number.NaN

  constructor(context: TermContext, place: number, span: Span, statistic: Statistic) {
    this.meter = context.meter()
    this.place = place
    this.span = span
    this.statistic = statistic
  }

  /** The meter has measured the fact already. */
  take(): boolean {
    const spread = this.meter.spread(this.place, this.span)
    if (spread.count === this.seen) return false
    this.seen = spread.count
    const before = this.value
    this.value = spread.statisticUs(this.statistic)
    return this.value !== before
  }

  /** In µs; NaN before the first. */
  read(): number {
    return this.value
  }
}
