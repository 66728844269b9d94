/**
 * Wires NATS: the server as a place, streams and durable consumers as its parts, and who publishes, requests and
 * subscribes. The latency of a link inside the server stands for its routing.
 */
import { must } from '../../../base/assert.ts'
import { usFromMs } from '../../../base/time.ts'
import { JetStreamError } from '../../../brokers/pubsub/nats/errors.ts'
import { NATS_FACTS, type SetupRefusal } from '../../../brokers/pubsub/nats/facts.ts'
import type { ConsumerConfig, StreamConfig } from '../../../brokers/pubsub/nats/jetstream/config.ts'
import type { ConsumerRow } from '../../../brokers/pubsub/nats/jetstream/consumer.ts'
import { NatsServer } from '../../../brokers/pubsub/nats/server.ts'
import type { Subscription } from '../../../brokers/pubsub/nats/subscription.ts'
import { type Outlet, TERMS } from '../../../clients/client.ts'
import { Producer } from '../../../clients/producer/producer.ts'
import { Requester } from '../../../clients/requester/requester.ts'
import { Subscriber } from '../../../clients/subscriber/subscriber.ts'
import type { Part } from '../../../engine/simulation.ts'
import type { BrokerDoc, LinkDoc, NodeOf } from '../../document.ts'
import type { WiringContext } from '../context.ts'
import type { FamilyParts } from '../family.ts'
import { OP } from '../ops.ts'
import { NatsTraffic } from './natsTraffic.ts'
import { allowPresence, connectionOf, subjectOn, tellUnsent, underSubject } from './subscribing.ts'

export const parts: FamilyParts<'nats'> = {
  nodes: {
    natsServer: () => null,
    natsStream: () => null,
    natsConsumer: () => null,
    natsSubscriber: (world, doc) => {
      const subscriber = new Subscriber(world.sim, world.nodePart(doc.id), doc.id, doc)
      subscriber.poison = world.poison
      world.receiverSteps.push(() => subscriber.start())
      return subscriber
    },
    natsRequester: (world, doc) => {
      const requester = new Requester(world.sim, world.nodePart(doc.id), doc.id, doc)
      world.publishers.set(doc.id, (message) => requester.sendNow(message))
      world.senderSteps.push(() => requester.start())
      return requester
    },
  },
  broker: wireNatsServer,
  outlet: (world, link, broker) => natsOutlet(world, link, broker as NatsServer),
}

/** What goes between the server and its clients, by the server. */
const traffics = new WeakMap<Part, NatsTraffic>()

function wireNatsServer(world: WiringContext, doc: BrokerDoc): NatsServer {
  const nodes = world.scenario.nodes.filter((node) => 'broker' in node && node.broker === doc.id)
  const place = nodes.find((node) => node.kind === 'natsServer')
  const traffic = new NatsTraffic(world)
  const part = place ? world.nodePart(place.id) : world.brokerPart(doc.id)
  const server = new NatsServer(world.sim, part, traffic)
  traffics.set(server, traffic)
  traffic.server = server
  const streams = nodes.filter((node) => node.kind === 'natsStream')
  const consumers = nodes.filter((node) => node.kind === 'natsConsumer')
  for (const link of place ? world.linksFrom(place.id) : []) {
    if (world.kindOf(link.to) === 'natsStream') traffic.connectStream(link)
    else traffic.connectSubscriber(link)
  }
  for (const stream of streams) {
    for (const link of world.linksFrom(stream.id)) world.pipes(link, () => undefined)
  }
  for (const consumer of consumers) {
    for (const link of world.linksFrom(consumer.id)) traffic.connectSubscriber(link, consumer)
  }
  traffic.ready()
  world.topologySteps.push(() => {
    for (const stream of streams) createStream(world, server, stream)
    for (const [i, consumer] of consumers.entries()) {
      if (consumer.createdAtMs === undefined) createConsumer(world, server, consumer)
      else server.later(usFromMs(consumer.createdAtMs), i)
    }
  })
  server.onStep = (i) => createConsumer(world, server, must(consumers[i], `durable ${i}`))
  world.owners.set(server.node, (numbered) => ownerOf(world, server, numbered))
  allowActs(world, server, doc, traffic, streams, consumers)
  return server
}

function ownerOf(world: WiringContext, server: NatsServer, part: number): string | null {
  if (part === server.node)
    return world.scenario.nodes.find((n) => n.kind === 'natsServer')?.id ?? null
  const found = server.sim.parts[part] as Partial<Subscription> | undefined
  if (typeof found?.client !== 'string') return null
  const { link } = connectionOf(found.client)
  return world.scenario.links.find(({ id }) => id === link)?.to ?? null
}

/** Links that bring a stream its subjects. */
function subjectsOf(world: WiringContext, stream: string): string[] {
  return world.linksTo(stream).map(({ key }) => key ?? '>')
}

function createStream(world: WiringContext, server: NatsServer, doc: NodeOf<'natsStream'>): void {
  const { maxAgeMs, duplicateWindowMs } = doc
  const given: Partial<StreamConfig> = {
    subjects: subjectsOf(world, doc.id),
    storage: doc.storage ?? 'file',
    ...(doc.retention && { retention: doc.retention }),
    ...(doc.discard && { discard: doc.discard }),
    ...(doc.maxMessages !== undefined && { maxMessages: doc.maxMessages }),
    ...(doc.maxMessagesPerSubject !== undefined && {
      maxMessagesPerSubject: doc.maxMessagesPerSubject,
    }),
    ...(doc.maxBytes !== undefined && { maxBytes: doc.maxBytes }),
    ...(maxAgeMs !== undefined && { maxAgeUs: usFromMs(maxAgeMs) }),
    ...(duplicateWindowMs !== undefined && { duplicateWindowUs: usFromMs(duplicateWindowMs) }),
  }
  unlessRefused(server, doc.name, () =>
    server.jetStream.createStream(doc.name, given, world.nodePart(doc.id)),
  )
}

function createConsumer(
  world: WiringContext,
  server: NatsServer,
  doc: NodeOf<'natsConsumer'>,
): void {
  const link = world.linksTo(doc.id)[0]
  if (!link) return
  const given = consumerConfigOf(doc, link.key ?? '>')
  const stream = world.node(link.from).name
  unlessRefused(server, doc.name, () =>
    server.jetStream.createConsumer(stream, doc.name, given, world.nodePart(doc.id)),
  )
}

export function deliverSubjectOf({ name }: NodeOf<'natsConsumer'>): string {
  return `deliver.${name}`
}

function consumerConfigOf(doc: NodeOf<'natsConsumer'>, filter: string): Partial<ConsumerConfig> {
  const { ackWaitMs, backoffMs, startTimeMs, inactiveThresholdMs } = doc
  const { idleHeartbeatMs, maxRequestExpiresMs } = doc
  // The server wants a filter for the last of each subject.
  const isWhole = filter === '>' && doc.deliverPolicy !== 'last_per_subject'
  return {
    filterSubject: isWhole ? '' : filter,
    ...(doc.push && { deliverSubject: deliverSubjectOf(doc) }),
    ...(doc.push && doc.deliverGroup && { deliverGroup: doc.deliverGroup }),
    ...(doc.deliverPolicy && { deliverPolicy: doc.deliverPolicy }),
    ...(doc.startSequence !== undefined && { startSequence: doc.startSequence }),
    ...(startTimeMs !== undefined && { startUs: usFromMs(startTimeMs) }),
    ...(doc.replayPolicy === 'original' && { replayOriginal: true }),
    ...(inactiveThresholdMs !== undefined && {
      inactiveThresholdUs: usFromMs(inactiveThresholdMs),
    }),
    ...(doc.ackPolicy && { ackPolicy: doc.ackPolicy }),
    ...(ackWaitMs !== undefined && { ackWaitUs: usFromMs(ackWaitMs) }),
    ...(backoffMs !== undefined && { backoffUs: backoffMs.map(usFromMs) }),
    ...(doc.maxDeliver !== undefined && { maxDeliver: doc.maxDeliver }),
    ...(doc.maxAckPending !== undefined && { maxAckPending: doc.maxAckPending }),
    ...(doc.headersOnly && { headersOnly: true }),
    ...(idleHeartbeatMs !== undefined && { idleHeartbeatUs: usFromMs(idleHeartbeatMs) }),
    ...(doc.maxWaiting !== undefined && { maxWaiting: doc.maxWaiting }),
    ...(doc.maxRequestBatch !== undefined && { maxRequestBatch: doc.maxRequestBatch }),
    ...(maxRequestExpiresMs !== undefined && {
      maxRequestExpiresUs: usFromMs(maxRequestExpiresMs),
    }),
  }
}

/** What the server refuses is a fact, and everything else goes on without it. */
function unlessRefused(server: NatsServer, name: string, operation: () => void): void {
  try {
    operation()
  } catch (refusal) {
    if (!(refusal instanceof JetStreamError)) throw refusal
    const row: SetupRefusal = { name, errCode: refusal.errCode, text: refusal.message }
    server.sim.emit(server, NATS_FACTS.setupRefused, -1, server.sim.records.row(row))
  }
}

function allowActs(
  world: WiringContext,
  server: NatsServer,
  doc: BrokerDoc,
  traffic: NatsTraffic,
  streams: readonly NodeOf<'natsStream'>[],
  consumers: readonly NodeOf<'natsConsumer'>[],
): void {
  const { subscribers } = traffic
  allowPresence(world, subscribers)
  world.onAct('settle', ({ node, message, how, delayMs = 0 }) =>
    subscribers.get(node)?.settleByHand(message, how, usFromMs(delayMs)),
  )
  world.onAct('filter', ({ link: id, filter }) => {
    traffic.setFilter(id, filter)
    const link = world.scenario.links.find((each) => each.id === id)
    const consumer = consumers.find((each) => each.id === link?.to)
    if (link && consumer) changeFilter(world, server, link, consumer, filter)
  })
  for (const stream of streams) {
    world.purgers.set(stream.id, () => {
      unlessRefused(server, stream.name, () => server.jetStream.purge(stream.name))
    })
  }
  world.restarters.set(doc.id, () => {
    server.restart()
    traffic.serverRestarted()
  })
}

/** The server takes the durable with another filter: all else about it must be as it was made. */
function changeFilter(
  world: WiringContext,
  server: NatsServer,
  link: LinkDoc,
  consumer: NodeOf<'natsConsumer'>,
  filter: string,
): void {
  const known = server.sim.parts[world.nodePart(consumer.id)] as { row?: number } | undefined
  if (known?.row === undefined) return
  const { config } = server.sim.records.rowAt<ConsumerRow>(known.row)
  unlessRefused(server, consumer.name, () =>
    server.jetStream.createConsumer(world.node(link.from).name, consumer.name, {
      ...config,
      filterSubject: filter === '>' ? '' : filter,
    }),
  )
}

/** The outlet of a client that publishes to a server. */
function natsOutlet(world: WiringContext, link: LinkDoc, server: NatsServer): Outlet {
  const traffic = traffics.get(server) as NatsTraffic
  const subject = subjectOn(world, link)
  const client = world.sim.parts[world.nodePart(link.from)]
  const requester = client instanceof Requester ? client : null
  const producer = client instanceof Producer ? client : null
  const index = world.scenario.links.indexOf(link)
  const { forward, back } = world.pipes(
    link,
    (_op, message, terms) => {
      const published = underSubject(world, message, subject(message))
      if (requester) traffic.request(published, index)
      else traffic.publish(published, (terms & TERMS.confirm) !== 0 ? index : -1)
    },
    requester || producer
      ? (op, message, request) => {
          if (op === OP.answer) requester?.reply(message, request)
          else if (op === OP.noResponders) requester?.noResponders(message)
          else producer?.receiveConfirm(message, op === OP.confirmed)
        }
      : undefined,
  )
  if (back) traffic.connectPublisher(index, world.nodePart(link.from), back)
  tellUnsent(forward, subject, (message, key) => traffic.missUnsent(message, key))
  return {
    pipe: forward.node,
    send: (message, terms = 0) => forward.send(OP.publish, message, terms, 0),
  }
}
