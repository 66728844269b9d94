/** Fits the view to the drawing: at first, when another one is opened, when asked, and as long as nobody has moved the view. */
import { useReactFlow, useStore, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { useSession } from '../session/react.tsx'
import { centreAt, fitBoxes, type Inset, type Viewport, ZOOM_MAX } from './fit.ts'
import type { FlowNode } from './graph.ts'

export interface FitOptions {
  margin: number
  /** Largest zoom that fitting chooses. */
  most: number
  /** What panels cover; the view stays where it is when that changes. */
  inset: Inset
  /** Shown instead of the fitted view when another drawing is opened. */
  start: { x: number; y: number; zoom: number } | null
  /** Told whether the view is no longer the fitted one. */
  onMoved: ((moved: boolean) => void) | undefined
}

/** Returns how to fit now. */
export function useFit(nodes: readonly FlowNode[], options: FitOptions): () => void {
  const { margin, most, inset, start, onMoved } = options
  const { setViewport } = useReactFlow()
  const store = useStoreApi()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const drawing = useDrawing()
  const fitted = useRef({ x: 0, y: 0, zoom: 0 })
  const latest = useRef({ nodes, inset, start })
  const known = useRef<ReadonlySet<string> | null>(null)
  useLayoutEffect(() => {
    latest.current = { nodes, inset, start }
  })

  const fitView = useCallback(() => {
    const { width: wide, height: high } = store.getState()
    if (wide === 0 || high === 0) return
    const { left, right, top, bottom } = latest.current.inset
    const boxes = latest.current.nodes.map((node) => ({ ...node.position, ...node.data.size }))
    const free = { width: wide - left - right, height: high - top - bottom }
    const view = fitBoxes(boxes, free.width, free.height, margin, Math.min(most, ZOOM_MAX))
    fitted.current = { ...view, x: view.x + left, y: view.y + top }
    void setViewport(fitted.current)
  }, [store, setViewport, margin, most])
  /** Where the drawing begins to be looked at: as it was shared, else fitted. */
  const showStart = useCallback(() => {
    const { width: wide, height: high } = store.getState()
    const { inset: covered, start: wanted } = latest.current
    fitView()
    if (wanted && wide > 0) void setViewport(centreAt(wanted, wide, high, covered))
  }, [store, setViewport, fitView])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another drawing is fitted anew, wherever the view was
  useLayoutEffect(showStart, [drawing])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new size fits again unless the view was moved by hand
  useLayoutEffect(() => {
    const [x, y, zoom] = store.getState().transform
    const own = fitted.current
    const untouched = x === own.x && y === own.y && zoom === own.zoom
    if (own.zoom === 0) showStart()
    else if (untouched) fitView()
  }, [width, height])
  useEffect(() => {
    const hidden = newcomerOutOfView(store, nodes, known.current)
    known.current = new Set(nodes.map((node) => node.id))
    if (hidden) fitView()
  }, [store, nodes, fitView])
  useMoved(store, fitted, onMoved)
  return fitView
}

function useMoved(
  store: ReturnType<typeof useStoreApi>,
  fitted: { current: Viewport },
  onMoved: FitOptions['onMoved'],
): void {
  useEffect(() => {
    if (!onMoved) return
    let before: boolean | null = null
    return store.subscribe(({ transform: [x, y, zoom] }) => {
      const own = fitted.current
      const moved = own.zoom !== 0 && (x !== own.x || y !== own.y || zoom !== own.zoom)
      if (moved !== before) onMoved(moved)
      before = moved
    })
  }, [store, fitted, onMoved])
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
