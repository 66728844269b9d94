/** What a relay makes of an event: the body of the message that it publishes. */
import type { RecordedEvent } from '../../brokers/eventstore/eventLog.ts'

/**
 * Fills `{type}`, `{data}`, `{stream}`, `{version}`, `{position}` and cells of the data such as
 * `{account}` into `template`. A cell that this event lacks is left out, since events of other types have it; where
 * none is known the template stays as it is. Without a template: the event as one JSON object, its type first.
 */
export function relayBody(template: string | undefined, event: RecordedEvent): string {
  const cells = typeof event.data === 'object' && event.data !== null ? event.data : {}
  if (template === undefined || template === '') {
    return JSON.stringify(Object.assign({ type: '' }, cells, { type: event.type }))
  }
  const known = new Map<string, unknown>(Object.entries(cells))
  known.set('type', event.type).set('data', JSON.stringify(event.data)).set('stream', event.stream)
  known.set('version', event.version).set('position', event.position)
  let isFilled = false
  const filled = template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = known.get(name)
    if (value === undefined) return ''
    isFilled = true
    return cellText(value)
  })
  return isFilled ? filled.trim() : template
}

function cellText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
