/**
 * The runs that have been looked at. The same order gives the same run, so that returning to a branch finds
 * it as it was left; an order that begins like one of them is forked from that, so that what branches have
 * in common is computed and kept once.
 */
import type { Action, Scenario } from '../scenario/document.ts'
import { History } from './history.ts'

/** A run to compute: the same order gives the same hash everywhere. */
export interface Order {
  scenario: Scenario
  script: readonly Action[]
  seed: number
}

/** Most facts of a run that are kept: below 200 MB, since old ones are packed. */
const FACTS_MAX = 10_000_000
/**
 * Facts of their own of all runs that nobody looks at; beyond it the one looked at longest ago is let go.
 * What a run shares with the one that it was forked from is not its own.
 */
const RESTING_FACTS_MAX = 10_000_000

interface Kept {
  /** Equal for runs of one scenario with one seed. */
  family: string
  script: string
  history: History
}

interface RunsOptions {
  factsMax?: number
  checkpointFacts?: number
  restingFactsMax?: number
}

export class Runs {
  /** The one looked at last is the last. */
  private kept: Kept[] = []
  private readonly restingFactsMax: number
  private readonly options: RunsOptions

  constructor(options: RunsOptions = {}) {
    this.options = { factsMax: FACTS_MAX, ...options }
    this.restingFactsMax = options.restingFactsMax ?? RESTING_FACTS_MAX
  }

  /** The run of an order: the one that is there, a fork of another, or a new one. */
  open(order: Order): History {
    const family = familyOf(order)
    const script = JSON.stringify(order.script)
    const known = this.kept.find((run) => run.family === family && run.script === script)
    const run = known ?? { family, script, history: this.begin(order, family) }
    this.kept = [...this.kept.filter((each) => each !== run), run]
    return run.history
  }

  /** Lets the oldest runs go that are too many, except those `inUse`. */
  trim(inUse: ReadonlySet<History>): void {
    let facts = 0
    for (const run of this.kept.toReversed()) {
      if (inUse.has(run.history)) continue
      facts += run.history.factCount - run.history.forkIndex
      if (facts <= this.restingFactsMax) continue
      this.kept = this.kept.filter((each) => each !== run)
      run.history.close()
    }
  }

  private begin({ scenario, script, seed }: Order, family: string): History {
    let origin: History | null = null
    let shared = 0
    for (const { history } of this.kept.filter((run) => run.family === family)) {
      const facts = history.sharedWith(script)
      if (facts > shared) [origin, shared] = [history, facts]
    }
    return origin?.fork(script) ?? new History(scenario, script, { ...this.options, seed })
  }
}

/** Where nodes stand and what the scenario says of itself makes no difference to what happens. */
function familyOf({ scenario, seed }: Order): string {
  const { title: _title, about: _about, code: _code, nodes, ...rest } = scenario
  const placeless = nodes.map(({ position: _position, ...node }) => node)
  return JSON.stringify([seed, placeless, rest])
}
