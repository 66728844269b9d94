/**
 * Presenting: full screen, large type, nothing but the canvas. A clicker's keys go from mark to mark, or
 * from fact to fact where a run has no marks; Escape ends it.
 */
import { useCallback, useEffect, useMemo, useState } from 'react'
import { type LiveSession, useVerbs } from '../../session/react.tsx'
import { applySize } from '../../ui/theme.ts'

export interface Presenter {
  on: boolean
  enter: () => void
  leave: () => void
}

export function usePresenting(): Presenter {
  const session = useVerbs()
  const [on, setOn] = useState(false)
  const leave = useCallback(() => setOn(false), [])
  const enter = useCallback(() => {
    setOn(true)
    // Refused in frames and by some browsers: large type is there all the same.
    document.documentElement.requestFullscreen?.().catch(() => {})
  }, [])
  useEffect(() => {
    if (!on) return
    applySize('large')
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leave()
      else if (event.key === 'PageDown') void stepMark(session, 1)
      else if (event.key === 'PageUp') void stepMark(session, -1)
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    const onFullscreen = () => {
      if (document.fullscreenElement === null) leave()
    }
    // Before anything that has the focus, wherever it is: a clicker must never be swallowed.
    addEventListener('keydown', onKeyDown, { capture: true })
    document.addEventListener('fullscreenchange', onFullscreen)
    return () => {
      applySize('normal')
      removeEventListener('keydown', onKeyDown, { capture: true })
      document.removeEventListener('fullscreenchange', onFullscreen)
      if (document.fullscreenElement) document.exitFullscreen().catch(() => {})
    }
  }, [on, leave, session])
  return useMemo(() => ({ on, enter, leave }), [on, enter, leave])
}

async function stepMark(session: LiveSession, direction: 1 | -1): Promise<void> {
  const { marks } = await session.ask('density', { slices: 1 })
  if (marks.length === 0) return session.step(direction)
  const { factIndex } = session.playhead()
  const next =
    direction > 0
      ? marks.find((mark) => mark.factIndex > factIndex)
      : marks.findLast((mark) => mark.factIndex < factIndex)
  session.pause()
  if (next) session.seek({ factIndex: next.factIndex })
}
