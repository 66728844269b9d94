/** What a person's projection shows, as rows of named cells: it may be a list, an object of rows, or anything. */

type Row = Record<string, unknown>

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
