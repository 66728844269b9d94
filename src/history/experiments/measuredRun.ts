/**
 * One run of an experiment, from its first fact to its numbers, in steps of any size: computed as any run
 * is, then measured once over. The command line, a sweep's worker and the page all measure by this.
 */
import { usFromMs } from '../../base/time.ts'
import type { Scenario, Script } from '../../scenario/document.ts'
import { History } from '../history.ts'
import type { RunNumbers } from '../metrics/numbers.ts'
import { RunMeter } from '../metrics/runMeter.ts'
import type { OutcomeKind } from '../outcomes/outcome.ts'
import { OutcomeReader } from '../outcomes/reader.ts'

export interface RunOrder {
  scenario: Scenario
  script: Script
  seed: number
  /** Simulated time at the beginning that is not measured. */
  leftOutMs: number
  /** Whether its outcomes are counted too, which takes longer. */
  withOutcomes: boolean
  /** Most facts: past this the run stops with a sentence. */
  factsMax: number
}

export interface RunResult extends RunNumbers {
  /** How many outcomes of each kind it came to, all of the run; null if not counted. */
  outcomes: Record<OutcomeKind, number> | null
  /** Why the run stopped before its end, or null. */
  stopped: string | null
}

export class MeasuredRun {
  readonly history: History
  private readonly order: RunOrder
  private meter: RunMeter | null = null
  private outcomes: OutcomeReader | null = null

  constructor(order: RunOrder) {
    const { scenario, script, seed, factsMax } = order
    this.order = order
    this.history = new History(scenario, script, { seed, factsMax })
  }

  /** Goes on by about `facts` facts; returns whether there is more to do. */
  advance(facts: number): boolean {
    const { history } = this
    if (!history.done) {
      history.advance(facts)
      return true
    }
    if (this.meter === null) {
      this.meter = new RunMeter(history.live)
      this.outcomes = this.order.withOutcomes ? new OutcomeReader(history.live) : null
      const leftOutUs = usFromMs(this.order.leftOutMs)
      if (leftOutUs > 0) this.meter.leaveOut(Math.min(leftOutUs, history.computedUs))
    }
    if (this.meter.read(facts)) return true
    return this.outcomes?.read(facts) ?? false
  }

  /** What it came to, when there is nothing more to do. */
  result(): RunResult {
    while (this.advance(Number.POSITIVE_INFINITY)) {}
    const numbers = (this.meter as RunMeter).numbers(this.history.computedUs)
    this.outcomes?.finish()
    return { ...numbers, outcomes: this.outcomes?.counts ?? null, stopped: this.history.stopped }
  }
}
