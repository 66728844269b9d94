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

/** Takes a node away, and the selection with it. */
export function removeNode(session: LiveSession, id: string): boolean {
  const removed = tryEdit(session, { edit: 'removeNode', id })
  const { selection } = session.store.getState()
  if (removed && selection?.type === 'node' && selection.id === id) session.select(null)
  return removed
}

/** Takes a link away, and the selection with it. */
export function removeLink(session: LiveSession, id: string): boolean {
  const removed = tryEdit(session, { edit: 'removeLink', id })
  const { selection } = session.store.getState()
  if (removed && selection?.type === 'link' && selection.id === id) session.select(null)
  return removed
}
