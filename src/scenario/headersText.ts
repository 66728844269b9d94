/** Headers as text: how a person types them, and how they are written on links. */

/** `name=value` pairs as a person types them: `type=pdf, pages=3`. */
export function headersFrom(text: string): Record<string, string | number | boolean> {
  const headers: Record<string, string | number | boolean> = {}
  for (const pair of text.split(',')) {
    const at = pair.indexOf('=')
    if (at < 1) continue
    headers[pair.slice(0, at).trim()] = valueFrom(pair.slice(at + 1).trim())
  }
  return headers
}

function valueFrom(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

/** Headers as a person types them. */
export function headersText(headers: Readonly<Record<string, unknown>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}=${value === null ? '' : String(value)}`)
    .join(', ')
}
