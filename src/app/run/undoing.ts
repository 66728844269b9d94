/** Undo and redo as a person meets them: what was taken back or done again is said, with the way back. */
import type { LiveSession } from '../../session/react.tsx'
import { currentToast, dismissToast, showToast } from '../../ui/toast.ts'

export function undo(session: LiveSession): void {
  const { undoes } = session.store.getState()
  if (undoes === null) return
  session.undo()
  say(session, `Undone: ${undoes}`, { label: 'Redo', onAct: () => redo(session) })
}

export function redo(session: LiveSession): void {
  const { redoes } = session.store.getState()
  if (redoes === null) return
  session.redo()
  say(session, `Done again: ${redoes}`, { label: 'Undo', onAct: () => undo(session) })
}

/** What is said goes when something else is opened, for then there is nothing to go back to. */
function say(session: LiveSession, text: string, way: { label: string; onAct: () => void }): void {
  showToast(text, way)
  const said = currentToast()
  const stop = session.store.subscribe(({ undoes, redoes }) => {
    const isLeft = currentToast() !== said
    if (!isLeft && (undoes !== null || redoes !== null)) return
    stop()
    if (!isLeft) dismissToast()
  })
}

/** `Undo: crash worker-1`, for buttons and menus. */
export function undoLabel(word: 'Undo' | 'Redo', does: string | null): string {
  return does === null ? word : `${word}: ${does}`
}
