/**
 * Moving among the cells of the matrix: what the pointer is over or the focus is on says itself, arrow keys move the focus,
 * Enter selects the message. One cell can be reached with Tab.
 */
import { type FocusEvent, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'

/** By row and column; row -1 is that of the names. */
export interface Spot {
  row: number
  column: number
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
}

export function useCells(rows: number, columns: number, onChoose: (spot: Spot) => void) {
  const table = useRef<HTMLTableElement>(null)
  const [said, setSaid] = useState<Spot | null>(null)
  const [focused, setFocused] = useState<Spot>({ row: 0, column: 0 })
  const entry = {
    row: Math.min(focused.row, rows - 1),
    column: Math.min(focused.column, columns - 1),
  }
  const goTo = (spot: Spot) => {
    table.current?.querySelector<HTMLElement>(`[data-cell="${spot.row} ${spot.column}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const at = spotOf(event.target)
    if (at === null || event.ctrlKey || event.metaKey || event.altKey) return
    const step = STEPS[event.key]
    if (step) {
      const row = Math.max(-1, Math.min(rows - 1, at.row + step[0]))
      goTo({ row, column: Math.max(0, Math.min(columns - 1, at.column + step[1])) })
    } else if (event.key === 'Home') goTo({ ...at, column: 0 })
    else if (event.key === 'End') goTo({ ...at, column: columns - 1 })
    else if (event.key === 'Enter') onChoose(at)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const handlers = {
    onKeyDown,
    onClick: (event: { target: EventTarget }) => {
      const at = spotOf(event.target)
      if (at) onChoose(at)
    },
    onPointerOver: (event: PointerEvent) => setSaid(spotOf(event.target)),
    onPointerLeave: () => setSaid(null),
    onFocus: (event: FocusEvent) => {
      const at = spotOf(event.target)
      setSaid(at)
      if (at) setFocused(at)
    },
    onBlur: () => setSaid(null),
  }
  const tabIndex = (row: number, column: number) =>
    row === entry.row && column === entry.column ? 0 : -1
  return { table, said, handlers, tabIndex }
}

function spotOf(target: EventTarget): Spot | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null
  const [row, column] = cell?.dataset.cell?.split(' ').map(Number) ?? []
  return row === undefined || column === undefined ? null : { row, column }
}
