/** What can be read off nodes at a moment: everything that `metrics/levels.ts` knows, and shares of capacity over time. */
import { Client } from '../../../clients/client.ts'
import { isConsuming } from '../../../scenario/kinds.ts'
import { type Level, levelsOf } from '../../metrics/levels.ts'
import type { Term, TermContext } from '../term.ts'

/** The levels of a node in the world of a context. */
export function levelsAt(context: TermContext, place: number): Level[] {
  const doc = context.world.scenario.nodes[place]
  return doc ? levelsOf(context.world, doc) : []
}

/** The greatest of some levels: a topic that two groups read is as far behind as the slower one. */
export class Greatest implements Term {
  readonly nodes: readonly number[]
  private readonly levels: readonly Level[]

  constructor(places: readonly number[], levels: readonly Level[]) {
    this.nodes = places
    this.levels = levels
  }

  read(): number {
    const { levels } = this
    let most = (levels[0] as Level).read()
    for (let i = 1; i < levels.length; i++) most = Math.max(most, (levels[i] as Level).read())
    return most
  }
}

/** A number that rests between facts, summed over time up to any moment. */
class Area {
  private value = 0
  private sinceUs = 0
  private area = 0

  set(value: number, nowUs: number): void {
    if (value === this.value) return
    this.area += this.value * (nowUs - this.sinceUs)
    this.sinceUs = nowUs
    this.value = value
  }

  at(nowUs: number): number {
    return this.area + this.value * (nowUs - this.sinceUs)
  }
}

/** `utilisation(node)`: share of a client's capacity that was at work, from the start of the run to now. */
export class Utilisation implements Term {
  readonly timed = true
  private readonly busy = new Area()
  private readonly capacity = new Area()
  private readonly levels: readonly Level[]

  constructor(context: TermContext, place: number) {
    this.levels = levelsAt(context, place)
  }

  read(nowUs: number): number {
    for (const { role, read } of this.levels) {
      if (role === 'busy') this.busy.set(read(), nowUs)
      else if (role === 'capacity') this.capacity.set(read(), nowUs)
    }
    const capacity = this.capacity.at(nowUs)
    return capacity === 0 ? 0 : this.busy.at(nowUs) / capacity
  }
}

/** `cost`: how long consumers were there to work, added up over all places of work (consumer-seconds). */
export class Cost implements Term {
  readonly timed = true
  private readonly area = new Area()
  private readonly context: TermContext
  private readonly workers: { place: number; levels: Level[] }[]

  constructor(context: TermContext) {
    this.context = context
    this.workers = context.world.scenario.nodes.flatMap((doc, place) => {
      if (!isConsuming(doc)) return []
      return [{ place, levels: levelsAt(context, place).filter(({ role }) => role === 'capacity') }]
    })
  }

  read(nowUs: number): number {
    let places = 0
    for (const { place, levels } of this.workers) {
      if (this.context.part<Client<object>>(place)?.isCrashed) continue
      for (const level of levels) places += level.read()
    }
    this.area.set(places, nowUs)
    return this.area.at(nowUs)
  }
}

/** `crashed(node)`. */
export class Crashed implements Term {
  readonly nodes: readonly number[]
  private readonly context: TermContext

  constructor(context: TermContext, place: number) {
    this.context = context
    this.nodes = [place]
  }

  read(): number {
    const part = this.context.part(this.nodes[0] as number)
    return part instanceof Client && part.isCrashed ? 1 : 0
  }
}
