/** What a person's projection shows, as rows of named cells: it may be a list, an object of rows, or anything. */

export type Row = Record<string, unknown>

export function rowsOf(made: unknown): Row[] {
  if (Array.isArray(made)) return made.map((row) => (isRow(row) ? row : { value: row }))
  if (!isRow(made)) return [{ value: made }]
  const entries = Object.entries(made)
  if (entries.length > 0 && entries.every(([, row]) => isRow(row))) {
    return entries.map(([key, row]) => ({ key, ...(row as Row) }))
  }
  return entries.map(([key, value]) => ({ key, value }))
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A cell of a table: its column, and its row, which goes by its first cell where that is its own, else by its place. */
export interface CellPlace {
  name: string | null
  key: unknown
  index: number
  column: string
}

export function placeOfCell(rows: readonly Row[], index: number, column: string): CellPlace {
  const row = rows[index] ?? {}
  const [name = null] = Object.keys(row)
  const key = name === null ? undefined : row[name]
  // A number may change with the next event: it is no name of a row.
  const isOwn =
    typeof key === 'string' && rows.filter((each) => each[name ?? ''] === key).length === 1
  return { name: isOwn ? name : null, key, index, column }
}

export function cellOf(rows: readonly Row[], { name, key, index, column }: CellPlace): unknown {
  const row = name === null ? rows[index] : rows.find((each) => each[name] === key)
  return row?.[column]
}
