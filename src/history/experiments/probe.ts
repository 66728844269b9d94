/** One run of an exploration: computed, read for its outcomes, and where it can be hurt. */
import type { Scenario, Script } from '../../scenario/document.ts'
import { History } from '../history.ts'
import type { Outcome } from '../outcomes/outcome.ts'
import { OutcomeReader } from '../outcomes/reader.ts'
import { Scopes } from '../outcomes/scopes.ts'
import { completedAt } from '../outcomes/violations.ts'
import { hashOfRun } from '../runHash.ts'
import { type FaultPoint, faultPoints } from './faults.ts'
import { storyOf } from './story.ts'

export interface ProbeOrder {
  scenario: Scenario
  script: Script
  seed: number
  /** Whether the points at which it can be hurt are wanted, and its hash. */
  withPoints: boolean
}

/** The first outcome of a class, with the number of facts that it takes to tell it. */
export interface Finding {
  /** Its class: the kind, at a node or link, or at clients that compete with each other. */
  id: string
  outcome: Outcome
  story: number
  /** Of the run up to the fact that completes it: whoever is sent it can check that it is the same. */
  hash: string
}

export interface ProbeResult {
  /** The first of each class that there was, in the order of time. */
  findings: Finding[]
  /** Messages that each producer made, by its id. */
  published: Record<string, number>
  points: FaultPoint[]
  hash: string
  /** Why the run stopped before its end, or null. */
  stopped: string | null
}

/** Most facts of one run: an exploration is of many short ones. */
const PROBE_FACTS_MAX = 400_000

export class ProbeRun {
  readonly history: History
  private readonly reader: OutcomeReader
  private readonly order: ProbeOrder

  constructor(order: ProbeOrder) {
    const { scenario, script, seed } = order
    this.order = order
    this.history = new History(scenario, script, { seed, factsMax: PROBE_FACTS_MAX })
    this.reader = new OutcomeReader(this.history.live)
  }

  /** Goes on by about `facts` facts; returns whether there is more to do. */
  advance(facts: number): boolean {
    if (this.history.done) return this.reader.read(facts)
    this.history.advance(facts)
    return true
  }

  /** What it came to, when there is nothing more to do. Called once. */
  result(): ProbeResult {
    while (this.advance(Number.POSITIVE_INFINITY)) {}
    const { live, stopped } = this.history
    const found = this.reader.finish()
    const first = new Map<string, Outcome>()
    const scopes = new Scopes(live.scenario)
    for (const outcome of found) {
      const place = live.scenario.nodes.findIndex(({ id }) => id === outcome.node)
      const id = `${outcome.kind} ${place === -1 ? outcome.node : scopes.of(place)}`
      if (!first.has(id)) first.set(id, outcome)
    }
    const findings = [...first].map(([id, outcome]) => ({
      id,
      outcome,
      story: storyOf(live, outcome),
      hash: hashOfRun(live.records, completedAt(outcome)),
    }))
    const { withPoints } = this.order
    return {
      findings,
      published: this.published(),
      points: withPoints ? faultPoints(live) : [],
      hash: withPoints ? hashOfRun(live.records) : '',
      stopped,
    }
  }

  private published(): Record<string, number> {
    const { scenario, sim } = this.history.live
    const made: Record<string, number> = {}
    for (const [place, { id, kind }] of scenario.nodes.entries()) {
      if (kind === 'producer') made[id] = (sim.parts[place] as unknown as { made: number }).made
    }
    return made
  }
}
