/** Which node the person is at: under the pointer, else with the focus, else selected. Its toolbar is shown there. */
import { useReactFlow, useStoreApi } from '@xyflow/react'
import { type FocusEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { nodeAt } from './nodeAt.ts'

/** The toolbar waits so long for the pointer to reach it. */
const GRACE_MS = 280

export interface Attention {
  pointed: string | null
  focused: string | null
  dragging: boolean
  /** The node among whose links the keyboard is, if it is at one of them. */
  linksOf: string | null
  /** The pointer is over this node, or over none. */
  point: (id: string | null) => void
  /** The pointer is over the toolbar: it stays. */
  hold: () => void
  setDragging: (dragging: boolean) => void
  /** The keyboard goes from this node to one of its links. */
  goToLinks: (id: string) => void
  /** Puts the focus on a node and brings it into view. */
  show: (id: string) => void
  onFocus: (event: FocusEvent<HTMLElement>) => void
  onBlur: (event: FocusEvent<HTMLElement>) => void
}

export function useAttention(setEntry: (id: string) => void): Attention {
  const [pointed, setPointed] = useState<string | null>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const [dragging, setDragging] = useState(false)
  const [linksOf, setLinksOf] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const point = useCallback((id: string | null) => {
    clearTimeout(timer.current)
    if (id !== null) setPointed(id)
    else timer.current = setTimeout(() => setPointed(null), GRACE_MS)
  }, [])
  const hold = useCallback(() => clearTimeout(timer.current), [])
  const goToLinks = useCallback((id: string) => {
    setFocused(null)
    setLinksOf(id)
  }, [])
  const show = useShow()
  const onFocus = useCallback(
    (event: FocusEvent<HTMLElement>) => {
      const id = nodeAt(event.target)
      if (id === null) return
      setEntry(id)
      setLinksOf(null)
      setFocused(event.target.matches(':focus-visible') ? id : null)
    },
    [setEntry],
  )
  const onBlur = useCallback((event: FocusEvent<HTMLElement>) => {
    const next = event.relatedTarget
    const inside = next instanceof Element && event.currentTarget.contains(next)
    if (inside) return
    setFocused(null)
    setLinksOf(null)
  }, [])
  return useMemo(
    () => ({
      ...{ pointed, focused, dragging, linksOf },
      ...{ point, hold, setDragging, goToLinks, show, onFocus, onBlur },
    }),
    [pointed, focused, dragging, linksOf, point, hold, goToLinks, show, onFocus, onBlur],
  )
}

function useShow(): (id: string) => void {
  const store = useStoreApi()
  const { setCenter, getInternalNode } = useReactFlow()
  return useCallback(
    (id) => {
      const { domNode, transform, width, height } = store.getState()
      const node = getInternalNode(id)
      if (!node || !domNode) return
      const [x, y, zoom] = transform
      const { width: wide = 0, height: high = 0 } = node.measured
      const centre = { x: node.position.x + wide / 2, y: node.position.y + high / 2 }
      const [atX, atY] = [centre.x * zoom + x, centre.y * zoom + y]
      if (atX < 0 || atY < 0 || atX > width || atY > height) {
        void setCenter(centre.x, centre.y, { zoom })
      }
      domNode.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus()
    },
    [store, setCenter, getInternalNode],
  )
}
