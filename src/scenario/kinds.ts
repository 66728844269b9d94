/** What there is to know about each kind of node without running it: its family, and how it is called in a sentence. */
import type { Family, NodeDoc, NodeKind, NodeOf } from './document.ts'

/** Every kind, in the order of the palette: who sends, what carries, who receives. */
export const NODE_KINDS = [
  'producer',
  'exchange',
  'queue',
  'consumer',
  'sqsQueue',
  'pollingConsumer',
  'topic',
  'groupConsumer',
  'commandHandler',
  'eventStore',
  'projection',
  'relay',
  'processManager',
  'service',
  'mqttBroker',
  'mqttClient',
  'natsRequester',
  'natsServer',
  'natsStream',
  'natsConsumer',
  'natsSubscriber',
  'redisServer',
  'redisSubscriber',
  'redisStream',
  'redisGroup',
  'redisConsumer',
  'redisReader',
  'cloudTopic',
  'cloudSubscription',
] as const satisfies readonly NodeKind[]

/** Kinds that are parts of a broker; the others are clients, programs of their own. */
export type PartKind =
  | 'exchange'
  | 'queue'
  | 'sqsQueue'
  | 'topic'
  | 'eventStore'
  | 'mqttBroker'
  | 'natsServer'
  | 'natsStream'
  | 'natsConsumer'
  | 'redisServer'
  | 'redisStream'
  | 'redisGroup'
  | 'cloudTopic'
  | 'cloudSubscription'
export type ClientKind = Exclude<NodeKind, PartKind>

/** The family that the broker of a part must be of. */
export const FAMILY_OF: Record<PartKind, Family> = {
  exchange: 'amqp',
  queue: 'amqp',
  sqsQueue: 'sqs',
  topic: 'log',
  eventStore: 'eventstore',
  mqttBroker: 'mqtt',
  natsServer: 'nats',
  natsStream: 'nats',
  natsConsumer: 'nats',
  redisServer: 'redisPubsub',
  redisStream: 'redisStreams',
  redisGroup: 'redisStreams',
  cloudTopic: 'cloud',
  cloudSubscription: 'cloud',
}

/**
 * Kinds on whose links a single message may get lost: places of pub/sub and what is behind them. Others speak protocols
 * that rest on nothing being lost in between; their links can be cut.
 */
const LOSSY: ReadonlySet<NodeKind> = new Set<NodeKind>([
  'natsServer',
  'natsConsumer',
  'redisServer',
  'mqttBroker',
])

/** Whether the next message on a link between these kinds can be lost by itself. */
export function mayLose(from: NodeKind, to: NodeKind): boolean {
  return LOSSY.has(from) || LOSSY.has(to)
}

/** Clients that subscribe to a place: they can be offline, and the matrix of deliveries has a column for each. */
export const SUBSCRIBER_KINDS: ReadonlySet<NodeKind> = new Set<NodeKind>([
  'natsSubscriber',
  'redisSubscriber',
  'mqttClient',
])

const CONSUMING_KINDS: ReadonlySet<NodeKind> = new Set<NodeKind>([
  ...SUBSCRIBER_KINDS,
  'consumer',
  'groupConsumer',
  'pollingConsumer',
  'processManager',
  'redisConsumer',
  'redisReader',
])

/** Whether a client works on what a broker has for it. An MQTT client may only publish. */
export function isConsuming(node: NodeDoc): boolean {
  if (node.kind === 'mqttClient') return (node.subscriptions ?? []).length > 0
  return CONSUMING_KINDS.has(node.kind)
}

/** What has a column in the matrix of deliveries: who subscribes, and subscriptions with a backlog of their own. */
export const RECEIVING_KINDS: ReadonlySet<NodeKind> = new Set<NodeKind>([
  ...SUBSCRIBER_KINDS,
  'cloudSubscription',
])

/** Whether clients are subscribed at a node by filters. */
export function isPlace(
  node: NodeDoc,
): node is NodeOf<'natsServer'> | NodeOf<'redisServer'> | NodeOf<'mqttBroker'> {
  return node.kind === 'natsServer' || node.kind === 'redisServer' || node.kind === 'mqttBroker'
}

/** Whether nodes of this kind are parts of a broker. */
export function isPartKind(kind: NodeKind): kind is PartKind {
  return Object.hasOwn(FAMILY_OF, kind)
}

/** Whether nodes of this kind are clients: they can crash, be slowed, and have settings to change. */
export function isClientKind(kind: NodeKind): kind is ClientKind {
  return !isPartKind(kind)
}

/** The kind in a sentence: `a queue`, `an event store`. */
export const A_KIND: Record<NodeKind, string> = {
  producer: 'a producer',
  exchange: 'an exchange',
  queue: 'a queue',
  consumer: 'a consumer',
  sqsQueue: 'an SQS queue',
  pollingConsumer: 'a polling consumer',
  topic: 'a topic',
  groupConsumer: 'a group consumer',
  commandHandler: 'a command handler',
  eventStore: 'an event store',
  projection: 'a projection',
  relay: 'a relay',
  processManager: 'a process manager',
  service: 'a service with a database',
  mqttBroker: 'an MQTT broker',
  mqttClient: 'an MQTT client',
  natsServer: 'a NATS server',
  natsStream: 'a stream',
  natsConsumer: 'a JetStream consumer',
  natsSubscriber: 'a NATS subscriber',
  natsRequester: 'a requester',
  redisServer: 'a Redis server',
  redisSubscriber: 'a Redis subscriber',
  redisStream: 'a Redis stream',
  redisGroup: 'a group of a Redis stream',
  redisConsumer: 'a consumer of a Redis group',
  redisReader: 'a reader of a Redis stream',
  cloudTopic: 'a cloud topic',
  cloudSubscription: 'a subscription',
}
