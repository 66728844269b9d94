/** The one way in which the interface moves: 120 ms for feedback, 240 ms for panels, easing out, still when asked to be. */

import { LazyMotion, MotionConfig } from 'framer-motion'
import type { ReactNode } from 'react'

export { AnimatePresence, m } from 'framer-motion'

const easeOut = [0.2, 0, 0, 1] as const

/** For `transition=` of an `m` element; the same durations as `--fast` and `--panel`. */
export const fast = { duration: 0.12, ease: easeOut }
export const panel = { duration: 0.24, ease: easeOut }

const loadFeatures = () => import('./motionFeatures.ts').then((module) => module.default)

/** Wrap the app once. `m` elements are static until the features have arrived, and then animate. */
export function MotionRoot({ children }: { children: ReactNode }) {
  return (
    <LazyMotion features={loadFeatures} strict>
      <MotionConfig reducedMotion="user" transition={fast}>
        {children}
      </MotionConfig>
    </LazyMotion>
  )
}
