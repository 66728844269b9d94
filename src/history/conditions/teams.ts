/**
 * Who shares the work on the same messages: the consumers of a queue, the members of a group. A message that one of
 * them gets again after another had its effect is a duplicate; the order in which they finish is the order of all.
 */
import type { Scenario } from '../../scenario/document.ts'
import type { TermContext } from './term.ts'

export class Teams {
  /** Number of the team of each node, -1 where it has no effects of its own. */
  private readonly teams: readonly number[]
  private readonly asked: ReadonlySet<number> | null

  /** `place` is a client, or a queue or topic whose readers are meant; null: everyone. */
  constructor({ world }: TermContext, place: number | null) {
    this.teams = teamsOf(world.scenario)
    this.asked = place === null ? null : membersOf(world.scenario, place)
  }

  of(part: number): number {
    return this.teams[part] ?? -1
  }

  isAsked(part: number): boolean {
    return this.asked === null || this.asked.has(part)
  }
}

/** A team goes by the place of its first member; the client's part has the number of its place. */
function teamsOf({ nodes, links }: Scenario): number[] {
  const firsts = new Map<string, number>()
  return nodes.map((node, place) => {
    if (node.kind !== 'consumer' && node.kind !== 'groupConsumer') return place
    const source = links.find(({ to }) => to === node.id)?.from
    const name = node.kind === 'groupConsumer' ? `group ${node.group} of ${source}` : source
    const team = firsts.get(name ?? node.id) ?? place
    firsts.set(name ?? node.id, team)
    return team
  })
}

function membersOf({ nodes, links }: Scenario, place: number): Set<number> {
  const node = nodes[place]
  if (node?.kind !== 'queue' && node?.kind !== 'topic') return new Set([place])
  const readers = links.filter(({ from }) => from === node.id).map(({ to }) => to)
  return new Set(nodes.flatMap(({ id }, at) => (readers.includes(id) ? [at] : [])))
}
