/** The canvas element that is handed to the engine's side: one for each mount, since none can be handed over twice. */
import { useEffect, useRef, useState } from 'react'
import { useVerbs } from '../session/react.tsx'
import styles from './Canvas.module.css'

/** Beyond this, more pixels cost more than they show. */
const PIXEL_RATIO_MAX = 2

/** `attach` is called with each element and returns how to let go of it. */
export function Surface({ attach }: { attach?: (canvas: HTMLElement) => () => void }) {
  const holder = useRef<HTMLDivElement>(null)
  const verbs = useVerbs()
  useEffect(() => {
    const canvas = document.createElement('canvas')
    canvas.setAttribute('aria-hidden', 'true')
    holder.current?.append(canvas)
    const detach = verbs.attachCanvas(canvas)
    const release = attach?.(canvas)
    return () => {
      release?.()
      detach()
      canvas.remove()
    }
  }, [verbs, attach])
  return <div ref={holder} className={styles.layer} />
}

export function usePixelRatio(): number {
  const [ratio, setRatio] = useState(() => devicePixelRatio)
  useEffect(() => {
    const query = matchMedia(`(resolution: ${ratio}dppx)`)
    const onChange = () => setRatio(devicePixelRatio)
    query.addEventListener('change', onChange)
    return () => query.removeEventListener('change', onChange)
  }, [ratio])
  return Math.min(PIXEL_RATIO_MAX, ratio)
}
