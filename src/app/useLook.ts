/** Tells a session how to draw: the theme's colours, still where motion is not wanted, large in front of a room. */
import { useLayoutEffect } from 'react'
import type { LiveSession } from '../session/react.tsx'
import { onPaletteChange, readPalette } from '../ui/theme.ts'

const reducedMotion = '(prefers-reduced-motion: reduce)'

export function useLook(session: LiveSession): void {
  useLayoutEffect(() => {
    const motion = matchMedia(reducedMotion)
    const tell = () =>
      session.setLook({
        palette: readPalette(),
        still: motion.matches,
        large: document.documentElement.dataset.size === 'large',
      })
    tell()
    const stop = onPaletteChange(tell)
    motion.addEventListener('change', tell)
    return () => {
      stop()
      motion.removeEventListener('change', tell)
    }
  }, [session])
}

/** Whether the person has asked for less motion. */
export function wantsStillness(): boolean {
  return matchMedia(reducedMotion).matches
}
