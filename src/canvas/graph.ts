/** The scenario as React Flow's nodes and edges, and where they lie as the message layer needs it. */
import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react'
import type { LinkDoc, NodeDoc, Scenario } from '../scenario/document.ts'
import { type Box, handlePoint, linkCurve, nodeSize, type Size } from '../scenario/shapes.ts'
import type { Geometry, Selection } from '../session/session.ts'
import { notesOf } from './notes.ts'
import { keyOf, kindOf } from './words.ts'

export type FlowNode = Node<{ doc: NodeDoc; size: Size; kind: string; unfinished: boolean }, 'node'>
/** `stack` counts the links between the same two nodes before it: their keys are written one above the other. */
export type FlowEdge = Edge<
  { doc: LinkDoc; label: string; curve: readonly number[]; stack: number },
  'link'
>

/** Nodes as React Flow takes them: sizes and handles are known, nothing has to be measured first. */
export function flowNodes(scenario: Scenario): FlowNode[] {
  return scenario.nodes.map((doc) => {
    const size = nodeSize(doc, scenario)
    const kind = kindOf(doc, scenario)
    return {
      id: doc.id,
      type: 'node',
      position: doc.position,
      data: { doc, size, kind, unfinished: notesOf(scenario).has(doc.id) },
      width: size.width,
      height: size.height,
      measured: size,
      handles: [port('target', Position.Left, size), port('source', Position.Right, size)],
      domAttributes: {
        role: 'group',
        'aria-roledescription': 'node',
        'aria-label': `${doc.name}, ${kind}`,
      },
    }
  })
}

function port(type: 'source' | 'target', position: Position, size: Size): NodeHandle {
  const point = handlePoint(size, type === 'target' ? 'in' : 'out')
  return { type, position, ...point, width: 0, height: 0 }
}

/** Edges along their curves; one that is as it was in `before` is the same object, so that it is not rendered anew. */
export function flowEdges(
  scenario: Scenario,
  nodes: readonly FlowNode[],
  selection: Selection,
  before: readonly FlowEdge[] = [],
): FlowEdge[] {
  const docs = new Map(scenario.links.map((doc) => [doc.id, doc]))
  const known = new Map(before.map((edge) => [edge.id, edge]))
  const names = new Map(scenario.nodes.map(({ id, name }) => [id, name]))
  const nameOf = (id: string) => names.get(id) ?? id
  return geometryOf(nodes, scenario.links).links.flatMap(({ id, curve }) => {
    const doc = docs.get(id)
    if (!doc) return []
    const selected = selection?.type === 'link' && selection.id === id
    const old = known.get(id)
    const label = keyOf(doc, scenario.nodes)
    const same =
      old?.data?.doc === doc &&
      old.data.label === label &&
      old.selected === selected &&
      curve.every((number, i) => number === old.data?.curve[i])
    if (same) return [old]
    const stack = scenario.links
      .slice(0, scenario.links.indexOf(doc))
      .filter(({ from, to }) => from === doc.from && to === doc.to).length
    const ends = { source: doc.from, target: doc.to }
    const ariaLabel = `Link from ${nameOf(doc.from)} to ${nameOf(doc.to)}`
    return [{ id, type: 'link', ...ends, data: { doc, label, curve, stack }, selected, ariaLabel }]
  })
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
