/**
 * A tidy drawing of a scenario for a space of a given size: along the flow from left to right, and in
 * several rows like text where one row would be too small to read.
 */
import type { NodeDoc, Position, Scenario } from './document.ts'
import { GAP, handlePoint, nodeSize, type Size, SMALL_WIDTH, UPRIGHT_INSET } from './shapes.ts'

export type Drawing = Pick<Scenario, 'nodes' | 'links'>

/** Between rows there is room for a link with its messages. */
const ROW_GAP = 56
/** How much of its row a title of usual length takes. */
const TITLE_SHARE = 0.75
/** More columns than this are not tried in every division into rows. */
const COLUMNS_TRIED = 10

/** At its own size everything can be read: larger is no reason for another row. */
const ZOOM_ENOUGH = 1.1
/** Fewer rows read better: one more must enlarge the drawing so much. */
const WORTH_A_ROW = 1.25

/** Where each node should stand, so that the whole is as large as it can be in `space`, if the columns are known. */
export function arrangeColumns(
  layers: readonly (readonly NodeDoc[])[],
  drawing: Drawing,
  space: Size,
): Map<string, Position> {
  const columns = layers.map((nodes) => columnOf(nodes, drawing))
  let best: Column[][] = [columns]
  let bestZoom = 0
  for (const rows of divisions(columns)) {
    if (rows.some((row, i) => isCrossed(row, rows[i + 1], drawing))) continue
    const { width, height } = rowsSize(rows)
    const room = Math.min(ZOOM_ENOUGH, space.width / width, space.height / height)
    // A row that begins with several nodes is reached by links that cross it.
    const forks = rows.slice(1).filter((row) => (row[0]?.nodes.length ?? 0) > 1).length
    const zoom = room * (1 - 0.25 * forks)
    if (zoom <= bestZoom * (rows.length > best.length ? WORTH_A_ROW : 1)) continue
    best = rows
    bestZoom = zoom
  }
  return place(best)
}

/** The same where somebody has said which columns stand in which row: rows below each other, each in the middle. */
export function arrangeRows(
  rows: readonly (readonly (readonly NodeDoc[])[])[],
  drawing: Drawing,
): Map<string, Position> {
  const columns = rows.map((row) => row.map((nodes) => columnOf(nodes, drawing)))
  return place(columns, true)
}

/**
 * Whether links down to the next row would cross what they should not: a node that stands below in the same
 * column, or the title of a small node, which they can meet at its middle only.
 */
function isCrossed(
  row: readonly Column[],
  next: readonly Column[] | undefined,
  drawing: Drawing,
): boolean {
  const [from, to] = [row.at(-1), next?.[0]]
  if (!from || !to) return false
  const leadsDown = ({ id }: { id: string }) =>
    drawing.links.some((link) => link.from === id && to.nodes.some((node) => node.id === link.to))
  return to.width <= SMALL_WIDTH || from.nodes.slice(0, -1).some(leadsDown)
}

interface Column {
  nodes: { id: string; size: Size; top: number }[]
  width: number
  /** From the line on which its links lie: how far it reaches up and down. */
  above: number
  below: number
}

function columnOf(nodes: readonly NodeDoc[], drawing: Drawing): Column {
  let top = 0
  const placed = nodes.map((node) => {
    const size = nodeSize(node, drawing)
    const at = { id: node.id, size, top }
    top += size.height + GAP.y
    return at
  })
  const [first, last] = [placed[0], placed.at(-1)]
  const line =
    first && last
      ? (first.top + handlePoint(first.size, 'in').y + last.top + handlePoint(last.size, 'in').y) /
        2
      : 0
  return {
    nodes: placed.map((node) => ({ ...node, top: node.top - line })),
    width: Math.max(...placed.map(({ size }) => size.width)),
    above: line,
    below: top - GAP.y - line,
  }
}

/** Every way to divide the columns into rows, or, of many columns, the even ones. */
function divisions(columns: readonly Column[]): Column[][][] {
  const count = columns.length
  if (count > COLUMNS_TRIED) {
    return Array.from({ length: count }, (_, i) => evenRows(columns, i + 1))
  }
  const all: Column[][][] = []
  for (let breaks = 0; breaks < 1 << Math.max(0, count - 1); breaks++) {
    const rows: Column[][] = [[]]
    columns.forEach((column, i) => {
      if (i > 0 && breaks & (1 << (i - 1))) rows.push([])
      rows.at(-1)?.push(column)
    })
    all.push(rows)
  }
  return all.sort((a, b) => a.length - b.length)
}

function evenRows(columns: readonly Column[], rows: number): Column[][] {
  const each = Math.ceil(columns.length / rows)
  const result: Column[][] = []
  for (let i = 0; i < columns.length; i += each) result.push(columns.slice(i, i + each))
  return result
}

function rowSize(row: readonly Column[]): Size & { above: number } {
  const above = Math.max(0, ...row.map((column) => column.above))
  const below = Math.max(0, ...row.map((column) => column.below))
  const width = row.reduce((sum, column) => sum + column.width, 0) + GAP.x * (row.length - 1)
  return { width, height: above + below, above }
}

function rowsSize(rows: readonly Column[][]): Size {
  const sizes = rows.map(rowSize)
  return {
    width: Math.max(...sizes.map(({ width }) => width)),
    height: sizes.reduce((sum, { height }) => sum + height, 0) + ROW_GAP * (rows.length - 1),
  }
}

/**
 * How far a row moves right, so that the link from its last node down to the next row arrives beside the
 * title there, which stands at the left. Only as far as there is room.
 */
function indent(row: readonly Column[], next: readonly Column[] | undefined, room: number): number {
  const [from, to] = [row.at(-1), next?.[0]]
  if (!from || !to || to.nodes.length > 1) return 0
  const leftOfLast = rowSize(row).width - from.width
  const needed = TITLE_SHARE * to.width - UPRIGHT_INSET - leftOfLast
  return Math.max(0, Math.min(needed, room))
}

/** Rows begin at the left, as lines of text do; a single column stands in the middle. */
function place(rows: readonly Column[][], isCentred = false): Map<string, Position> {
  const positions = new Map<string, Position>()
  const widest = rowsSize(rows).width
  const stacked = isCentred || (rows.length > 1 && rows.every((row) => row.length === 1))
  let top = 0
  for (const [i, row] of rows.entries()) {
    const { above, height, width } = rowSize(row)
    let x = stacked ? (widest - width) / 2 : indent(row, rows[i + 1], widest - width)
    for (const column of row) {
      for (const node of column.nodes) {
        positions.set(node.id, {
          x: Math.round(x + (column.width - node.size.width) / 2),
          y: Math.round(top + above + node.top),
        })
      }
      x += column.width + GAP.x
    }
    top += height + ROW_GAP
  }
  return positions
}
