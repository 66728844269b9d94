/** Edits by hand: one that the document refuses leaves it as it was and says why. */
import type { LiveSession } from '../session/react.tsx'
import { showToast } from '../ui/toast.ts'

type Edit = Parameters<LiveSession['edit']>[0]

/** Whether the edit was taken. */
export function tryEdit(session: LiveSession, edit: Edit): boolean {
  try {
    session.edit(edit)
    return true
  } catch (error) {
    showToast(error instanceof Error ? error.message : String(error))
    return false
  }
}

/** Takes a node away, with its links. */
export function removeNode(session: LiveSession, id: string): boolean {
  return tryEdit(session, { edit: 'removeNode', id }) && forget(session)
}

/** Takes a link away. */
export function removeLink(session: LiveSession, id: string): boolean {
  return tryEdit(session, { edit: 'removeLink', id }) && forget(session)
}

/** What is gone cannot stay selected. */
function forget(session: LiveSession): true {
  const { selection, scenario } = session.store.getState()
  const gone =
    (selection?.type === 'node' && !scenario.nodes.some(({ id }) => id === selection.id)) ||
    (selection?.type === 'link' && !scenario.links.some(({ id }) => id === selection.id))
  if (gone) session.select(null)
  return true
}
