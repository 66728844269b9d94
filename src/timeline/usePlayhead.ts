/** Moves what follows the playhead on every animation frame, outside React. */
import { useLayoutEffect, useRef } from 'react'
import { useVerbs } from '../session/react.tsx'
import { fractionOf } from './scale.ts'

/** Calls `place` with how much of the run has passed, from 0 to 1: after every render, and whenever the playhead moves. */
export function usePlayhead(endUs: number, place: (fraction: number) => void): void {
  const verbs = useVerbs()
  const latest = useRef(place)
  useLayoutEffect(() => {
    latest.current = place
    place(fractionOf(verbs.playhead().timeUs, endUs))
  })
  useLayoutEffect(
    () => verbs.onTick((timeUs) => latest.current(fractionOf(timeUs, endUs))),
    [verbs, endUs],
  )
}
