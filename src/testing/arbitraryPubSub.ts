/** Random servers, streams and subscribers of pub/sub, and what is done to them, for random scenarios. */
import fc from 'fast-check'
import type { BrokerDoc, LinkDoc, NodeDoc, NodeKind, Scenario } from '../scenario/document.ts'
import { FAMILY_OF, mayLose, SUBSCRIBER_KINDS } from '../scenario/kinds.ts'
import type { Body } from './arbitraryActs.ts'

export const placeDrafts = {
  natsServer: fc.record({ kind: fc.constant('natsServer' as const), second: fc.boolean() }),
  redisServer: fc.record({ kind: fc.constant('redisServer' as const), second: fc.boolean() }),
  natsStream: fc.record(
    {
      kind: fc.constant('natsStream' as const),
      second: fc.boolean(),
      retention: fc.constantFrom('limits' as const, 'interest' as const, 'workqueue' as const),
      discard: fc.constantFrom('old' as const, 'new' as const),
      storage: fc.constantFrom('memory' as const, 'file' as const),
      maxMessages: fc.integer({ min: 1, max: 5 }),
      maxMessagesPerSubject: fc.integer({ min: 1, max: 2 }),
      maxAgeMs: fc.constantFrom(300, 5000),
    },
    { requiredKeys: ['kind', 'second'] },
  ),
  natsConsumer: fc
    .record(
      {
        kind: fc.constant('natsConsumer' as const),
        second: fc.boolean(),
        push: fc.boolean(),
        deliverGroup: fc.constant('g'),
        deliverPolicy: fc.constantFrom('all', 'last', 'new', 'last_per_subject'),
        createdAtMs: fc.constantFrom(0, 1500),
        replayPolicy: fc.constant('original' as const),
        inactiveThresholdMs: fc.constantFrom(300, 2000),
        ackPolicy: fc.constantFrom('explicit' as const, 'all' as const, 'none' as const),
        ackWaitMs: fc.constantFrom(100, 2000),
        maxDeliver: fc.integer({ min: 1, max: 3 }),
        maxAckPending: fc.integer({ min: 1, max: 3 }),
        headersOnly: fc.boolean(),
        idleHeartbeatMs: fc.constantFrom(100, 1000),
        maxWaiting: fc.integer({ min: 1, max: 2 }),
        maxRequestBatch: fc.integer({ min: 1, max: 2 }),
        maxRequestExpiresMs: fc.constantFrom(100, 2000),
      },
      { requiredKeys: ['kind', 'second'] },
    )
    .map(ofItsMode),
}

/** Without what only the other of push and pull has. */
function ofItsMode<Draft extends { push?: boolean }>(draft: Draft): Draft {
  const others = draft.push
    ? ['maxWaiting', 'maxRequestBatch', 'maxRequestExpiresMs']
    : ['idleHeartbeatMs']
  return Object.fromEntries(
    Object.entries(draft).filter(([name]) => !others.includes(name)),
  ) as Draft
}

/** Parts that a broker has one of. */
const SINGLE: ReadonlySet<NodeKind> = new Set(['natsServer', 'redisServer', 'mqttBroker'])

export function subscriberSettings<Service>(service: Service) {
  return {
    service,
    joinMs: fc.constantFrom(0, 1000),
    queueGroup: fc.constantFrom('q1', 'q2'),
    pendingMax: fc.constantFrom(1, 5),
    batch: fc.integer({ min: 1, max: 4 }),
    expiresMs: fc.constantFrom(200, 3000),
    ackWhen: fc.constantFrom('after', 'before', 'never'),
    failureRate: fc.constantFrom(0, 0.1, 0.5, 1),
    onFailure: fc.constantFrom('nak', 'term', 'leave'),
    nakDelayMs: fc.constantFrom(0, 500),
    progressEveryMs: fc.constantFrom(100, 1000),
    replyWith: fc.constant('Re: {body}'),
    inbox: fc.constantFrom(0, 2),
    effect: fc.constant('Did {body}'),
    output: fc.constantFrom('{body}!', 'fixed'),
  }
}

/** A filter, or a subject without wildcards; not twice the same between two nodes. */
export function subjectLink(
  link: LinkDoc,
  from: NodeKind,
  key: string,
  { links, nodes }: Scenario,
): LinkDoc | null {
  const to = nodes.find(({ id }) => id === link.to)?.kind
  const isInto = to === 'natsServer' || to === 'redisServer'
  const plain = key.replaceAll(/[^a-z]/gi, '') || 'a'
  const filters = [plain, '>', '*', `${plain}.>`]
  const filter =
    from === 'redisServer' ? (key.includes('*') ? '*' : plain) : filters[key.length % 4]
  const wanted = isInto ? plain : (filter ?? plain)
  const twin = links.some((l) => l.from === link.from && l.to === link.to && l.key === wanted)
  return twin ? null : { ...link, key: wanted }
}

/** Clients that can pause. */
export const PAUSED: ReadonlySet<NodeKind> = new Set([
  'producer',
  'pollingConsumer',
  'natsSubscriber',
  'natsRequester',
  'redisSubscriber',
  'redisConsumer',
  'redisReader',
  'mqttClient',
])

export function subscriberActs(node: NodeDoc): fc.Arbitrary<Body>[] {
  const acts: fc.Arbitrary<Body>[] = []
  if (SUBSCRIBER_KINDS.has(node.kind)) {
    acts.push(
      fc.record({
        do: fc.constantFrom('goOffline' as const, 'comeBack' as const),
        node: fc.constant(node.id),
      }),
    )
  }
  if (node.kind === 'natsSubscriber') {
    acts.push(
      fc.record({
        do: fc.constant('settle' as const),
        node: fc.constant(node.id),
        message: fc.nat(30),
        how: fc.constantFrom('ack' as const, 'nak' as const, 'term' as const, 'progress' as const),
        delayMs: fc.constantFrom(0, 300),
      }),
    )
  }
  return acts
}

/** Single messages that get lost. */
export function losses({ links, nodes }: Scenario): fc.Arbitrary<Body>[] {
  const kind = (id: string) => nodes.find((node) => node.id === id)?.kind
  return links.flatMap(({ id, from, to }) => {
    const [a, b] = [kind(from), kind(to)]
    if (a === undefined || b === undefined || !mayLose(a, b)) return []
    return fc.record({
      do: fc.constant('loseNext' as const),
      link: fc.constant(id),
      way: fc.constantFrom('with' as const, 'back' as const),
    })
  })
}

/** The broker of a part, one of two; what there is once in a broker gets one of its own. */
export function brokerFor(
  part: Extract<NodeDoc, { broker: string }>,
  second: boolean,
  scenario: Scenario,
): string {
  const family = FAMILY_OF[part.kind]
  const stores = scenario.nodes.filter(({ kind }) => kind === 'eventStore').length
  const id = part.kind === 'eventStore' ? `store${stores}` : `${family}${second ? 2 : 1}`
  if (
    SINGLE.has(part.kind) &&
    scenario.nodes.some((n) => n.kind === part.kind && n.broker === id)
  ) {
    const own = `${family}-${scenario.nodes.length}`
    scenario.brokers.push({ id: own, family })
    return own
  }
  const broker: BrokerDoc = { id, family }
  if (!scenario.brokers.some((known) => known.id === id)) scenario.brokers.push(broker)
  return id
}
