/** What a reader of an event store can subscribe to, as a document names it: all streams, a filter on them, a category, a stream. */
import { CATEGORY_PREFIX } from '../brokers/eventstore/category.ts'
import { filterName, readFilter } from '../brokers/eventstore/filter.ts'
import { FILTER_PREFIX } from '../brokers/eventstore/filtering.ts'

export const SOURCES = ['all', 'type', 'stream', 'category', 'one'] as const
export type SourceKind = (typeof SOURCES)[number]

/** Whether it can be read: a filter that cannot is no stream either, as nobody would write to it. */
export function isSource(source: string): boolean {
  return !source.startsWith(FILTER_PREFIX) || readFilter(source) !== null
}

/** What a source names, and the text behind that. */
export function readSource(source: string): { what: SourceKind; text: string } {
  if (source === '') return { what: 'all', text: '' }
  const filter = readFilter(source)
  if (filter) return { what: filter.by, text: filter.prefixes.join(',') }
  return source.startsWith(CATEGORY_PREFIX)
    ? { what: 'category', text: source.slice(CATEGORY_PREFIX.length) }
    : { what: 'one', text: source }
}

/** The source of this kind with this text behind it. */
export function writeSource(what: SourceKind, text: string): string | undefined {
  switch (what) {
    case 'all':
      return undefined
    case 'type':
    case 'stream':
      return filterName({ by: what, prefixes: text.split(',').map((each) => each.trim()) })
    case 'category':
      return CATEGORY_PREFIX + text.replace(/-.*/, '')
    case 'one':
      return text
  }
}
