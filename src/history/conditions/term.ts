/**
 * A term: one word of a condition with its names, as something that goes along with the facts of a run and can be
 * read after each of them. Most are read from the world that folds the facts; some count facts themselves.
 */
import type { World } from '../../scenario/world.ts'
import type { RunMeter } from '../metrics/runMeter.ts'

export interface Term {
  /** Its value right after the latest fact; NaN where there is none yet. */
  read(nowUs: number): number
  /** Places of the nodes whose facts may change what is read from the world. */
  readonly nodes?: readonly number[]
  /** Kinds of facts that `take` wants to see, after they have been applied to the world; or all of them. */
  readonly kinds?: readonly number[]
  readonly everyFact?: boolean
  /** Returns false if the fact changed nothing. */
  take?(timeUs: number, kind: number, part: number, message: number, aux: number): unknown
  /** The run is over: nothing more will come. */
  end?(): void
  /** Time alone changes it, so that it is read after every fact. */
  readonly timed?: boolean
}

/** What terms are made with: the world that will fold the facts, and who owns its parts. */
export class TermContext {
  readonly world: World
  /** Times of work are measured by a meter, which is there only when a term asks for it. */
  metered: RunMeter | null = null
  private readonly places: number[] = []
  private readonly makeMeter: () => RunMeter

  constructor(world: World, makeMeter: () => RunMeter) {
    this.world = world
    this.makeMeter = makeMeter
  }

  meter(): RunMeter {
    this.metered ??= this.makeMeter()
    return this.metered
  }

  /** Place of the node that a part belongs to, -1 if it belongs to none. */
  placeOf(part: number): number {
    const known = this.places[part]
    if (known !== undefined) return known
    const id = this.world.owner(part)
    const place = this.world.scenario.nodes.findIndex((node) => node.id === id)
    this.places[part] = place
    return place
  }

  /** The part of a node; undefined before its broker has declared it. */
  part<P>(place: number): P | undefined {
    return this.world.sim.parts[place] as P | undefined
  }
}
