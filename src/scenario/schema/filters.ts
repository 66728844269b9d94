/** What JetStream and links of pub/sub refuse: which links bear a subject or a filter, and what is wrong in one. */
import { hasWildcard, isValidSubject } from '../../brokers/pubsub/nats/subjects.ts'
import type { LinkDoc, NodeDoc, NodeKind, NodeOf } from '../document.ts'
import { type Path, type Refused, refuse } from './problem.ts'

/** Whether a link between these kinds is a subscription, whose filter can be changed while it runs. */
export function isFiltered(from: NodeKind, to: NodeKind): boolean {
  return (
    (from === 'natsServer' && to === 'natsSubscriber') ||
    (from === 'natsStream' && to === 'natsConsumer') ||
    from === 'redisServer'
  )
}

/** Whether its key is a subject or a channel under which a client publishes. */
export function isPublishing(to: NodeKind): boolean {
  return to === 'natsServer' || to === 'redisServer'
}

/** Whether a link between these kinds may have a key that is a subject, a channel or a filter. */
export function hasSubject(from: NodeKind, to: NodeKind): boolean {
  return isFiltered(from, to) || isPublishing(to) || (from === 'natsServer' && to === 'natsStream')
}

/** What is wrong with a filter, in words that say what to give; null if nothing is. */
export function whyNoFilter(from: NodeKind, filter: string): string | null {
  if (from === 'redisServer' || isValidSubject(filter)) return null
  return `is "${filter}"; give tokens with dots between them, * for one token, > at the end for the rest`
}

/** The same of what a client publishes under. */
export function whyNoSubject(to: NodeKind, subject: string): string | null {
  if (to === 'redisServer') return null
  if (isValidSubject(subject) && !hasWildcard(subject)) return null
  return `is "${subject}"; give a subject without wildcards, tokens with dots between them`
}

/** Names and settings that JetStream refuses (docs.nats.io/nats-concepts/jetstream/consumers). */
export function refuseDurable(
  node: NodeOf<'natsStream'> | NodeOf<'natsConsumer'>,
  path: Path,
): Refused | null {
  if (/[.*>\s]/.test(node.name)) {
    return refuse(
      [...path, 'name'],
      `is "${node.name}"; give a name without spaces, ".", "*" or ">"`,
    )
  }
  if (node.kind === 'natsStream') {
    const { maxAgeMs, duplicateWindowMs } = node
    if (maxAgeMs === undefined || (duplicateWindowMs ?? 0) <= maxAgeMs) return null
    return refuse(
      [...path, 'duplicateWindowMs'],
      `is ${duplicateWindowMs}, longer than maxAgeMs; give at most ${maxAgeMs}`,
    )
  }
  const { backoffMs, maxDeliver, deliverPolicy, startSequence, startTimeMs } = node
  if (backoffMs !== undefined && (maxDeliver ?? 0) <= backoffMs.length) {
    return refuse(
      [...path, 'maxDeliver'],
      `is ${maxDeliver ?? 'not given'}; with backoffMs give more than ${backoffMs.length}`,
    )
  }
  if ((deliverPolicy === 'by_start_sequence') !== (startSequence !== undefined)) {
    return refuse(
      [...path, 'startSequence'],
      'goes with the deliver policy "by_start_sequence"; give both or none',
    )
  }
  if ((deliverPolicy === 'by_start_time') !== (startTimeMs !== undefined)) {
    return refuse(
      [...path, 'startTimeMs'],
      'goes with the deliver policy "by_start_time"; give both or none',
    )
  }
  return refuseMode(node, path)
}

const OF_PULL = ['maxWaiting', 'maxRequestBatch', 'maxRequestExpiresMs'] as const

/** Settings that only one of push and pull has. */
function refuseMode(node: NodeOf<'natsConsumer'>, path: Path): Refused | null {
  if (!node.push) {
    if (node.idleHeartbeatMs === undefined) return null
    return refuse([...path, 'idleHeartbeatMs'], 'goes with push; add "push": true or remove it')
  }
  const wrong = OF_PULL.find((name) => node[name] !== undefined)
  return wrong ? refuse([...path, wrong], 'goes with pull; remove it or "push"') : null
}

/** The subject, channel or filter on a link of pub/sub. */
export function refuseSubject(
  link: LinkDoc,
  from: NodeDoc,
  to: NodeDoc,
  path: Path,
): Refused | null {
  if (link.key === undefined) return null
  const isInto = isPublishing(to.kind)
  if (!isInto && !hasSubject(from.kind, to.kind)) return null
  const why = isInto ? whyNoSubject(to.kind, link.key) : whyNoFilter(from.kind, link.key)
  return why === null ? null : refuse(path, why)
}
