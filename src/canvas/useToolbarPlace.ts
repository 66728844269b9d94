/** Keeps a toolbar beside what it belongs to, and whole inside the canvas. */
import { useStore } from '@xyflow/react'
import { type RefObject, useLayoutEffect } from 'react'
import type { Box } from '../scenario/shapes.ts'

const GAP = 8
const MARGIN = 8

/** Places `toolbar` above the box (flow coordinates), or below where there is no room above. */
export function useToolbarPlace(toolbar: RefObject<HTMLElement | null>, box: Box | null): void {
  const [x, y, zoom] = useStore((state) => state.transform)
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  useLayoutEffect(() => {
    const element = toolbar.current
    if (!element || !box) return
    const place = () => {
      const { offsetWidth: wide, offsetHeight: high } = element
      const centre = (box.x + box.width / 2) * zoom + x
      const above = box.y * zoom + y - GAP - high
      const below = (box.y + box.height) * zoom + y + GAP
      const top = above >= MARGIN || below + high > height ? above : below
      const inset = insetOf(element)
      const left = clamp(
        centre - wide / 2,
        MARGIN + inset.left,
        width - wide - MARGIN - inset.right,
      )
      element.style.transform = `translate(${Math.round(left)}px, ${Math.round(clamp(top, MARGIN, height - high - MARGIN))}px)`
    }
    place()
    const observer = new ResizeObserver(place)
    observer.observe(element)
    return () => observer.disconnect()
  }, [toolbar, box, x, y, zoom, width, height])
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}

/** What panels cover, as the canvas says in its style. */
function insetOf(element: HTMLElement): { left: number; right: number } {
  const style = getComputedStyle(element)
  const read = (side: string) => Number.parseFloat(style.getPropertyValue(`--inset-${side}`)) || 0
  return { left: read('left'), right: read('right') }
}
