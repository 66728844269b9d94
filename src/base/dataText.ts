/** Data as a person reads it in one line: `id: acc1, balance: 0`. */

/** Objects lose their outer braces and all quotes that are not needed. */
export function dataText(value: unknown): string {
  if (isPlainObject(value)) return entriesText(value)
  return valueText(value)
}

/** A body as it is shown in full: JSON is indented, anything else stays as it is. */
export function bodyText(body: string): string {
  const trimmed = body.trim()
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) return body
  try {
    return JSON.stringify(JSON.parse(trimmed), null, 2)
  } catch {
    return body
  }
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return '–'
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`
  if (isPlainObject(value)) return `{ ${entriesText(value)} }`
  return String(value)
}

function entriesText(value: Record<string, unknown>): string {
  return Object.entries(value)
    .map(([name, entry]) => `${name}: ${valueText(entry)}`)
    .join(', ')
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
