/**
 * What can be read off each kind of node at a moment: the numbers whose course is drawn as charts and
 * whose mean and greatest value the command line prints. A new kind of node is one entry here.
 */

import type { Exchange } from '../../brokers/amqp/exchange.ts'
import type { Queue } from '../../brokers/amqp/queue.ts'
import type { Source } from '../../brokers/eventstore/source.ts'
import type { EventStore } from '../../brokers/eventstore/store.ts'
import type { LogBroker } from '../../brokers/log/broker.ts'
import type { Group } from '../../brokers/log/redisStreams/group.ts'
import { entriesAhead } from '../../brokers/log/redisStreams/lag.ts'
import type { Stream as RedisStream } from '../../brokers/log/redisStreams/stream.ts'
import type { Topic } from '../../brokers/log/topic.ts'
import type { Subscription } from '../../brokers/pubsub/cloud/subscription.ts'
import type { Topic as CloudTopic } from '../../brokers/pubsub/cloud/topic.ts'
import type { MqttBroker } from '../../brokers/pubsub/mqtt/broker.ts'
import type { Consumer as JetStreamConsumer } from '../../brokers/pubsub/nats/jetstream/consumer.ts'
import type { Stream } from '../../brokers/pubsub/nats/jetstream/stream.ts'
import type { NatsServer } from '../../brokers/pubsub/nats/server.ts'
import type { RedisPubSub } from '../../brokers/pubsub/redis/server.ts'
import type { SqsQueue } from '../../brokers/sqs/queue.ts'
import type { CommandHandler } from '../../clients/commandHandler/commandHandler.ts'
import type { QueueConsumer } from '../../clients/consumer/consumer.ts'
import type { GroupConsumer } from '../../clients/groupConsumer/groupConsumer.ts'
import type { MqttClient } from '../../clients/mqttClient/mqttClient.ts'
import type { PollingConsumer } from '../../clients/pollingConsumer/pollingConsumer.ts'
import type { ProcessManager } from '../../clients/processManager/processManager.ts'
import type { Producer } from '../../clients/producer/producer.ts'
import type { Projection } from '../../clients/projection/projection.ts'
import type { RedisConsumer } from '../../clients/redisConsumer/redisConsumer.ts'
import type { RedisReader } from '../../clients/redisConsumer/redisReader.ts'
import type { Relay } from '../../clients/relay/relay.ts'
import type { Requester } from '../../clients/requester/requester.ts'
import type { Service } from '../../clients/service/service.ts'
import type { Subscriber } from '../../clients/subscriber/subscriber.ts'
import type { NodeDoc, NodeKind, NodeOf } from '../../scenario/document.ts'
import type { World } from '../../scenario/world.ts'
import { lagIn } from '../lag.ts'

/**
 * `backlog`: what waits for the node or in it. `level`: goes up and down. `total`: only ever grows.
 * `busy` of `capacity`: work in progress, for utilisation; these two are not drawn.
 */
export type LevelRole = 'backlog' | 'level' | 'total' | 'busy' | 'capacity'

export interface Level {
  /** As the field says it: `ready`, `lag of mailers`. */
  name: string
  unit: string
  role: LevelRole
  /** Its value at the world's moment. */
  read(): number
}

/** A part by the node's place in the scenario; undefined before its broker has declared it. */
type Find = <P>() => P | undefined

const LEVELS: { [K in NodeKind]: (world: World, doc: NodeOf<K>, find: Find) => Level[] } = {
  producer: (_world, _doc, find) => [total('published', 'messages', () => find<Producer>()?.made)],
  exchange: (_world, _doc, find) => [
    total('routed', 'messages', () => find<Exchange>()?.routedCount),
    total('unroutable', 'messages', () => find<Exchange>()?.unroutableCount),
  ],
  queue: (_world, _doc, find) => [
    backlog('ready', 'messages', () => find<Queue>()?.readyCount),
    level('unacked', 'messages', () => find<Queue>()?.unackedCount),
  ],
  consumer: (_world, _doc, find) => [
    backlog('in hand', 'messages', () => inHand(find<QueueConsumer>())),
    total('processed', 'messages', () => find<QueueConsumer>()?.processedCount),
    busy(() => find<QueueConsumer>()?.busyCount),
    capacity(() => find<QueueConsumer>()?.settings.concurrency),
  ],
  sqsQueue: (_world, _doc, find) => [
    backlog('available', 'messages', () => find<SqsQueue>()?.availableCount),
    level('in flight', 'messages', () => find<SqsQueue>()?.inFlight.size),
    level('delayed', 'messages', () => find<SqsQueue>()?.delayedCount),
  ],
  pollingConsumer: (_world, _doc, find) => [
    backlog('in hand', 'messages', () => find<PollingConsumer>()?.inHand),
    total('processed', 'messages', () => find<PollingConsumer>()?.processedCount),
    busy(() => (find<PollingConsumer>()?.phase === 'working' ? 1 : 0)),
    capacity(() => 1),
  ],
  topic: (world, doc, find) => [
    total('records', 'records', () => recordsOf(find<Topic>())),
    ...groupsOf(world, doc).map((name) =>
      backlog(`lag of ${name}`, 'records', () => lagOf(world, find<Topic>(), name)),
    ),
  ],
  groupConsumer: (_world, _doc, find) => [
    backlog('lag', 'records', () => unreadBy(find<GroupConsumer>())),
    level('in hand', 'records', () => find<GroupConsumer>()?.inHand),
    total('processed', 'records', () => find<GroupConsumer>()?.processedCount),
    busy(() => (find<GroupConsumer>()?.phase === 'working' ? 1 : 0)),
    capacity(() => 1),
  ],
  eventStore: (_world, _doc, find) => [
    total('events', 'events', () => find<EventStore>()?.count),
    total('streams', 'streams', () => find<EventStore>()?.sizes.length),
  ],
  commandHandler: (_world, _doc, find) => [
    backlog('in hand', 'commands', () => pending(find<CommandHandler>())),
    total('accepted', 'commands', () => find<CommandHandler>()?.accepted),
    busy(() => ((find<CommandHandler>()?.phase ?? 'idle') === 'idle' ? 0 : 1)),
    capacity(() => 1),
  ],
  projection: (world, doc, find) => [
    backlog('lag', 'events', lagBehindStore(world, doc, find<Projection>)),
    total('processed', 'events', () => find<Projection>()?.position),
    busy(() => (find<Projection>()?.isWorking ? 1 : 0)),
    capacity(() => 1),
  ],
  relay: (world, doc, find) => [
    backlog('lag', 'events', lagBehindStore(world, doc, find<Relay>)),
    total('relayed', 'events', () => find<Relay>()?.relayed),
  ],
  processManager: (_world, _doc, find) => [
    backlog('in hand', 'events', () => reactions(find<ProcessManager>())),
    total('commands', 'commands', () => find<ProcessManager>()?.sent),
    level('unanswered', 'commands', () => find<ProcessManager>()?.waiting.numbers().length),
    busy(() => (find<ProcessManager>()?.isWorking ? 1 : 0)),
    capacity(() => 1),
  ],
  service: (_world, _doc, find) => [
    backlog('in hand', 'commands', () => undone(find<Service>())),
    total('rows', 'rows', () => find<Service>()?.rows),
    total('told', 'messages', () => find<Service>()?.announced),
    busy(() => ((find<Service>()?.phase ?? 'idle') === 'idle' ? 0 : 1)),
    capacity(() => 1),
  ],
  mqttBroker: (_world, _doc, find) => [
    total('published', 'messages', () => find<MqttBroker>()?.seen.published),
    level('retained', 'messages', () => find<MqttBroker>()?.retained.count),
    backlog('waiting in sessions', 'messages', () => waitingIn(find<MqttBroker>())),
  ],
  cloudTopic: (_world, _doc, find) => [
    total('published', 'messages', () => find<CloudTopic>()?.published),
  ],
  cloudSubscription: (_world, _doc, find) => [
    backlog('backlog', 'messages', () => find<Subscription>()?.backlog),
    level('out', 'messages', () => find<Subscription>()?.leases.size),
  ],
  mqttClient: (_world, _doc, find) => [
    backlog('in hand', 'messages', () => find<MqttClient>()?.incoming.inHand),
    level('not acknowledged', 'messages', () => unacknowledgedBy(find<MqttClient>())),
    total('processed', 'messages', () => find<MqttClient>()?.processedCount),
    total('missed', 'messages', () => find<MqttClient>()?.missedCount),
    busy(() => (find<MqttClient>()?.isWorking ? 1 : 0)),
    capacity(() => 1),
  ],
  natsServer: (_world, _doc, find) => place(find<NatsServer>),
  redisServer: (_world, _doc, find) => place(find<RedisPubSub>),
  natsStream: (_world, _doc, find) => [
    level('kept', 'messages', () => find<Stream>()?.count),
    level('bytes', 'bytes', () => find<Stream>()?.bytes),
  ],
  natsConsumer: (_world, _doc, find) => [
    backlog('pending', 'messages', () => find<JetStreamConsumer>()?.pendingCount),
    level('ack pending', 'messages', () => find<JetStreamConsumer>()?.pending.size),
  ],
  natsSubscriber: (_world, _doc, find) => subscriber(find<Subscriber>),
  redisSubscriber: (_world, _doc, find) => subscriber(find<Subscriber>),
  redisStream: (_world, _doc, find) => [
    level('length', 'entries', () => find<RedisStream>()?.length),
    total('added', 'entries', () => find<RedisStream>()?.added),
  ],
  redisGroup: (_world, _doc, find) => [
    backlog('lag', 'entries', () => {
      const group = find<Group>()
      return group?.alive ? entriesAhead(group) : undefined
    }),
    level('pending', 'entries', () => find<Group>()?.pendingCount),
  ],
  redisConsumer: (_world, _doc, find) => entryWorker(find<RedisConsumer>),
  redisReader: (_world, _doc, find) => entryWorker(find<RedisReader>),
  natsRequester: (_world, _doc, find) => [
    total('published', 'messages', () => find<Requester>()?.made),
    level('awaiting replies', 'messages', () => find<Requester>()?.awaited.length),
  ],
}

function place(find: () => NatsServer | RedisPubSub | undefined): Level[] {
  return [
    total('published', 'messages', () => find()?.seen.published),
    total('to nobody', 'messages', () => find()?.unheardCount),
  ]
}

function subscriber(find: () => Subscriber | undefined): Level[] {
  return [
    backlog('in hand', 'messages', () => find()?.inHand),
    total('processed', 'messages', () => find()?.processedCount),
    total('missed', 'messages', () => find()?.missedCount),
    busy(() => (find()?.isWorking ? 1 : 0)),
    capacity(() => 1),
  ]
}

function entryWorker(find: () => RedisConsumer | RedisReader | undefined): Level[] {
  return [
    backlog('in hand', 'entries', () => find()?.inHand),
    total('processed', 'entries', () => find()?.processedCount),
    busy(() => (find()?.isWorking ? 1 : 0)),
    capacity(() => 1),
  ]
}

/** The levels of a node, read from `world` at whatever moment it stands. */
export function levelsOf(world: World, doc: NodeDoc): Level[] {
  const { parts } = world.sim
  const at = world.scenario.nodes.indexOf(doc)
  const find: Find = <P>() => parts[at] as P | undefined
  const levels = LEVELS[doc.kind] as (world: World, doc: NodeDoc, find: Find) => Level[]
  return levels(world, doc, find)
}

type Read = () => number | undefined

function made(role: LevelRole, name: string, unit: string, read: Read): Level {
  return { name, unit, role, read: () => read() ?? 0 }
}
const backlog = (name: string, unit: string, read: Read) => made('backlog', name, unit, read)
const level = (name: string, unit: string, read: Read) => made('level', name, unit, read)
const total = (name: string, unit: string, read: Read) => made('total', name, unit, read)
const busy = (read: Read) => made('busy', 'busy', '', read)
const capacity = (read: Read) => made('capacity', 'capacity', '', read)

function inHand(consumer: QueueConsumer | undefined): number {
  return consumer ? consumer.waitingCount + consumer.busyCount : 0
}

function pending(handler: CommandHandler | undefined): number {
  return handler ? handler.received - handler.finished : 0
}

function reactions(manager: ProcessManager | undefined): number {
  return manager ? manager.hand.length + manager.known - manager.cursor : 0
}

function undone(service: Service | undefined): number {
  return service ? service.received - service.finished : 0
}

function waitingIn(broker: MqttBroker | undefined): number {
  let waiting = 0
  for (const session of broker?.sessions ?? []) if (session.alive) waiting += session.waitingCount
  return waiting
}

function unacknowledgedBy(client: MqttClient | undefined): number {
  return client ? client.outgoing.unansweredCount + client.outgoing.waitingCount : 0
}

function recordsOf(topic: Topic | undefined): number {
  let count = 0
  for (const { written } of topic?.partitions ?? []) count += written
  return count
}

/** Names of the groups whose members are linked from a topic. */
function groupsOf(world: World, topic: NodeOf<'topic'>): string[] {
  const { nodes, links } = world.scenario
  const readers = links.filter(({ from }) => from === topic.id).map(({ to }) => to)
  const groups = nodes.flatMap((node) =>
    node.kind === 'groupConsumer' && readers.includes(node.id) ? [node.group] : [],
  )
  return [...new Set(groups)]
}

/** Records behind what the group has committed, as `kafka-consumer-groups` counts its lag. */
function lagOf(world: World, topic: Topic | undefined, name: string): number {
  if (!topic) return 0
  const doc = world.scenario.nodes[topic.node] as NodeOf<'topic'>
  const broker = world.broker<LogBroker>(doc.broker)
  const group = broker.group(name)
  let lag = 0
  for (const partition of topic.partitions) {
    const committed = (group && broker.progress(group, partition)?.committed) ?? -1
    lag += lagIn(committed, partition.start, partition.end, partition.keeping?.highWatermark)
  }
  return lag
}

/** Records of its partitions that it has not been sent. */
function unreadBy(consumer: GroupConsumer | undefined): number {
  const broker = consumer?.connection?.broker
  let unread = 0
  if (!consumer || !broker) return 0
  for (let entry = 0; entry < consumer.positions.count; entry++) {
    unread += broker.progressAt(consumer.positions.progressOf(entry)).unread
  }
  return unread
}

/** Events of the store that a client has not got through. */
function lagBehindStore(
  { scenario, sim }: World,
  doc: NodeDoc,
  find: () => { position: number } | undefined,
): Read {
  const sources = scenario.links.filter(({ to }) => to === doc.id).map(({ from }) => from)
  const place = scenario.nodes.findIndex(
    (node) => node.kind === 'eventStore' && sources.includes(node.id),
  )
  return () => {
    const store = sim.parts[place] as EventStore | undefined
    const client = find()
    if (!store || !client) return 0
    return sourceOf(store, doc).behind(client.position)
  }
}

/** What a reader of a store is subscribed to. */
export function sourceOf(store: EventStore, doc: NodeDoc | undefined): Source {
  return store.source(doc && 'source' in doc ? doc.source : '')
}
