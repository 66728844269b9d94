/**
 * The playhead as the slider tells it to screen readers: it changes when a person pauses, seeks or steps, and is silent
 * while the run plays.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import { useVerbs } from '../session/react.tsx'
import type { SessionState } from '../session/session.ts'
import { momentText } from './momentText.ts'
import { endUsOf } from './useRun.ts'

interface SpokenMoment {
  timeUs: number
  text: string
}

/** The moment, and what to call after a key that may have moved it without pausing. */
export function useSpokenMoment(): [SpokenMoment, () => void] {
  const { store } = useVerbs()
  const [spoken, setSpoken] = useState<SpokenMoment>({ timeUs: 0, text: '' })
  const tell = useCallback(() => {
    const state = store.getState()
    const text = momentText(state, endUsOf(state))
    setSpoken((before) => (before.text === text ? before : { timeUs: state.timeUs, text }))
  }, [store])
  const acted = useRef(false)
  const noteAct = useCallback(() => {
    acted.current = true
  }, [])
  useEffect(() => {
    tell()
    return store.subscribe((state, before) => {
      if (!hasChanged(state, before) || (state.playing && !acted.current)) return
      acted.current = false
      tell()
    })
  }, [store, tell])
  return [spoken, noteAct]
}

function hasChanged(state: SessionState, before: SessionState): boolean {
  return (
    state.frame !== before.frame ||
    state.playing !== before.playing ||
    state.progress.done !== before.progress.done
  )
}
