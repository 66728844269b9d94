/**
 * The runs that have been looked at. The same order gives the same run, so that returning to a branch
 * finds it as it was left.
 */
import type { Action, Scenario } from '../scenario/document.ts'
import { History } from './history.ts'

/** A run to compute: the same order gives the same hash everywhere. */
export interface Order {
  scenario: Scenario
  script: readonly Action[]
  seed: number
}

/** Most facts of a run that are kept (16 bytes each, with as much again for messages). */
const FACTS_MAX = 4_000_000
/** Facts of all kept runs together that nobody looks at; beyond it the one looked at longest ago goes. */
const RESTING_FACTS_MAX = 4_000_000

interface Kept {
  key: string
  history: History
}

export class Runs {
  /** The one looked at last is the last. */
  private kept: Kept[] = []
  private readonly restingFactsMax: number

  constructor(options: { restingFactsMax?: number } = {}) {
    this.restingFactsMax = options.restingFactsMax ?? RESTING_FACTS_MAX
  }

  /** The run of an order: the one that is there, or a new one. */
  open(order: Order): History {
    const key = keyOf(order)
    const known = this.kept.find((run) => run.key === key)
    const run = known ?? { key, history: historyOf(order) }
    this.kept = [...this.kept.filter((each) => each !== run), run]
    return run.history
  }

  /** Lets the oldest runs go that are too many, except those `inUse`. */
  trim(inUse: ReadonlySet<History>): void {
    let facts = 0
    for (const run of this.kept.toReversed()) {
      if (inUse.has(run.history)) continue
      facts += run.history.factCount
      if (facts <= this.restingFactsMax) continue
      this.kept = this.kept.filter((each) => each !== run)
      run.history.close()
    }
  }
}

function historyOf({ scenario, script, seed }: Order): History {
  return new History(scenario, script, { seed, factsMax: FACTS_MAX })
}

/** Orders with the same key have the same facts: where nodes stand and what the scenario says of itself is left out. */
function keyOf({ scenario, script, seed }: Order): string {
  const { title: _title, about: _about, code: _code, nodes, ...rest } = scenario
  const placeless = nodes.map(({ position: _position, ...node }) => node)
  return JSON.stringify([seed, script, placeless, rest])
}
