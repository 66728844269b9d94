/**
 * The playhead as the slider tells it to screen readers: it changes when a person pauses, seeks or steps, and is silent
 * while the run plays.
 */
import { useCallback, useEffect, useState } from 'react'
import { useVerbs } from '../session/react.tsx'
import { momentText } from './momentText.ts'
import { endUsOf } from './useRun.ts'

export interface SpokenMoment {
  timeUs: number
  text: string
}

/** The moment, and how to tell it anew after a seek that does not pause. */
export function useSpokenMoment(): [SpokenMoment, () => void] {
  const { store } = useVerbs()
  const [spoken, setSpoken] = useState<SpokenMoment>({ timeUs: 0, text: '' })
  const tell = useCallback(() => {
    const state = store.getState()
    const text = momentText(state, endUsOf(state))
    setSpoken((before) => (before.text === text ? before : { timeUs: state.timeUs, text }))
  }, [store])
  useEffect(() => {
    tell()
    return store.subscribe((state) => {
      if (!state.playing) tell()
    })
  }, [store, tell])
  return [spoken, tell]
}
