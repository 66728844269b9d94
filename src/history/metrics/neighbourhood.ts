/**
 * Which nodes a fact may change: the node that the part belongs to, and those linked to it, because
 * what happens in one end of a link (an ack, a commit, an append) counts at the other. Everything else
 * need not be looked at.
 */
import type { World } from '../../scenario/world.ts'

export class Neighbourhood {
  private readonly byPart: (readonly number[] | undefined)[] = []
  private readonly all: readonly number[]
  private readonly world: World

  constructor(world: World) {
    this.world = world
    this.all = world.scenario.nodes.map((_, index) => index)
  }

  /** Places, in the scenario's list, of the nodes that a fact about `part` may change. */
  of(part: number): readonly number[] {
    const known = this.byPart[part]
    if (known) return known
    const found = this.find(part)
    this.byPart[part] = found
    return found
  }

  private find(part: number): readonly number[] {
    const { nodes, links } = this.world.scenario
    const owner = this.world.owner(part)
    const link = links.find(({ id }) => id === owner)
    const own = nodes.findIndex(({ id }) => id === owner)
    const ids = new Set<string>()
    if (own !== -1) {
      ids.add(owner)
      for (const { from, to } of links) {
        if (from === owner) ids.add(to)
        if (to === owner) ids.add(from)
      }
    } else if (link) {
      ids.add(link.from).add(link.to)
    } else return this.all
    return nodes.flatMap(({ id }, index) => (ids.has(id) ? [index] : []))
  }
}
