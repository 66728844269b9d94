/** New nodes: where they were dropped, or behind the selected node and linked to it where the two fit. */
import { LINKS_FROM, type NodeKind, type Position, type Scenario } from '../scenario/document.ts'
import { applyEdit, type Edit } from '../scenario/edit.ts'
import { newLink, newNode } from '../scenario/placement.ts'
import { GAP, handlePoint, nodeSize } from '../scenario/shapes.ts'
import type { LiveSession } from '../session/react.tsx'
import type { Selection } from '../session/session.ts'
import { tryEdit } from './tryEdit.ts'

/** Adds a node with its middle at a place in the flow. */
export function addNodeAt(session: LiveSession, kind: NodeKind, at: Position): void {
  const { scenario } = session.store.getState()
  const size = nodeSize(newNode(kind, scenario), scenario)
  const corner = { x: at.x - size.width / 2, y: at.y - size.height / 2 }
  const node = newNode(kind, scenario, corner)
  addAndSelect(session, { edit: 'addNode', node }, node.id)
}

/** Adds a node behind the selected one, linked to it if they fit; else at the right of everything. */
export function addNodeNext(session: LiveSession, kind: NodeKind): void {
  const { scenario, selection } = session.store.getState()
  const behind = behindSelected(scenario, selection, kind)
  if (behind) {
    addAndSelect(session, { edit: 'replace', scenario: behind.scenario }, behind.id)
    return
  }
  const node = newNode(kind, scenario)
  addAndSelect(session, { edit: 'addNode', node }, node.id)
}

function addAndSelect(session: LiveSession, edit: Edit, id: string): void {
  if (tryEdit(session, edit)) session.select({ type: 'node', id })
}

/** Node and link in one edit, so that one undo takes both away. */
function behindSelected(
  scenario: Scenario,
  selection: Selection,
  kind: NodeKind,
): { scenario: Scenario; id: string } | null {
  if (selection?.type !== 'node') return null
  const from = scenario.nodes.find(({ id }) => id === selection.id)
  if (!from || !LINKS_FROM[from.kind].includes(kind)) return null
  const size = nodeSize(from, scenario)
  const own = nodeSize(newNode(kind, scenario), scenario)
  const node = newNode(kind, scenario, {
    x: from.position.x + size.width + GAP.x,
    y: from.position.y + handlePoint(size, 'out').y - handlePoint(own, 'in').y,
  })
  const added = applyEdit(scenario, { edit: 'addNode', node })
  if (!added.ok) return null
  const made = newLink(from.id, node.id, added.scenario)
  if (!made.ok) return null
  const linked = applyEdit(added.scenario, { edit: 'addLink', link: made.link })
  return linked.ok ? { scenario: linked.scenario, id: node.id } : null
}
