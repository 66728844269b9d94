/** Fits the view to the drawing: at first, when another one is opened, when asked, and as long as nobody has moved the view. */
import { useReactFlow, useStore, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { useSession } from '../session/react.tsx'
import { fitBoxes, ZOOM_MAX } from './fit.ts'
import type { FlowNode } from './graph.ts'

export interface FitOptions {
  margin: number
  /** Largest zoom that fitting chooses. */
  most: number
}

/** Returns how to fit now. */
export function useFit(nodes: readonly FlowNode[], options: FitOptions): () => void {
  const { margin, most } = options
  const { setViewport } = useReactFlow()
  const store = useStoreApi()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const drawing = useDrawing()
  const fitted = useRef({ x: 0, y: 0, zoom: 0 })
  const latest = useRef(nodes)
  const known = useRef<ReadonlySet<string> | null>(null)
  useLayoutEffect(() => {
    latest.current = nodes
  })

  const fitView = useCallback(() => {
    const { width: wide, height: high } = store.getState()
    if (wide === 0 || high === 0) return
    const boxes = latest.current.map((node) => ({ ...node.position, ...node.data.size }))
    const view = fitBoxes(boxes, wide, high, margin, Math.min(most, ZOOM_MAX))
    fitted.current = view
    void setViewport(view)
  }, [store, setViewport, margin, most])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another drawing is fitted anew, wherever the view was
  useLayoutEffect(fitView, [drawing])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new size fits again unless the view was moved by hand
  useLayoutEffect(() => {
    const [x, y, zoom] = store.getState().transform
    const own = fitted.current
    const untouched = x === own.x && y === own.y && zoom === own.zoom
    if (untouched || own.zoom === 0) fitView()
  }, [width, height])
  useEffect(() => {
    const hidden = newcomerOutOfView(store, nodes, known.current)
    known.current = new Set(nodes.map((node) => node.id))
    if (hidden) fitView()
  }, [store, nodes, fitView])
  return fitView
}

/** Changes when another drawing is opened, not when one is edited. */
function useDrawing(): string {
  const example = useSession((state) => state.exampleId)
  const first = useSession((state) => state.branches[0]?.id)
  return `${example ?? ''} ${first ?? ''}`
}

/** A node that was added out of view brings the view with it. */
function newcomerOutOfView(
  store: ReturnType<typeof useStoreApi>,
  nodes: readonly FlowNode[],
  known: ReadonlySet<string> | null,
): boolean {
  if (!known) return false
  const { transform, width, height } = store.getState()
  const [x, y, zoom] = transform
  return nodes.some(({ id, position, data }) => {
    if (known.has(id)) return false
    const left = position.x * zoom + x
    const top = position.y * zoom + y
    const right = left + data.size.width * zoom
    const bottom = top + data.size.height * zoom
    return left < 0 || top < 0 || right > width || bottom > height
  })
}
