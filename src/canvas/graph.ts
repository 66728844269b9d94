/** The scenario as React Flow's nodes and edges, and where they lie as the message layer needs it. */
import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react'
import type { LinkDoc, NodeDoc, Scenario } from '../scenario/document.ts'
import { type Box, handlePoint, linkCurve, nodeSize, type Size } from '../scenario/shapes.ts'
import type { Geometry, Selection } from '../session/session.ts'
import { notesOf } from './notes.ts'
import { kindOf } from './words.ts'

export type FlowNode = Node<{ doc: NodeDoc; size: Size; unfinished: boolean }, 'node'>
export type FlowEdge = Edge<{ doc: LinkDoc }, 'link'>

/** Nodes as React Flow takes them: sizes and handles are known, nothing has to be measured first. */
export function flowNodes(scenario: Scenario): FlowNode[] {
  return scenario.nodes.map((doc) => {
    const size = nodeSize(doc, scenario)
    return {
      id: doc.id,
      type: 'node',
      position: doc.position,
      data: { doc, size, unfinished: notesOf(scenario).has(doc.id) },
      width: size.width,
      height: size.height,
      measured: size,
      handles: [port('target', Position.Left, size), port('source', Position.Right, size)],
      domAttributes: {
        role: 'group',
        'aria-roledescription': 'node',
        'aria-label': `${doc.name}, ${kindOf(doc)}`,
      },
    }
  })
}

function port(type: 'source' | 'target', position: Position, size: Size): NodeHandle {
  const point = handlePoint(size, type === 'target' ? 'in' : 'out')
  return { type, position, ...point, width: 0, height: 0 }
}

export function flowEdges(scenario: Scenario, selection: Selection): FlowEdge[] {
  const known = new Set(scenario.nodes.map(({ id }) => id))
  return scenario.links
    .filter((doc) => known.has(doc.from) && known.has(doc.to))
    .map((doc) => ({
      id: doc.id,
      type: 'link',
      source: doc.from,
      target: doc.to,
      data: { doc },
      selected: selection?.type === 'link' && selection.id === doc.id,
    }))
}

/** Where nodes and links lie now, drags included. */
export function geometryOf(nodes: readonly FlowNode[], links: readonly LinkDoc[]): Geometry {
  const boxes = new Map<string, Box>()
  for (const node of nodes) boxes.set(node.id, { ...node.position, ...node.data.size })
  return {
    nodes: nodes.map(({ id, position, data }) => ({ id, ...position, ...data.size })),
    links: links.flatMap((link) => {
      const from = boxes.get(link.from)
      const to = boxes.get(link.to)
      return from && to ? [{ id: link.id, curve: linkCurve(from, to) as number[] }] : []
    }),
  }
}
