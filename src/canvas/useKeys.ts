/** The canvas by keyboard: arrows walk along the graph, Shift and arrows move, K goes to links, Enter selects, Delete removes. */
import { type KeyboardEvent, useCallback, useRef } from 'react'
import type { Position } from '../scenario/document.ts'
import { type LiveSession, useVerbs } from '../session/react.tsx'
import { type Direction, neighbour, type Placed } from './neighbours.ts'
import { nodeAt } from './nodeAt.ts'
import { removeLink, removeNode } from './tryEdit.ts'
import type { Attention } from './useAttention.ts'
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
  /** The focus went: what is half moved is moved. */
  settle: () => void
}

export function useKeys(flow: Flow, readOnly: boolean, attention: Attention): CanvasKeys {
  const verbs = useVerbs()
  const moving = useRef(false)

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const id = nodeAt(event.target)
      const direction = DIRECTIONS[event.key]
      const did = (() => {
        if (event.key === 'Delete' || event.key === 'Backspace') {
          return !readOnly && onCanvas(event) && remove(flow, verbs, id, attention)
        }
        const node = id ?? attention.linksOf
        if (event.key === 'Escape') return clear(verbs, attention)
        if (event.key === 'k' && node !== null) return goToLink(verbs, node, attention)
        if (id === null) return false
        if (direction && event.shiftKey) {
          if (readOnly) return false
          const moved = flow.nodes.find((each) => each.id === id)
          if (!moved) return false
          moving.current = true
          flow.move(new Map([[id, stepped(moved.position, direction)]]))
          return true
        }
        if (direction) return walk(flow, verbs, id, direction, attention.show)
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
    [verbs, flow, readOnly, attention],
  )
  const settle = useCallback(() => {
    if (!moving.current) return
    moving.current = false
    flow.settle()
  }, [flow])
  const onKeyUp = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === 'Shift') settle()
    },
    [settle],
  )
  return { onKeyDown, onKeyUp, settle }
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
  const next = neighbour(boxesOf(flow), verbs.store.getState().scenario.links, id, direction)
  if (next !== null) show(next)
  return true
}

/** Removes the node that the keyboard is at, else what is selected. The focus goes to what stood before it. */
function remove(flow: Flow, verbs: LiveSession, id: string | null, attention: Attention): boolean {
  const { selection, scenario } = verbs.store.getState()
  const focused = attention.focused ?? (selection === null ? id : null)
  if (focused !== null) {
    const boxes = boxesOf(flow)
    const next =
      neighbour(boxes, scenario.links, focused, 'left') ??
      neighbour(boxes, scenario.links, focused, 'right')
    if (removeNode(verbs, focused) && next !== null) attention.show(next)
    return true
  }
  if (selection?.type === 'node') return removeNode(verbs, selection.id)
  if (selection?.type === 'link') return removeLink(verbs, selection.id)
  return false
}

function boxesOf(flow: Flow): Placed[] {
  return flow.nodes.map((node) => ({ id: node.id, ...node.position, ...node.data.size }))
}

/** Selects the next of a node's links, whose acts take the focus. */
function goToLink(verbs: LiveSession, node: string, attention: Attention): boolean {
  const { selection, scenario } = verbs.store.getState()
  const links = scenario.links.filter(({ from, to }) => from === node || to === node)
  const at = links.findIndex(({ id }) => selection?.type === 'link' && selection.id === id)
  const next = links[(at + 1) % links.length]
  if (!next) return false
  verbs.select({ type: 'link', id: next.id })
  attention.goToLinks(node)
  return true
}

/** From a link the focus goes back to the node from which it was reached. */
function clear(verbs: LiveSession, attention: Attention): boolean {
  if (attention.linksOf !== null) attention.show(attention.linksOf)
  if (verbs.store.getState().selection === null) return false
  verbs.select(null)
  return true
}
