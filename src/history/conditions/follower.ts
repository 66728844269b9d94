/**
 * Goes along with the facts of a run, folding each once into a world of its own, and reads numbers after those
 * facts that may have changed them. Never a frame: what a fact changes is what it is about.
 */
import { PIPE_FACTS } from '../../engine/pipe.ts'
import { World } from '../../scenario/world.ts'
import { Neighbourhood } from '../metrics/neighbourhood.ts'
import { RunMeter } from '../metrics/runMeter.ts'
import type { Plan, Read } from './check.ts'
import { type Term, TermContext } from './term.ts'

export class Follower {
  /** Facts taken in so far. */
  seen = 0
  /** When the latest of them happened. */
  nowUs = 0
  /** What the plans read, in their order. */
  readonly reads: readonly Read[]
  private readonly world: World
  private readonly context: TermContext
  private readonly takers: (Term[] | undefined)[] = []
  private readonly everyFact: readonly Term[]
  private readonly ends: readonly Term[]
  /** Places of nodes that are read from the world; null: everything is looked at after every fact. */
  private readonly nodes: ReadonlySet<number> | null
  /** By part: 1 if its facts may change something that is read, 2 if not. */
  private readonly relevance: number[] = []
  private readonly neighbourhood: Neighbourhood

  constructor(run: World, plans: readonly Plan[]) {
    const world = new World(run.scenario, run.records, run.sim.seed)
    this.world = world
    this.neighbourhood = new Neighbourhood(world)
    this.context = new TermContext(world, () => new RunMeter(run, world))
    const terms: Term[] = []
    this.reads = plans.map((plan) => plan.bind({ context: this.context, terms }))
    for (const term of terms) for (const kind of term.kinds ?? []) this.enlist(kind, term)
    this.everyFact = terms.filter(({ everyFact }) => everyFact)
    this.ends = terms.filter(({ end }) => end)
    const isTimed = terms.some(({ timed }) => timed)
    this.nodes = isTimed ? null : new Set(terms.flatMap(({ nodes = [] }) => nodes))
  }

  /**
   * Takes in at most `max` facts more and calls `look` after each that may have changed something, with the number
   * of facts up to and including it. Returns whether there are still more.
   */
  follow(max: number, look: (moment: number, timeUs: number) => void): boolean {
    const { facts } = this.world.records
    const { sim } = this.world
    const { metered } = this.context
    const end = Math.min(facts.count, this.seen + max)
    let moment = this.seen
    facts.each(this.seen, end, (timeUs, kind, part, message, aux) => {
      moment++
      sim.applyOne(timeUs, kind, part, message, aux)
      metered?.measure(timeUs, kind, part, message, aux)
      if (this.take(timeUs, kind, part, message, aux) || this.isRelevant(part, kind)) {
        look(moment, timeUs)
      }
    })
    this.seen = end
    this.nowUs = sim.nowUs
    return end < facts.count
  }

  /** The run is over and all of it was followed: what only the end can tell. */
  end(look: (moment: number, timeUs: number) => void): void {
    if (this.ends.length === 0) return
    for (const term of this.ends) term.end?.()
    look(this.seen, this.nowUs)
  }

  /** Shows a fact to the terms that count; returns whether one of them changed. */
  private take(timeUs: number, kind: number, part: number, message: number, aux: number): boolean {
    const { everyFact } = this
    let changed = false
    for (let i = 0; i < everyFact.length; i++) {
      const term = everyFact[i] as Required<Term>
      if (term.take(timeUs, kind, part, message, aux) !== false) changed = true
    }
    const takers = this.takers[kind]
    if (takers === undefined) return changed
    for (let i = 0; i < takers.length; i++) {
      const term = takers[i] as Required<Term>
      if (term.take(timeUs, kind, part, message, aux) !== false) changed = true
    }
    return changed
  }

  private isRelevant(part: number, kind: number): boolean {
    const { nodes } = this
    if (nodes === null) return true
    // A parcel that leaves or arrives changes nothing at either end by itself.
    if (kind === PIPE_FACTS.sent || kind === PIPE_FACTS.arrived) return false
    const known = this.relevance[part]
    if (known !== undefined) return known === 1
    const isNear = this.neighbourhood.of(part).some((place) => nodes.has(place))
    this.relevance[part] = isNear ? 1 : 2
    return isNear
  }

  private enlist(kind: number, term: Term): void {
    const takers = this.takers[kind] ?? []
    this.takers[kind] = takers
    takers.push(term)
  }
}
