/** One Tab stop for a whole list: arrows, Home, End and pages move the focus inside it. */
import type { KeyboardEvent } from 'react'

const pageRows = 10

type Axis = 'horizontal' | 'vertical'

/** Where a key leads in a list of `count` from position `at`; -1 if the key is not one of the list's. */
export function nextPosition(key: string, at: number, count: number, axis: Axis): number {
  const [back, forth] = axis === 'vertical' ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight']
  const last = count - 1
  if (last < 0) return -1
  if (key === back) return Math.max(0, at - 1)
  if (key === forth) return Math.min(last, at + 1)
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (axis === 'vertical' && key === 'PageUp') return Math.max(0, at - pageRows)
  if (axis === 'vertical' && key === 'PageDown') return Math.min(last, at + pageRows)
  return -1
}

/** Moves the focus between the `[data-rove]` elements of the list that the event went through. */
export function rove(event: KeyboardEvent<HTMLElement>, axis: Axis): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-rove]')]
  const at = items.indexOf(event.target as HTMLElement)
  if (at < 0 || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return
  const next = nextPosition(event.key, at, items.length, axis)
  if (next < 0) return
  event.preventDefault()
  items[next]?.focus()
}
