/**
 * Which subscriptions a subject, channel or topic would go to at a moment: the brokers' own matchers over the filters that
 * hold then, so that the canvas can show it without publishing anything.
 */
import { isValidTopic, matchesFilter, readShare } from '../brokers/pubsub/mqtt/topics.ts'
import { hasWildcard, isValidSubject, matchesSubject } from '../brokers/pubsub/nats/subjects.ts'
import { hasGlob, matchesGlob } from '../brokers/pubsub/redis/glob.ts'
import type { NodeOf, Scenario } from '../scenario/document.ts'
import { changedFilter } from './changedFilter.ts'
import type { Frame } from './frame.ts'

/** Where clients are subscribed by filters. */
export type Place = NodeOf<'natsServer'> | NodeOf<'redisServer'> | NodeOf<'mqttBroker'>

export interface SubscriptionAt {
  link: string
  /** The node at its other end. */
  who: string
  filter: string
  /** An act gave it this filter. */
  changed: boolean
}

export function subscriptionsAt(
  { links, nodes }: Pick<Scenario, 'links' | 'nodes'>,
  place: Place,
  frame: Frame | null,
): SubscriptionAt[] {
  return links.flatMap((link): SubscriptionAt[] => {
    const who = link.from === place.id ? link.to : link.to === place.id ? link.from : null
    if (who === null) return []
    const now = changedFilter(link, frame)
    const at = { link: link.id, who, changed: now !== null }
    if (place.kind === 'mqttBroker') {
      const state = frame?.nodes.find(({ id }) => id === who)
      const doc = nodes.find(({ id }) => id === who)
      const ofDoc = doc?.kind === 'mqttClient' ? (doc.subscriptions ?? []) : []
      const filters = state?.kind === 'mqttClient' ? state.filters : ofDoc.map((s) => s.filter)
      return filters.map((filter) => ({ ...at, filter }))
    }
    return link.from === place.id ? [{ ...at, filter: now ?? link.key ?? '>' }] : []
  })
}

export function letsThrough({ kind }: Pick<Place, 'kind'>, filter: string, subject: string) {
  if (kind === 'mqttBroker') return matchesFilter(readShare(filter)?.filter ?? filter, subject)
  if (kind === 'natsServer') return matchesSubject(filter, subject)
  return hasGlob(filter) ? matchesGlob(filter, subject) : filter === subject
}

/** What is wrong with a subject under which somebody would publish; null if nothing is. */
export function whyNotPublished({ kind }: Pick<Place, 'kind'>, subject: string): string | null {
  if (kind === 'mqttBroker') return isValidTopic(subject) ? null : 'a topic has no + and #'
  if (kind === 'redisServer') return null
  if (hasWildcard(subject)) return 'a subject has no * and >'
  return isValidSubject(subject) ? null : 'tokens with dots between them'
}

/** A subject that a filter would let through. */
export function exampleSubject({ kind }: Pick<Place, 'kind'>, filter: string): string {
  if (kind === 'mqttBroker') {
    const levels = (readShare(filter)?.filter ?? filter).split('/')
    return levels.map((level) => (level === '+' ? 'a' : level === '#' ? 'a/b' : level)).join('/')
  }
  if (kind === 'natsServer') {
    const tokens = filter.split('.').map((token) => (token === '*' ? 'a' : token))
    return tokens.map((token) => (token === '>' ? 'a.b' : token)).join('.')
  }
  return filter
    .replaceAll('*', 'any')
    .replaceAll('?', 'x')
    .replaceAll(/\[\^?([^\]])[^\]]*\]?/g, '$1')
    .replaceAll('\\', '')
}

/** The subjects, channels or topics that a place has seen. */
export function subjectsSeen(place: Place, frame: Frame | null): string[] {
  const state = frame?.nodes.find(({ id }) => id === place.id)
  if (state?.kind === 'mqttBroker') return state.topics.map(({ topic }) => topic)
  const hasSubjects = state?.kind === 'natsServer' || state?.kind === 'redisServer'
  return hasSubjects ? state.subjects.map(({ subject }) => subject) : []
}

/** What of the seen a filter matches; where that is nothing, what it would match. */
export function matchedBy(place: Place, filter: string, seen: readonly string[]) {
  const matching = seen.filter((subject) => letsThrough(place, filter, subject))
  const isMet = matching.length > 0
  return { isMet, subjects: isMet ? matching : [exampleSubject(place, filter)] }
}
