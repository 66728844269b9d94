/** What an example is: a scenario with the question that it answers, in the words of the product. */
import { arrangeColumns } from '../arrange.ts'
import type { LinkDoc, NodeDoc, Scenario } from '../document.ts'

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

/** Examples are drawn for a space of these proportions: a figure, a miniature, the canvas between its panels. */
const SPACE = { width: 900, height: 600 }

/** Places nodes in columns along the flow, in as many rows as make the drawing large. */
export function inColumns(columns: readonly Unplaced[][], links: readonly LinkDoc[]): NodeDoc[] {
  const layers = columns.map((column) =>
    column.map((node) => ({ ...node, position: { x: 0, y: 0 } }) as NodeDoc),
  )
  const nodes = layers.flat()
  const places = arrangeColumns(layers, { nodes, links: [...links] }, SPACE)
  return nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position }))
}
