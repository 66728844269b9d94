/** Undo and redo as a person meets them: what was taken back or done again is said, with the way back. */
import type { LiveSession } from '../../session/react.tsx'
import { showToast } from '../../ui/toast.ts'

export function undo(session: LiveSession): void {
  const { undoes } = session.store.getState()
  if (undoes === null) return
  session.undo()
  showToast(`Undone: ${undoes}`, { label: 'Redo', onAct: () => redo(session) })
}

export function redo(session: LiveSession): void {
  const { redoes } = session.store.getState()
  if (redoes === null) return
  session.redo()
  showToast(`Done again: ${redoes}`, { label: 'Undo', onAct: () => undo(session) })
}

/** `Undo: crash worker-1`, for buttons and menus. */
export function undoLabel(word: 'Undo' | 'Redo', does: string | null): string {
  return does === null ? word : `${word}: ${does}`
}
