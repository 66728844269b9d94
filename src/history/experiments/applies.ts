/**
 * Whether a field that a node leaves out would change anything there: a batch size does nothing where nothing is
 * batched. The conditions are those under which the inspector shows the field.
 */
import { isBatching } from '../../clients/producer/settings.ts'
import type { NodeDoc, NodeKind, NodeOf, Scenario } from '../../scenario/document.ts'
import { isConsuming } from '../../scenario/kinds.ts'

/** Kinds of the nodes that a node's links lead to, and that they come from. */
interface Near {
  to: ReadonlySet<NodeKind | undefined>
  from: ReadonlySet<NodeKind | undefined>
}

type Rules = {
  [K in NodeKind]?: readonly [fields: string, applies: (doc: NodeOf<K>, near: Near) => boolean][]
}

const fromNatsConsumer = (_doc: NodeDoc, { from }: Near) => from.has('natsConsumer')
const isReplicated = ({ replicationFactor = 1 }: NodeOf<'topic'>) => replicationFactor > 1
const isCompacted = ({ cleanup = 'delete' }: NodeOf<'topic'>) => cleanup !== 'delete'
const isSharing = ({ protocol }: NodeOf<'groupConsumer'>) => protocol === 'share'

const RULES: Rules = {
  producer: [
    ['expirationMs', (_doc, { to }) => to.has('exchange') || to.has('queue')],
    ['confirmTimeoutMs', ({ confirms }) => confirms === true],
    [
      'retries backoffMs backoffFactor jitter',
      (doc) => doc.confirms === true || doc.onReturn === 'retry' || isBatching(doc),
    ],
    ['partition', (_doc, { to }) => to.has('topic')],
    [
      'lingerMs batchBytes batchRecords maxInFlight requestTimeoutMs deliveryTimeoutMs lossRate transaction',
      (doc, { to }) => to.has('topic') && isBatching(doc),
    ],
    ['abortRate transactionTimeoutMs', ({ transaction }) => transaction !== undefined],
  ],
  groupConsumer: [
    ['transactionTimeoutMs', ({ commit }) => commit === 'transaction'],
    ['commitEveryMs', ({ commit }) => commit === 'auto'],
    ['commitEveryRecords', ({ commit }) => commit === 'after'],
    ['lockMs deliveryLimit renewEveryMs', isSharing],
    [
      'restartAfterMs',
      ({ closeAtMs, crashAtMs }) => closeAtMs !== undefined || crashAtMs !== undefined,
    ],
  ],
  topic: [
    ['minInsyncReplicas replicaLagMs replicaFetchMs', isReplicated],
    ['dirtyRatio deleteRetentionMs', isCompacted],
  ],
  natsSubscriber: [['batch expiresMs nakDelayMs progressEveryMs', fromNatsConsumer]],
  redisSubscriber: [['batch expiresMs nakDelayMs progressEveryMs', () => false]],
  mqttClient: [
    ['receiveMaximum inbox', isConsuming],
    ['expiryS', ({ arrivals }) => arrivals !== undefined],
  ],
  sqsQueue: [['maxReceiveCount', ({ deadLetters }) => deadLetters !== undefined]],
  cloudSubscription: [
    ['maxBackoffMs', ({ minBackoffMs }) => minBackoffMs !== undefined],
    ['maxDeliveryAttempts', ({ deadLetterTopic }) => deadLetterTopic !== undefined],
    ['pushMax', ({ push }) => push === true],
  ],
}

export function applies({ nodes, links }: Scenario, doc: NodeDoc, field: string): boolean {
  const rules = (RULES[doc.kind] ?? []) as readonly [
    string,
    (doc: NodeDoc, near: Near) => boolean,
  ][]
  const rule = rules.find(([fields]) => fields.split(' ').includes(field))
  if (!rule) return true
  const kindsOf = (ids: readonly string[]) =>
    new Set(ids.map((id) => nodes.find((node) => node.id === id)?.kind))
  const to = kindsOf(links.filter(({ from }) => from === doc.id).map((link) => link.to))
  const from = kindsOf(links.filter((link) => link.to === doc.id).map((link) => link.from))
  return rule[1](doc, { to, from })
}
