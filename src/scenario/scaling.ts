/** Scales a consumer group at a moment of a run: who joins again, who is new from then on, who leaves. */
import type { NodeOf, Scenario } from './document.ts'
import { withCopy } from './placement.ts'

export type MemberDoc = NodeOf<'groupConsumer'>

/** Those that read a topic in a group, in the order of the document. */
export function membersOf(scenario: Scenario, topic: string, group: string): MemberDoc[] {
  const readers = new Set(scenario.links.filter(({ from }) => from === topic).map(({ to }) => to))
  return scenario.nodes.filter(
    (node): node is MemberDoc =>
      node.kind === 'groupConsumer' && node.group === group && readers.has(node.id),
  )
}

export interface Scaling {
  /** Members that are closed and join again; members that close, the last first. */
  join: string[]
  close: string[]
  /** How many new members are needed besides. */
  more: number
}

/** What brings a group to so many members at work; who is crashed counts as neither. */
export function scalingTo(
  count: number,
  members: readonly { id: string; closed: boolean; crashed: boolean }[],
): Scaling {
  const working = members.filter(({ closed, crashed }) => !closed && !crashed)
  const closed = members.filter((member) => member.closed && !member.crashed)
  const missing = Math.max(0, count - working.length)
  const join = closed.slice(0, missing).map(({ id }) => id)
  return {
    join,
    close: working
      .slice(Math.max(0, count))
      .reverse()
      .map(({ id }) => id),
    more: missing - join.length,
  }
}

/** The scenario with so many members more like the last one, which start at a time and do not end by themselves. */
export function withMembers(
  scenario: Scenario,
  topic: string,
  group: string,
  more: number,
  startAtMs: number,
): Scenario {
  let grown = scenario
  for (let i = 0; i < more; i++) {
    const last = membersOf(grown, topic, group).at(-1)
    if (!last) return grown
    const { closeAtMs: _close, crashAtMs: _crash, restartAfterMs: _restart, ...kept } = last
    grown = withCopy(grown, kept, { startAtMs } as Partial<MemberDoc>)
  }
  return grown
}
