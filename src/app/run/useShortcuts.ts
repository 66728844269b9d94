/** The keys of the page; those of time belong to the timeline, those of the drawing to the canvas. */
import { useEffect } from 'react'
import type { Scenario } from '../../scenario/document.ts'
import { type LiveSession, useVerbs } from '../../session/react.tsx'
import { placeOf } from '../../timeline/timelineKeys.ts'
import { followWriting, keepsUndo } from './halfWritten.ts'
import type { OpenDialog } from './Screen.tsx'
import { showStage, stageView } from './stageView.ts'
import { isOffered, STAGE_VIEWS, stageNames } from './stageViews.ts'
import { redo, undo } from './undoing.ts'
import type { Presenter } from './usePresenting.ts'

export const pageKeys = [
  { keys: 'Ctrl+Z', does: 'Undo' },
  { keys: 'Ctrl+Shift+Z', does: 'Redo' },
  { keys: 'P', does: 'Present: full screen, large type' },
  { keys: 'F', does: 'Full screen' },
  { keys: '?', does: 'This list' },
] as const

/** The keys of what can take the canvas's place. */
export const viewKeys: readonly { keys: string; does: string }[] = [
  ...stageNames.flatMap((name) => {
    const entry = STAGE_VIEWS[name]
    return entry ? [{ keys: entry.key, does: entry.does }] : []
  }),
  { keys: 'Esc', does: 'Back to the canvas' },
]

const CHORDS: Partial<Record<string, typeof undo>> = { z: undo, 'shift+z': redo, y: redo }

export function useShortcuts(onDialog: (dialog: OpenDialog) => void, presenter: Presenter): void {
  const session = useVerbs()
  useEffect(() => {
    const act = (event: KeyboardEvent, isWriting: boolean): boolean => {
      const key = event.key.toLowerCase()
      if (event.altKey) return false
      if (event.ctrlKey || event.metaKey) return goBack(session, key, event)
      if (isWriting) return false
      if (key === '?') onDialog('help')
      else if (key === 'f') toggleFullscreen()
      else if (key === 'p') (presenter.on ? presenter.leave : presenter.enter)()
      else return changeView(key, session.store.getState().scenario)
      return true
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return
      const target = event.target instanceof Element ? event.target : null
      if (act(event, placeOf(target) === 'text')) event.preventDefault()
    }
    const unfollow = followWriting()
    addEventListener('keydown', onKeyDown)
    return () => {
      unfollow()
      removeEventListener('keydown', onKeyDown)
    }
  }, [session, onDialog, presenter])
}

function goBack(session: LiveSession, key: string, { shiftKey, target }: KeyboardEvent): boolean {
  const does = CHORDS[shiftKey ? `shift+${key}` : key]
  if (!does || keepsUndo(target)) return false
  does(session)
  return true
}

function toggleFullscreen(): void {
  const done = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen?.()
  // Refused in frames: nothing to be done about it.
  done?.catch(() => {})
}

/** A view's letter shows it and, pressed again, the canvas; Escape shows the canvas. */
function changeView(key: string, scenario: Scenario): boolean {
  const { view } = stageView.getState()
  if (key === 'escape') {
    if (view === 'canvas') return false
    showStage('canvas')
    return true
  }
  const named = stageNames.find((name) => STAGE_VIEWS[name]?.key.toLowerCase() === key)
  if (!named || !isOffered(named, scenario)) return false
  showStage(view === named ? 'canvas' : named)
  return true
}
