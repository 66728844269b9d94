/**
 * Families that a page loads when a scenario with them is opened, so that the first load of all others stays
 * small: which kinds of node each has, and which of them a scenario needs.
 */
import { FILTER_PREFIX } from '../brokers/eventstore/filtering.ts'
import type { NodeKind, Scenario } from './document.ts'
import { isAwaiting, TOPIC_SETTINGS } from './topicSettings.ts'

/** The kinds of each late family. */
export const LATE_KINDS = {
  sqs: ['sqsQueue', 'pollingConsumer'],
  log: ['topic', 'groupConsumer'],
  mqtt: ['mqttBroker', 'mqttClient'],
  nats: ['natsServer', 'natsStream', 'natsConsumer', 'natsSubscriber', 'natsRequester'],
  redisPubsub: ['redisServer', 'redisSubscriber'],
  redisStreams: ['redisStream', 'redisGroup', 'redisConsumer', 'redisReader'],
  eventstore: ['eventStore', 'commandHandler', 'projection'],
  sourcing: ['processManager', 'relay', 'service'],
  cloud: ['cloudTopic', 'cloudSubscription'],
} as const satisfies Record<string, readonly NodeKind[]>

export type LateFamily = keyof typeof LATE_KINDS
/** The kinds of node that a late family has. */
export type KindsOf<F extends LateFamily> = (typeof LATE_KINDS)[F][number]
export type LateKind = KindsOf<LateFamily>

/** What makes a scenario need a late family besides its kinds of node. */
const NEEDED_BY: { [F in LateFamily]?: (scenario: Scenario) => boolean } = {
  sqs: ({ brokers }) => brokers.some(({ family }) => family === 'sqs'),
  log: ({ brokers }) => brokers.some(({ family }) => family === 'log'),
  eventstore: ({ brokers }) => brokers.some(({ family }) => family === 'eventstore'),
  cloud: ({ brokers }) => brokers.some(({ family }) => family === 'cloud'),
  mqtt: ({ brokers }) => brokers.some(({ family }) => family === 'mqtt'),
  nats: ({ brokers }) => brokers.some(({ family }) => family === 'nats'),
  redisPubsub: ({ brokers }) => brokers.some(({ family }) => family === 'redisPubsub'),
  redisStreams: ({ brokers }) => brokers.some(({ family }) => family === 'redisStreams'),
  sourcing: ({ nodes }) =>
    nodes.some((node) => node.kind === 'commandHandler' && node.domain !== 'account'),
}

/** Rare sides of families, each loaded where a scenario needs it. */
const SIDES = {
  /** Consistent-hash exchanges. */
  hashing: ({ nodes }: Scenario) =>
    nodes.some((node) => node.kind === 'exchange' && node.type === 'x-consistent-hash'),
  quorum: ({ nodes }: Scenario) =>
    nodes.some((node) => node.kind === 'queue' && node.type === 'quorum'),
  /** Topics that are kept by settings or written by producers that wait for answers. */
  keptLog: ({ nodes }: Scenario) =>
    nodes.some(
      (node) =>
        (node.kind === 'topic' && TOPIC_SETTINGS.some((name) => node[name] !== undefined)) ||
        isAwaiting(node),
    ),
  /** Subscriptions to all streams of an event store with a filter. */
  filters: ({ nodes }: Scenario) =>
    nodes.some((node) => 'source' in node && node.source?.startsWith(FILTER_PREFIX)),
  /** Groups that need more than the eager range protocol. */
  rebalancing: ({ nodes }: Scenario) =>
    nodes.some(
      (node) =>
        node.kind === 'groupConsumer' &&
        (node.assignor !== undefined || node.protocol !== undefined || node.staticMember === true),
    ),
} as const satisfies Record<string, (scenario: Scenario) => boolean>

export type LateSide = keyof typeof SIDES
const LATE_SIDES = Object.keys(SIDES) as LateSide[]

/** The rare sides that a scenario needs. */
export function sidesOf(scenario: Scenario): LateSide[] {
  return LATE_SIDES.filter((side) => SIDES[side](scenario))
}

const FAMILIES = Object.keys(LATE_KINDS) as LateFamily[]

const FAMILY_OF_KIND = new Map<string, LateFamily>(
  FAMILIES.flatMap((family) => LATE_KINDS[family].map((kind) => [kind, family] as const)),
)

/** The late family that a kind of node is of; undefined for kinds that are always here. */
export function lateFamilyOf(kind: NodeKind): LateFamily | undefined {
  return FAMILY_OF_KIND.get(kind)
}

/** The late families that a scenario needs. */
export function familiesOf(scenario: Scenario): LateFamily[] {
  const ofNodes = new Set(scenario.nodes.map(({ kind }) => FAMILY_OF_KIND.get(kind)))
  return FAMILIES.filter((family) => ofNodes.has(family) || NEEDED_BY[family]?.(scenario))
}
