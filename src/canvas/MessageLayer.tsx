/**
 * The canvas on which the engine's side draws messages and the insides of nodes: above the nodes, below
 * their toolbars, never in the way of the pointer. It passes on where things lie and how they are looked
 * at; it renders once.
 */
import { useStore, useStoreApi } from '@xyflow/react'
import { useCallback, useLayoutEffect } from 'react'
import { createPortal } from 'react-dom'
import type { LinkDoc } from '../scenario/document.ts'
import { useVerbs } from '../session/react.tsx'
import { titleScale, ZOOMED_OUT } from './fit.ts'
import { type FlowNode, geometryOf } from './graph.ts'
import { keepInPlace } from './lag.ts'
import { Surface, usePixelRatio } from './Surface.tsx'

interface MessageLayerProps {
  nodes: readonly FlowNode[]
  links: readonly LinkDoc[]
  /** Nobody sees it: the engine is told a view without a size and paints nothing. */
  hidden: boolean
}

export function MessageLayer({ nodes, links, hidden }: MessageLayerProps) {
  const renderer = useStore(
    (state) => state.domNode?.querySelector('.react-flow__renderer') ?? null,
  )
  const verbs = useVerbs()

  useLayoutEffect(() => verbs.setGeometry(geometryOf(nodes, links)), [verbs, nodes, links])
  useViewPublished(hidden)
  const store = useStoreApi()
  const attach = useCallback(
    (canvas: HTMLElement) => {
      const viewNow = () => {
        const [x, y, zoom] = store.getState().transform
        return { x, y, zoom }
      }
      return keepInPlace(canvas, verbs, viewNow, store.subscribe)
    },
    [verbs, store],
  )
  return renderer ? createPortal(<Surface attach={attach} />, renderer) : null
}

/** Tells the session about every pan, zoom and resize without rendering anything. */
function useViewPublished(hidden: boolean): void {
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
      const size = hidden ? { width: 0, height: 0 } : { width, height }
      verbs.setView({ x, y, zoom, ...size, pixelRatio })
    }
    publish()
    return store.subscribe(publish)
  }, [verbs, store, pixelRatio, hidden])
}
