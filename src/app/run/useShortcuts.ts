/** The keys of the page; those of time belong to the timeline, those of the drawing to the canvas. */
import { useEffect } from 'react'
import { useVerbs } from '../../session/react.tsx'
import { placeOf } from '../../timeline/timelineKeys.ts'
import type { OpenDialog } from './Screen.tsx'
import type { Presenter } from './usePresenting.ts'

export const pageKeys = [
  { keys: 'Ctrl+Z', does: 'Undo' },
  { keys: 'Ctrl+Shift+Z', does: 'Redo' },
  { keys: 'P', does: 'Present: full screen, large type' },
  { keys: 'F', does: 'Full screen' },
  { keys: '?', does: 'This list' },
] as const

export function useShortcuts(onDialog: (dialog: OpenDialog) => void, presenter: Presenter): void {
  const session = useVerbs()
  useEffect(() => {
    const act = (event: KeyboardEvent): boolean => {
      const chord = event.ctrlKey || event.metaKey
      const key = event.key.toLowerCase()
      if (chord && !event.altKey && key === 'z') {
        if (event.shiftKey) session.redo()
        else session.undo()
        return true
      }
      if (chord && !event.shiftKey && key === 'y') {
        session.redo()
        return true
      }
      if (chord || event.altKey) return false
      if (key === '?') onDialog('help')
      else if (key === 'f') toggleFullscreen()
      else if (key === 'p') (presenter.on ? presenter.leave : presenter.enter)()
      else return false
      return true
    }
    const onKeyDown = (event: KeyboardEvent) => {
      const writes = placeOf(event.target instanceof Element ? event.target : null) === 'text'
      if (event.defaultPrevented || event.repeat || writes) return
      if (act(event)) event.preventDefault()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [session, onDialog, presenter])
}

function toggleFullscreen(): void {
  const done = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen?.()
  // Refused in frames: nothing to be done about it.
  done?.catch(() => {})
}
