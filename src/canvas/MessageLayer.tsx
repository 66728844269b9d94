/**
 * The canvas on which the engine's side draws messages and the insides of nodes: above the nodes, below
 * their toolbars, never in the way of the pointer. It passes on where things lie and how they are looked
 * at; it renders once.
 */
import { useStore, useStoreApi } from '@xyflow/react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { LinkDoc } from '../scenario/document.ts'
import { useVerbs } from '../session/react.tsx'
import styles from './Canvas.module.css'
import { titleScale } from './fit.ts'
import { type FlowNode, geometryOf } from './graph.ts'

/** Beyond this, more pixels cost more than they show. */
const PIXEL_RATIO_MAX = 2
/** Below this zoom kinds and keys are not written. */
const ZOOMED_OUT = 0.5

export function MessageLayer(props: { nodes: readonly FlowNode[]; links: readonly LinkDoc[] }) {
  const { nodes, links } = props
  const renderer = useStore(
    (state) => state.domNode?.querySelector('.react-flow__renderer') ?? null,
  )
  const verbs = useVerbs()

  useLayoutEffect(() => verbs.setGeometry(geometryOf(nodes, links)), [verbs, nodes, links])
  useViewPublished()

  return renderer ? createPortal(<Surface />, renderer) : null
}

/** A canvas that was handed to a worker cannot be handed over twice, so each mount makes its own. */
function Surface() {
  const holder = useRef<HTMLDivElement>(null)
  const verbs = useVerbs()
  useEffect(() => {
    const canvas = document.createElement('canvas')
    canvas.setAttribute('aria-hidden', 'true')
    holder.current?.append(canvas)
    const detach = verbs.attachCanvas(canvas)
    return () => {
      detach()
      canvas.remove()
    }
  }, [verbs])
  return <div ref={holder} className={styles.layer} />
}

/** Tells the session about every pan, zoom and resize without rendering anything. */
function useViewPublished(): void {
  const verbs = useVerbs()
  const store = useStoreApi()
  const pixelRatio = usePixelRatio()
  useLayoutEffect(() => {
    let before = ''
    const publish = () => {
      const { transform, width, height, domNode } = store.getState()
      const [x, y, zoom] = transform
      const now = `${x} ${y} ${zoom} ${width} ${height}`
      if (now === before || width === 0 || height === 0) return
      before = now
      domNode?.style.setProperty('--title-scale', String(titleScale(zoom)))
      domNode?.style.setProperty('--zoom-inverse', String(1 / zoom))
      domNode?.classList.toggle('zoomed-out', zoom < ZOOMED_OUT)
      verbs.setView({ x, y, zoom, width, height, pixelRatio })
    }
    publish()
    return store.subscribe(publish)
  }, [verbs, store, pixelRatio])
}

function usePixelRatio(): number {
  const [ratio, setRatio] = useState(() => devicePixelRatio)
  useEffect(() => {
    const query = matchMedia(`(resolution: ${ratio}dppx)`)
    const onChange = () => setRatio(devicePixelRatio)
    query.addEventListener('change', onChange)
    return () => query.removeEventListener('change', onChange)
  }, [ratio])
  return Math.min(PIXEL_RATIO_MAX, ratio)
}
