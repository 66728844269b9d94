/** What an example is: a scenario with the question that it answers, in the words of the product. */
import { arrangeColumns, arrangeRows } from '../arrangeColumns.ts'
import { type LinkDoc, type NodeDoc, SCENARIO_FORMAT, type Scenario } from '../document.ts'

/** What a list of examples says of one: all that is known of it before it is opened. */
export interface ExampleEntry {
  id: string
  title: string
  /** What a learner asks and this run answers. */
  question: string
}

/** What its own file says of an example: the rest of it stands in the catalog of its group. */
export interface ExampleBody {
  /** What happens, why, and what to try. */
  about: string
  scenario: Omit<Scenario, 'format' | 'title' | 'about'>
}

export interface Example extends ExampleEntry {
  scenario: Scenario
}

export function whole({ id, title, question }: ExampleEntry, body: ExampleBody): Example {
  const { about, scenario } = body
  return { id, title, question, scenario: { format: SCENARIO_FORMAT, title, about, ...scenario } }
}

/** A node before it has a place. */
export type Unplaced = NodeDoc extends infer Node
  ? Node extends NodeDoc
    ? Omit<Node, 'position'>
    : never
  : never

/** Examples are drawn for a space of these proportions: a figure, a miniature, the canvas between its panels. */
const SPACE = { width: 720, height: 660 }

/** Rows of columns of ids of nodes. */
export type RowsOfIds = readonly (readonly (readonly string[])[])[]

/**
 * Places nodes in columns along the flow, in as many rows as make the drawing large; or, where a flow that parts or
 * turns back reads better so, in rows of columns that are given. The order of the nodes is the same either way.
 */
export function inColumns(
  columns: readonly Unplaced[][],
  links: readonly LinkDoc[],
  rows?: RowsOfIds,
): NodeDoc[] {
  const layers = columns.map((column) =>
    column.map((node) => ({ ...node, position: { x: 0, y: 0 } }) as NodeDoc),
  )
  const nodes = layers.flat()
  const drawing = { nodes, links: [...links] }
  const named = (ids: readonly string[]) => nodes.filter(({ id }) => ids.includes(id))
  const places = rows
    ? arrangeRows(
        rows.map((row) => row.map(named)),
        drawing,
      )
    : arrangeColumns(layers, drawing, SPACE)
  return nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position }))
}
