/** The canvas by keyboard: arrows walk along the graph, Shift and arrows move, Enter selects, Delete removes. */
import { useStoreApi } from '@xyflow/react'
import { type KeyboardEvent, useCallback, useRef } from 'react'
import type { Position } from '../scenario/document.ts'
import { type LiveSession, useVerbs } from '../session/react.tsx'
import { type Direction, neighbour } from './neighbours.ts'
import type { Flow } from './useFlow.ts'

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
const STEP = 10

export interface CanvasKeys {
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  onKeyUp: (event: KeyboardEvent<HTMLElement>) => void
}

/** The node that an event of the keyboard is about. */
export function nodeAt(target: EventTarget | null): string | null {
  const element = target instanceof Element ? target : null
  if (!element?.classList.contains('react-flow__node')) return null
  return element.getAttribute('data-id')
}

export function useKeys(flow: Flow, readOnly: boolean, show: (id: string) => void): CanvasKeys {
  const verbs = useVerbs()
  const store = useStoreApi()
  const moving = useRef(false)

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const id = nodeAt(event.target)
      const direction = DIRECTIONS[event.key]
      const did = (() => {
        if (event.key === 'Delete' || event.key === 'Backspace') {
          return !readOnly && onCanvas(event) && remove(verbs, id)
        }
        if (event.key === 'Escape') return clear(verbs)
        if (id === null) return false
        if (direction && event.shiftKey) {
          if (readOnly) return false
          const node = flow.nodes.find((each) => each.id === id)
          if (!node) return false
          moving.current = true
          flow.move(new Map([[id, stepped(node.position, direction)]]))
          return true
        }
        if (direction) return walk(flow, verbs, id, direction, show)
        if (event.key === 'Enter' || event.key === ' ') {
          verbs.select({ type: 'node', id })
          return true
        }
        return false
      })()
      if (!did) return
      // The page's own shortcuts must not act on the same key.
      event.preventDefault()
      event.stopPropagation()
    },
    [verbs, flow, readOnly, show],
  )
  const onKeyUp = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.key !== 'Shift' || !moving.current) return
      moving.current = false
      flow.settle()
      store.setState({ ariaLiveMessage: 'Moved' })
    },
    [flow, store],
  )
  return { onKeyDown, onKeyUp }
}

/** Not in a field or on a button of a toolbar. */
function onCanvas(event: KeyboardEvent<HTMLElement>): boolean {
  return event.target === event.currentTarget || nodeAt(event.target) !== null
}

function stepped(position: Position, direction: Direction): Position {
  const dx = direction === 'left' ? -STEP : direction === 'right' ? STEP : 0
  const dy = direction === 'up' ? -STEP : direction === 'down' ? STEP : 0
  return { x: position.x + dx, y: position.y + dy }
}

function walk(
  flow: Flow,
  verbs: LiveSession,
  id: string,
  direction: Direction,
  show: (id: string) => void,
): boolean {
  const boxes = flow.nodes.map((node) => ({ id: node.id, ...node.position, ...node.data.size }))
  const next = neighbour(boxes, verbs.store.getState().scenario.links, id, direction)
  if (next !== null) show(next)
  return true
}

function remove(verbs: LiveSession, focused: string | null): boolean {
  const { selection } = verbs.store.getState()
  if (focused !== null) {
    verbs.edit({ edit: 'removeNode', id: focused })
    return true
  }
  if (selection?.type === 'node') verbs.edit({ edit: 'removeNode', id: selection.id })
  else if (selection?.type === 'link') verbs.edit({ edit: 'removeLink', id: selection.id })
  else return false
  return true
}

function clear(verbs: LiveSession): boolean {
  if (verbs.store.getState().selection === null) return false
  verbs.select(null)
  return true
}
