/** What a program subscribes to in KurrentDB: all streams, with or without a filter, a category's links, or a stream. */
import type { NodeOf } from '../../document.ts'
import { readSource } from '../../storeSource.ts'
import { type Line, line, on } from '../program.ts'
import { tsName, tsString } from '../typescript/text.ts'
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

/** Opens the function of who follows a source by a catch-up subscription, from the place that it has saved. */
export function followLines(
  file: File,
  doc: NodeOf<'projection' | 'processManager'>,
  source: Subscribed,
): Line[] {
  const isAll = source.kind === 'all'
  const links = source.usesLink ? ', resolveLinkTos: true' : ''
  const subscribe = isAll
    ? `subscribeToAll({ fromPosition: from, ${source.filter(file)} })`
    : `subscribeToStream(${tsString(source.name)}, { fromRevision: from${links} })`
  return [
    line(`export async function ${tsName(doc.name)}(): Promise<void> {`),
    line(
      `  const from = await readModel.${isAll ? 'position' : 'revision'}(${tsString(doc.name)})`,
      ...on([doc], 'subscribing'),
    ),
    line(`  const subscription = client.${subscribe}`),
    line(
      `  for await (const { event${source.usesLink ? ', link' : ''} } of subscription) {`,
      ...on([doc], 'received'),
    ),
    line('    if (!event) continue'),
  ]
}
