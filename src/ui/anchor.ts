/** Places a floating element beside what called it, inside the window, flipping to the other side where room is short. */

import { type RefObject, useLayoutEffect } from 'react'

export type Placement =
  | 'top'
  | 'bottom'
  | 'left'
  | 'right'
  | 'bottom-start'
  | 'bottom-end'
  | 'top-start'

const gap = 6
const margin = 8

/** Keeps `floating` (position: fixed) at `anchor` while `open`; scrolling and resizing move it along. */
export function useAnchor(
  anchor: () => Element | null,
  floating: RefObject<HTMLElement | null>,
  open: boolean,
  placement: Placement,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `anchor` only reads a ref, and a new closure must not re-place
  useLayoutEffect(() => {
    if (!open) return
    const place = () => {
      const target = anchor()
      if (target && floating.current)
        placeAt(target.getBoundingClientRect(), floating.current, placement)
    }
    place()
    window.addEventListener('resize', place)
    window.addEventListener('scroll', place, true)
    return () => {
      window.removeEventListener('resize', place)
      window.removeEventListener('scroll', place, true)
    }
  }, [open, placement])
}

function placeAt(target: DOMRect, element: HTMLElement, placement: Placement): void {
  const { offsetWidth: width, offsetHeight: height } = element
  const [side, align] = placement.split('-')
  const below = target.bottom + gap
  const above = target.top - gap - height
  const centreX = target.left + target.width / 2 - width / 2
  let left = align === 'start' ? target.left : align === 'end' ? target.right - width : centreX
  let top = below
  if (side === 'top') top = above < margin ? below : above
  else if (side === 'bottom')
    top = below + height > innerHeight - margin && above >= margin ? above : below
  else {
    top = target.top + target.height / 2 - height / 2
    const before = target.left - gap - width
    const after = target.right + gap
    const fitsAfter = after + width <= innerWidth - margin
    if (side === 'left') left = before >= margin || !fitsAfter ? before : after
    else left = fitsAfter || before < margin ? after : before
  }
  element.style.left = `${clamp(left, margin, innerWidth - width - margin)}px`
  element.style.top = `${clamp(top, margin, innerHeight - height - margin)}px`
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}
