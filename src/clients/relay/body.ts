/** What a relay makes of an event: the body of the message that it publishes. */
import type { RecordedEvent } from '../../brokers/eventstore/eventLog.ts'

/**
 * Fills `{type}`, `{data}`, `{stream}`, `{version}`, `{position}` and cells of the data such as
 * `{account}` into `template`; what it does not know stays as it is. Without a template: the event as
 * one JSON object, its type first.
 */
export function relayBody(template: string | undefined, event: RecordedEvent): string {
  const cells = typeof event.data === 'object' && event.data !== null ? event.data : {}
  if (template === undefined || template === '') {
    return JSON.stringify(Object.assign({ type: '' }, cells, { type: event.type }))
  }
  const known = new Map<string, unknown>(Object.entries(cells))
  known.set('type', event.type).set('data', JSON.stringify(event.data)).set('stream', event.stream)
  known.set('version', event.version).set('position', event.position)
  return template.replace(/\{([^{}]+)\}/g, (text, name: string) => cellText(known.get(name), text))
}

function cellText(value: unknown, unknown: string): string {
  if (value === undefined) return unknown
  return typeof value === 'string' ? value : JSON.stringify(value)
}
