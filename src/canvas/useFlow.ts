/** The nodes and edges that React Flow shows: the document's, with what is being moved where the hand is. */
import type { EdgeChange, NodeChange } from '@xyflow/react'
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Position } from '../scenario/document.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import { alignWithNeighbours } from './align.ts'
import { type FlowEdge, type FlowNode, flowEdges, flowNodes } from './graph.ts'
import { tryEdit } from './tryEdit.ts'

const NOTHING: ReadonlyMap<string, Position> = new Map()

export interface Flow {
  nodes: FlowNode[]
  edges: FlowEdge[]
  onNodesChange: (changes: NodeChange<FlowNode>[]) => void
  onEdgesChange: (changes: EdgeChange<FlowEdge>[]) => void
  /** Shows nodes somewhere else for now. */
  move: (moves: ReadonlyMap<string, Position>) => void
  /** Writes what was moved into the document, as one undoable edit. */
  settle: () => void
}

/** `roving` is the node that the Tab key reaches, null if none can be reached. */
export function useFlow(roving: string | null, describedBy: (id: string) => string): Flow {
  const verbs = useVerbs()
  const scenario = useSession((state) => state.scenario)
  const selection = useSession((state) => state.selection)
  const [moved, setMoved] = useState(NOTHING)
  /** The same, at once: a hand lets go before the last move is rendered. */
  const latest = useRef(NOTHING)

  const still = useMemo(() => flowNodes(scenario), [scenario])
  const nodes = useMemo(
    () =>
      still.map((node) => {
        const position = moved.get(node.id) ?? node.position
        const selected = selection?.type === 'node' && selection.id === node.id
        const tabIndex = roving === node.id ? 0 : -1
        const domAttributes = {
          ...node.domAttributes,
          tabIndex,
          'aria-describedby': describedBy(node.id),
        }
        return { ...node, position, selected, domAttributes }
      }),
    [still, moved, selection, roving, describedBy],
  )
  const drawn = useRef<FlowEdge[]>([])
  const edges = useMemo(
    () => flowEdges(scenario, nodes, selection, drawn.current),
    [scenario, nodes, selection],
  )
  useLayoutEffect(() => {
    drawn.current = edges
  }, [edges])

  const move = useCallback((moves: ReadonlyMap<string, Position>) => {
    latest.current = new Map([...latest.current, ...moves])
    setMoved(latest.current)
  }, [])
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const moves = new Map<string, Position>()
      for (const change of changes) {
        if (change.type === 'position' && change.position) moves.set(change.id, change.position)
      }
      if (moves.size > 0) move(moves)
    },
    [move],
  )
  const settle = useCallback(() => {
    const places = latest.current
    latest.current = NOTHING
    setMoved(NOTHING)
    const boxes = still.map(({ id, position, data }) => ({ id, ...position, ...data.size }))
    const moves = [...places].flatMap(([id, position]) => {
      const node = still.find((each) => each.id === id)
      if (!node) return []
      const box = { id, ...position, ...node.data.size }
      const at = alignWithNeighbours(box, boxes, scenario.links)
      const same = at.x === node.position.x && at.y === node.position.y
      return same ? [] : [{ id, position: at }]
    })
    if (moves.length > 0) tryEdit(verbs, { edit: 'moveNodes', moves })
  }, [verbs, still, scenario])

  return { nodes, edges, onNodesChange, onEdgesChange: ignore, move, settle }
}

/** Edges change in the document only. */
function ignore(): void {}
