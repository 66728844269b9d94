/** Making links: which ends fit is known at once; the link itself, or why there can be none, comes from the scenario. */
import { LINKS_FROM, type NodeDoc, type Scenario } from '../scenario/document.ts'
import type { LiveSession } from '../session/react.tsx'
import { showToast } from '../ui/toast.ts'
import { tryEdit } from './tryEdit.ts'

/** Whether nodes of these kinds may be linked at all. */
export function kindsFit(scenario: Scenario, from: string | null, to: string | null): boolean {
  const source = scenario.nodes.find(({ id }) => id === from)
  const target = scenario.nodes.find(({ id }) => id === to)
  return (
    source !== undefined && target !== undefined && LINKS_FROM[source.kind].includes(target.kind)
  )
}

/** The nodes to which a link may lead from this one. */
export function targetsOf(scenario: Scenario, from: string): NodeDoc[] {
  return scenario.nodes.filter(({ id }) => id !== from && kindsFit(scenario, from, id))
}

/** Links two nodes, or says in a sentence why not. */
export async function connect(session: LiveSession, from: string, to: string): Promise<void> {
  const { newLink } = await import('../scenario/placement.ts')
  const made = newLink(from, to, session.store.getState().scenario)
  if (!made.ok) {
    showToast(made.sentence)
    return
  }
  if (!tryEdit(session, { edit: 'addLink', link: made.link })) return
  session.select({ type: 'link', id: made.link.id })
}
