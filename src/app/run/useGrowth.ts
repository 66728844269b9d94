/**
 * The canvas grows out of the miniature that was opened: it begins with the drawing exactly where it was
 * seen, clipped to the miniature's frame, and eases into its place. Where motion is not wanted it is there
 * at once.
 */
import { useAnimationControls } from 'framer-motion'
import { type RefObject, useEffect, useState } from 'react'
import { useVerbs } from '../../session/react.tsx'
import type { View } from '../../session/session.ts'
import type { Handover } from '../handover.ts'
import { wantsStillness } from '../useLook.ts'

/** If the canvas has not been drawn by then, it appears without growing. */
const patienceMs = 1_500
const transition = { duration: 0.42, ease: [0.2, 0, 0, 1] } as const

export interface Growth {
  controls: ReturnType<typeof useAnimationControls>
  /** Nothing is to be seen yet. */
  waiting: boolean
  growing: boolean
}

export function useGrowth(
  handover: Handover | null,
  stage: RefObject<HTMLElement | null>,
  onCovered: () => void,
): Growth {
  const session = useVerbs()
  const controls = useAnimationControls()
  const [phase, setPhase] = useState<'waiting' | 'growing' | 'grown'>(
    handover && !wantsStillness() ? 'waiting' : 'grown',
  )
  useEffect(() => {
    if (phase === 'grown') onCovered()
  }, [phase, onCovered])

  // biome-ignore lint/correctness/useExhaustiveDependencies: it grows once, when the first view has been drawn
  useEffect(() => {
    if (phase !== 'waiting' || !handover) return
    const grow = (view: View) => {
      stop()
      const box = stage.current?.getBoundingClientRect()
      if (!box) return
      controls.set(seenIn(handover, view, box))
      setPhase('growing')
      controls
        .start({ x: 0, y: 0, scale: 1, clipPath: 'inset(0px 0px 0px 0px round 0px)' }, transition)
        .then(
          () => setPhase('grown'),
          () => setPhase('grown'),
        )
    }
    const stopView = session.onView((view) => view.width > 0 && grow(view))
    const timer = setTimeout(() => setPhase('grown'), patienceMs)
    const stop = () => {
      stopView()
      clearTimeout(timer)
    }
    return stop
  }, [])
  return { controls, waiting: phase === 'waiting', growing: phase === 'growing' }
}

/** Where the stage must be, how large and how clipped, for its drawing to lie on the miniature's. */
function seenIn({ box, view: small }: Handover, large: View, stage: DOMRect) {
  const scale = small.zoom / large.zoom
  const x = box.left + small.x - scale * large.x - stage.left
  const y = box.top + small.y - scale * large.y - stage.top
  const left = (box.left - stage.left - x) / scale
  const top = (box.top - stage.top - y) / scale
  const right = stage.width - left - box.width / scale
  const bottom = stage.height - top - box.height / scale
  return { x, y, scale, clipPath: `inset(${top}px ${right}px ${bottom}px ${left}px round 6px)` }
}
