/** Wires cloud topics: who publishes to them, their subscriptions, and who is pulled by, pushed to or passed on to. */
import { usFromMs } from '../../../base/time.ts'
import { CloudTopics } from '../../../brokers/pubsub/cloud/service.ts'
import type {
  Subscription,
  SubscriptionConfig,
} from '../../../brokers/pubsub/cloud/subscription.ts'
import type { Topic } from '../../../brokers/pubsub/cloud/topic.ts'
import type { Outlet } from '../../../clients/client.ts'
import type { PollingConsumer } from '../../../clients/pollingConsumer/pollingConsumer.ts'
import type { Pipe } from '../../../engine/pipe.ts'
import type { BrokerDoc, LinkDoc, NodeOf } from '../../document.ts'
import { outletOn, type WiringContext } from '../context.ts'
import type { FamilyParts } from '../family.ts'
import { OP } from '../ops.ts'

export const parts: FamilyParts<'cloud'> = {
  nodes: { cloudTopic: () => null, cloudSubscription: () => null },
  broker: wireCloud,
  outlet: (world, link, broker) => topicOutlet(world, link, broker as CloudTopics),
}

/** As soon as possible is not at once: a nacked message comes again after this long at the least. */
const LEAST_BACKOFF_US = 10_000
/** A push that fails is tried again after 100 ms at the least (cloud.google.com/pubsub/docs/push). */
const PUSH_BACKOFF_US = 100_000

function wireCloud(world: WiringContext, doc: BrokerDoc): CloudTopics {
  const routes = new Map<number, Pipe>()
  const ways = new Map<string, Pipe>()
  /** Whom a subscription gives its messages to, where it is one. */
  const endpoints = new Map<number, { id: string; way: Pipe }>()
  const forwards = new Map<number, readonly Outlet[]>()
  const service = new CloudTopics(world.sim, world.brokerPart(doc.id), {
    route: (subscription, message) => routes.get(subscription.node)?.send(OP.route, message, 0, 0),
    endpoint: ({ node }) => endpoints.get(node)?.id ?? '',
    push: ({ node }, { message, ackId, attempt }) =>
      endpoints.get(node)?.way.send(OP.deliver, message, attempt > 1 ? 1 : 0, ackId),
    pulled: (client, deliveries) => {
      const [subscription, id] = client.split(' ')
      const part = world.nodePart(subscription ?? '')
      answer(ways.get(`${part}/${id}`), deliveries)
    },
    forward: ({ node }, message) => {
      for (const outlet of forwards.get(node) ?? []) outlet.send(message)
    },
  })
  const { topics, subscriptions } = nodesOf(world, doc)
  world.topologySteps.push(() => {
    for (const { id, name } of topics) service.createTopic(name, world.nodePart(id))
    for (const each of subscriptions) declare(world, service, each)
  })
  for (const { id } of subscriptions) {
    const part = world.nodePart(id)
    for (const link of world.linksTo(id)) {
      const { forward } = world.pipes(link, (_op, message) => {
        service.arrive(world.part<Subscription>(id), message)
      })
      routes.set(part, forward)
    }
    for (const link of world.linksFrom(id)) {
      if (world.kindOf(link.to) !== 'pollingConsumer') continue
      const way = wireClient(world, service, link)
      endpoints.set(part, { id: link.to, way })
      ways.set(`${part}/${link.to}`, way)
    }
    world.forwards.set(id, (outlets) => forwards.set(part, outlets))
  }
  allowActs(world, service, subscriptions)
  return service
}

function nodesOf({ scenario }: WiringContext, doc: BrokerDoc) {
  const topics = scenario.nodes.filter(
    (node): node is NodeOf<'cloudTopic'> => node.kind === 'cloudTopic' && node.broker === doc.id,
  )
  const subscriptions = scenario.nodes.filter(
    (node): node is NodeOf<'cloudSubscription'> =>
      node.kind === 'cloudSubscription' && node.broker === doc.id,
  )
  return { topics, subscriptions }
}

/** A subscription without a topic gets nothing, and is not declared. */
function declare(world: WiringContext, service: CloudTopics, doc: NodeOf<'cloudSubscription'>) {
  const [link] = world.linksTo(doc.id)
  if (!link) return
  const topic = world.node(link.from).name
  service.createSubscription(topic, doc.name, configOf(world, doc), world.nodePart(doc.id))
}

function configOf(
  world: WiringContext,
  doc: NodeOf<'cloudSubscription'>,
): Partial<SubscriptionConfig> {
  const { ackDeadlineMs, retentionMs, minBackoffMs = 0, maxBackoffMs, deadLetterTopic } = doc
  const targets = world.linksFrom(doc.id).map(({ to }) => world.kindOf(to))
  const passesOn = targets.some((kind) => kind !== 'pollingConsumer')
  const least = doc.push ? PUSH_BACKOFF_US : LEAST_BACKOFF_US
  const minBackoffUs = Math.max(least, usFromMs(minBackoffMs))
  return {
    delivery: passesOn ? 'queue' : doc.push ? 'push' : 'pull',
    ...(ackDeadlineMs !== undefined && { ackDeadlineUs: usFromMs(ackDeadlineMs) }),
    ...(retentionMs !== undefined && { retentionUs: usFromMs(retentionMs) }),
    ...(doc.filter !== undefined && { filter: doc.filter }),
    ...(doc.ordering && { ordering: true }),
    minBackoffUs,
    maxBackoffUs: Math.max(minBackoffUs, usFromMs(maxBackoffMs ?? 0)),
    ...(deadLetterTopic !== undefined && {
      deadLetterTopic: world.node(deadLetterTopic).name,
      maxDeliveryAttempts: doc.maxDeliveryAttempts ?? 5,
    }),
    ...(doc.pushMax !== undefined && { pushMax: doc.pushMax }),
  }
}

/** The outlet of a client that publishes to a topic: its key is the ordering key, its headers are attributes. */
function topicOutlet(world: WiringContext, link: LinkDoc, service: CloudTopics): Outlet {
  const { forward } = world.pipes(link, (_op, message) => {
    service.publish(world.part<Topic>(link.to), message)
  })
  return outletOn(forward, OP.publish)
}

/** The answer to a pull: ack ids of one answer follow each other. */
function answer(pipe: Pipe | undefined, deliveries: readonly { message: number; ackId: number }[]) {
  const [first] = deliveries
  if (first) pipe?.send(OP.batch, first.message, deliveries.length, first.ackId)
  else pipe?.send(OP.nothing, -1, 0, 0)
}

/** Subscription to client: what is pulled or pushed goes forward; pulls, acknowledgements and deadlines come back. */
function wireClient(world: WiringContext, service: CloudTopics, link: LinkDoc): Pipe {
  const client = world.part<PollingConsumer>(link.to)
  const find = () => world.sim.parts[world.nodePart(link.from)] as Subscription | undefined
  const name = `${link.from} ${link.to}`
  const { push, ackDeadlineMs } = world.node(link.from, 'cloudSubscription')
  const { forward, back } = world.pipes(
    link,
    (op, message, a, b) => {
      if (op !== OP.deliver) client.answer(message, a, b)
      // An endpoint that is down answers nothing, which counts as a nack.
      else if (client.isCrashed) back?.send(OP.visibility, message, b, 0)
      else client.push(message, b)
    },
    (op, _message, ackId, us) => {
      const subscription = find()
      if (!subscription) return
      if (op === OP.receive) {
        const { maxMessages, waitTimeMs } = client.settings
        const waitUs = usFromMs(waitTimeMs)
        const got = service.pull(subscription, name, maxMessages, waitUs)
        if (got.length > 0 || waitUs === 0) answer(forward, got)
      } else if (op === OP.delete) service.acknowledge(subscription, ackId)
      else if (op === OP.hangUp) service.hangUp(subscription, name)
      else if (us === 0) service.nack(subscription, ackId)
      else service.extend(subscription, ackId, us)
    },
  )
  client.port = {
    messageOf: (ackId) => find()?.messageOf(ackId) ?? -1,
    countOf: (ackId) => find()?.countOf(ackId) ?? 1,
    hiddenUs: usFromMs(ackDeadlineMs ?? 10_000),
    isPushed: push === true,
    receive: () => back?.send(OP.receive, -1, 0, 0),
    delete: (message, ackId) => back?.send(OP.delete, message, ackId, 0),
    changeVisibility: (message, ackId, us) => back?.send(OP.visibility, message, ackId, us),
    hangUp: () => {
      forward.empty()
      back?.send(OP.hangUp, -1, 0, 0)
    },
  }
  world.onMend.set(link.id, () => {
    const subscription = find()
    if (subscription) service.hangUp(subscription, name)
    client.reconnected()
  })
  return forward
}

/** A person acknowledges, nacks, or gives more time for a message that is out; or gives a subscription another filter. */
function allowActs(
  world: WiringContext,
  service: CloudTopics,
  docs: readonly NodeOf<'cloudSubscription'>[],
): void {
  const ids = new Set(docs.map(({ id }) => id))
  world.onAct('filter', ({ link: id, filter }) => {
    const link = world.scenario.links.find((each) => each.id === id)
    if (link && ids.has(link.to)) service.setFilter(world.part<Subscription>(link.to), filter)
  })
  world.onAct('settleLease', ({ node, message, how }) => {
    const subscription = ids.has(node) ? world.part<Subscription>(node) : undefined
    const lease = [...(subscription?.leases ?? [])].find(
      ([, { position }]) => subscription?.messageAt(position) === message,
    )
    if (!subscription || !lease) return
    const [ackId] = lease
    if (how === 'ack') service.acknowledge(subscription, ackId)
    else if (how === 'nack') service.nack(subscription, ackId)
    else service.extend(subscription, ackId, subscription.config.ackDeadlineUs)
  })
}
