/** What a program subscribes to in KurrentDB: all streams, with or without a filter, a category's links, or a stream. */
import { readSource } from '../../storeSource.ts'
import { type Line, line } from '../program.ts'
import { tsString } from '../typescript/text.ts'
import type { File } from './file.ts'

export interface Subscribed {
  kind: 'all' | 'stream'
  /** Of a stream: its name. */
  name: string
  /** A category is a stream of links. */
  usesLink: boolean
  /** The option of a filter, or nothing. */
  filter(file: File): string
  /** Where an event stands in it, to begin behind it. */
  placeOf: string
}

export function subscribed(source = ''): Subscribed {
  const { what, text } = readSource(source)
  if (what === 'category' || what === 'one') {
    const usesLink = what === 'category'
    const placeOf = usesLink ? '(link ?? event).revision' : 'event.revision'
    return { kind: 'stream', name: source, usesLink, placeOf, filter: () => '' }
  }
  return {
    ...{ kind: 'all', name: '$all', usesLink: false, placeOf: 'event.position' },
    filter: (file) => {
      if (what === 'all') {
        file.use('excludeSystemEvents')
        return 'filter: excludeSystemEvents()'
      }
      const made = what === 'type' ? 'eventTypeFilter' : 'streamNameFilter'
      file.use(made)
      return `filter: ${made}({ prefixes: [${text.split(',').map(tsString).join(', ')}] })`
    },
  }
}

/** A catch-up subscription from where the program stands (`from`). */
export function subscriptionLines(file: File, source: Subscribed): Line[] {
  if (source.kind === 'all') {
    return [
      line(
        `  const subscription = client.subscribeToAll({ fromPosition: from, ${source.filter(file)} })`,
      ),
    ]
  }
  const links = source.usesLink ? ', resolveLinkTos: true' : ''
  return [
    line(
      `  const subscription = client.subscribeToStream(${tsString(source.name)}, { fromRevision: from${links} })`,
    ),
  ]
}
