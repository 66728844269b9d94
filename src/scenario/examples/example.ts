/** What an example is: a scenario with the question that it answers, in the words of the product. */
import type { LinkDoc, NodeDoc, Scenario } from '../document.ts'
import { GAP, handlePoint, nodeSize } from '../shapes.ts'

export interface Example {
  id: string
  title: string
  /** What a learner asks and this run answers. */
  question: string
  /** What happens, why, and what to try. */
  about: string
  scenario: Scenario
}

/** A node before it has a place. */
export type Unplaced = NodeDoc extends infer Node
  ? Node extends NodeDoc
    ? Omit<Node, 'position'>
    : never
  : never

/**
 * Places nodes in columns from left to right, each column around one middle line, so that the links
 * between columns of one node each are straight.
 */
export function inColumns(columns: readonly Unplaced[][], links: readonly LinkDoc[]): NodeDoc[] {
  const nodes = columns.flat().map((node) => ({ ...node, position: { x: 0, y: 0 } }) as NodeDoc)
  const drawn = { nodes, links: [...links] }
  const byId = new Map(nodes.map((node) => [node.id, node]))
  let x = 0
  for (const column of columns) {
    const placed = column.map(({ id }) => byId.get(id) as NodeDoc)
    const sizes = placed.map((node) => nodeSize(node, drawn))
    const width = Math.max(...sizes.map((size) => size.width))
    let y = -middleOf(sizes)
    for (const [i, node] of placed.entries()) {
      const size = sizes[i] as { width: number; height: number }
      node.position = { x: Math.round(x + (width - size.width) / 2), y: Math.round(y) }
      y += size.height + GAP.y
    }
    x += width + GAP.x
  }
  return nodes
}

/** Halfway between the first and the last node's links, from the top of the column. */
function middleOf(sizes: readonly { width: number; height: number }[]): number {
  const first = sizes[0]
  const last = sizes.at(-1)
  if (!first || !last) return 0
  const above = sizes.slice(0, -1).reduce((sum, size) => sum + size.height + GAP.y, 0)
  return (handlePoint(first, 'in').y + above + handlePoint(last, 'in').y) / 2
}
