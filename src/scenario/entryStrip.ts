/** Where things lie inside a Redis stream and inside a group of one. */
import { type Box, ENTRIES, type Grid } from './shapes.ts'

export interface EntryStrip {
  /** Left end of the strip, and the room that its cells have. */
  left: number
  columns: number
  cellWidth: number
  /** Middle of the row of ids, of the entries, of the first rail. */
  idsY: number
  cellsY: number
  cellsHeight: number
  railsY: number
  railHeight: number
  /** The middle of the line at the foot. */
  footY: number
  /** Where what a group has still to read is written. */
  lagX: number
}

/** As few columns as `wanted` entries need: few lie large, many small. */
const STRIP_COLUMNS = [7, 10, 14] as const

export function entryStrip(body: Box, wanted = 0): EntryStrip {
  const nameWidth = 78
  const width = 322
  const columns = STRIP_COLUMNS.find((count) => count >= wanted) ?? 14
  return {
    left: body.x + nameWidth,
    columns,
    cellWidth: width / columns,
    idsY: body.y + 13,
    cellsY: body.y + 34,
    cellsHeight: 24,
    railsY: body.y + ENTRIES.head + 8,
    railHeight: ENTRIES.rail,
    footY: body.y + body.height - 14,
    lagX: body.x + nameWidth + width + 9,
  }
}

/** The rows of a Redis group for what is pending. */
export function pendingRows(body: Box): Grid {
  return {
    x: body.x + 12,
    y: body.y + 46,
    columns: 1,
    rows: 4,
    cellWidth: body.width - 34,
    cellHeight: 25,
    fromRight: false,
  }
}
