/** A figure runs while it is seen and rests when it is not; what the person has stopped stays stopped. */
import { type RefObject, useEffect, useRef } from 'react'
import { useVerbs } from '../session/react.tsx'
import { useInView } from './useInView.ts'

export function useResting(figure: RefObject<Element | null>, autoplay: boolean): void {
  const session = useVerbs()
  const seen = useInView(figure)
  const goesOn = useRef(autoplay)
  useEffect(() => {
    if (!seen) return
    if (goesOn.current) session.play()
    return () => {
      goesOn.current = session.store.getState().playing
      session.pause()
    }
  }, [session, seen])
}
