/**
 * Filters of subscriptions to all streams: the store hands over only events whose types, or the names of whose
 * streams, begin with one of a few prefixes. KurrentDB docs, "Catch-up subscriptions", "Server-side filtering":
 * `$all` with a filter `eventType` or `streamName` and `prefixes`. Left out: regular expressions, and checkpoints
 * for what is filtered out (a subscriber that comes again has the store search from its last event on).
 */
import { FILTER_PREFIX } from './filtering.ts'

export interface Filter {
  by: 'type' | 'stream'
  prefixes: readonly string[]
}

const WRITTEN = /^\$all\?(type|stream)=(.+)$/

export function filterName({ by, prefixes }: Filter): string {
  return `${FILTER_PREFIX}${by}=${prefixes.join(',')}`
}

/** The filter in the name of a source; null if it has none that can be read. */
export function readFilter(source: string | null): Filter | null {
  const [, by, list = ''] = WRITTEN.exec(source ?? '') ?? []
  const prefixes = list.split(',').map((prefix) => prefix.trim())
  if (by === undefined || prefixes.includes('')) return null
  return { by: by === 'type' ? 'type' : 'stream', prefixes }
}

/** Whether a filter lets an event pass. */
export function passes({ by, prefixes }: Filter, type: string, stream: string): boolean {
  const text = by === 'type' ? type : stream
  return prefixes.some((prefix) => text.startsWith(prefix))
}
