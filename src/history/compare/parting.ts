/**
 * The first fact in which two runs differ. As long as both are the same run, all their numbers agree; where
 * they do not (a node more, a setting that changes the set-up) what the facts say is compared instead.
 */
import type { FactLine } from '../answers.ts'
import type { History } from '../history.ts'
import { lineOf } from '../lines.ts'
import { factKind } from '../vocabulary.ts'

export interface Difference {
  /** When it is: of the earlier of the two facts. */
  timeUs: number
  /** What happens at that place in each run; null where one has nothing more. */
  here: FactLine | null
  there: FactLine | null
}

/** Where the comparison stands in one of the runs. */
interface Side {
  history: History
  at: number
  to: number
}

export class Parting {
  difference: Difference | null = null
  private readonly here: Side
  private readonly there: Side
  /** Whether both have the same nodes and links, so that the same numbers mean the same. */
  private readonly aligned: boolean
  /** Messages below this number have been compared. */
  private messages = 0

  /** Compares the first `hereTo` facts of one run with the first `thereTo` of the other. */
  constructor(here: History, hereTo: number, there: History, thereTo: number) {
    this.here = { history: here, at: 0, to: hereTo }
    this.there = { history: there, at: 0, to: thereTo }
    this.aligned = outline(here) === outline(there)
  }

  /** Looks at `facts` more; returns whether there is more to look at. */
  read(facts: number): boolean {
    const { here, there } = this
    if (this.difference) return false
    for (let left = facts; left > 0; left--) {
      skipSetUp(here)
      skipSetUp(there)
      if (here.at >= here.to && there.at >= there.to) return false
      if (here.at >= here.to || there.at >= there.to || !this.isSame()) {
        this.difference = this.found()
        return false
      }
      here.at++
      there.at++
    }
    return true
  }

  private isSame(): boolean {
    const a = this.here.history.live.records.facts
    const b = this.there.history.live.records.facts
    const [i, j] = [this.here.at, this.there.at]
    const kind = a.kind(i)
    if (kind !== b.kind(j) || a.timeUs(i) !== b.timeUs(j)) return false
    const message = a.message(i)
    const isEqual =
      this.aligned && a.node(i) === b.node(j) && message === b.message(j) && a.aux(i) === b.aux(j)
    // What was done stands in a row, which the numbers only point to.
    if (!isEqual || factKind(kind).tone === 'action') return this.saysTheSame()
    return message < this.messages || this.isSameMessage(message)
  }

  /** A message that is seen for the first time is the same if it is written the same. */
  private isSameMessage(message: number): boolean {
    const a = this.here.history.live.records
    const b = this.there.history.live.records
    if (message >= a.messages.count || message >= b.messages.count) return true
    this.messages = message + 1
    return a.body(message) === b.body(message) && a.key(message) === b.key(message)
  }

  private saysTheSame(): boolean {
    const a = lineOf(this.here.history, this.here.at)
    const b = lineOf(this.there.history, this.there.at)
    return a.node === b.node && a.sentence === b.sentence
  }

  private found(): Difference {
    const [here, there] = [lineAt(this.here), lineAt(this.there)]
    const timeUs = Math.min(
      here?.timeUs ?? Number.POSITIVE_INFINITY,
      there?.timeUs ?? Number.POSITIVE_INFINITY,
    )
    return { timeUs, here, there }
  }
}

/** Set-up is what the settings say; only what comes of it is a difference in what happens. */
function skipSetUp(side: Side): void {
  const { facts } = side.history.live.records
  while (side.at < side.to && factKind(facts.kind(side.at)).tone === 'setup') side.at++
}

function lineAt({ history, at, to }: Side): FactLine | null {
  return at < to ? lineOf(history, at) : null
}

/** Equal where parts have the same numbers. */
function outline({ live }: History): string {
  const { nodes, links, brokers } = live.scenario
  const ids = (things: readonly { id: string }[]) => things.map(({ id }) => id)
  return JSON.stringify([ids(nodes), ids(links), ids(brokers)])
}
