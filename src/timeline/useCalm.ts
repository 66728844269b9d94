/** A slice of the session's state at most four times a second, for what changes with every batch that is computed. */
import { useEffect, useState } from 'react'
import { useVerbs } from '../session/react.tsx'
import type { SessionState } from '../session/session.ts'

const everyMs = 250

/** `select` must be the same function on every render. */
export function useCalm<T>(select: (state: SessionState) => T): T {
  const { store } = useVerbs()
  const [value, setValue] = useState(() => select(store.getState()))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let takenMs = Number.NEGATIVE_INFINITY
    const take = () => {
      timer = undefined
      takenMs = performance.now()
      const state = store.getState()
      setValue(() => select(state))
    }
    const onChange = () => {
      timer ??= setTimeout(take, Math.max(0, takenMs + everyMs - performance.now()))
    }
    take()
    const stop = store.subscribe(onChange)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [store, select])
  return value
}

export const progressOf = (state: SessionState) => state.progress
export const factCountOf = (state: SessionState) => state.progress.factCount
