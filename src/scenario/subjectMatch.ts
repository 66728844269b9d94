/**
 * Which subscriptions a subject or channel would go to: the brokers' own matchers over the document and, where filters
 * were changed by an act, over the frame, so that the canvas can show it without publishing anything.
 */
import { matchesSubject } from '../brokers/pubsub/nats/subjects.ts'
import { hasGlob, matchesGlob } from '../brokers/pubsub/redis/glob.ts'
import type { LinkDoc, Scenario } from './document.ts'
import type { NatsServerDoc, RedisServerDoc } from './pubsubDocument.ts'

type Place = Pick<NatsServerDoc | RedisServerDoc, 'id' | 'kind'>

/** What a frame says of filters that were changed: states of subscribers have them by link. */
interface Frame {
  nodes: readonly { id: string; filters?: Record<string, string> }[]
}

/** The filter of a subscription as it is at the moment of a frame. */
export function filterAt(link: LinkDoc, frame: object | null): string {
  const nodes = (frame as Frame | null)?.nodes
  const changed = nodes?.find(({ id }) => id === link.to)?.filters?.[link.id]
  return changed ?? link.key ?? '>'
}

export function letsThrough(place: Pick<Place, 'kind'>, filter: string, subject: string): boolean {
  if (place.kind === 'natsServer') return matchesSubject(filter, subject)
  return hasGlob(filter) ? matchesGlob(filter, subject) : filter === subject
}

/** Ids of the links out of a server whose filter lets a subject through. */
export function filtersMatched(
  scenario: Pick<Scenario, 'links'>,
  place: Place,
  subject: string,
  frame: object | null,
): Set<string> {
  const matching = scenario.links.filter(
    (link) =>
      link.from === place.id &&
      subject !== '' &&
      letsThrough(place, filterAt(link, frame), subject),
  )
  return new Set(matching.map(({ id }) => id))
}

/** A subject that a filter would let through. */
export function exampleSubject(place: Pick<Place, 'kind'>, filter: string): string {
  if (place.kind === 'natsServer') {
    const tokens = filter.split('.').map((token) => (token === '*' ? 'a' : token))
    return tokens.map((token) => (token === '>' ? 'a.b' : token)).join('.')
  }
  return filter
    .replaceAll('*', 'any')
    .replaceAll('?', 'x')
    .replaceAll(/\[\^?([^\]])[^\]]*\]?/g, '$1')
    .replaceAll('\\', '')
}
