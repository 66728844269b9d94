/** Wires AMQP brokers: exchanges and queues as nodes, publishers and consumers by their links. */
import { must } from '../../base/assert.ts'
import { AmqpBroker } from '../../brokers/amqp/broker.ts'
import type { Channel } from '../../brokers/amqp/channel.ts'
import type { Exchange } from '../../brokers/amqp/exchange.ts'
import type { Outlet } from '../../clients/client.ts'
import type { QueueConsumer, QueueLink } from '../../clients/consumer/consumer.ts'
import { Producer } from '../../clients/producer/producer.ts'
import type { BrokerDoc, ExchangeDoc, LinkDoc, QueueDoc } from '../document.ts'
import { isDeclaredByConsumer, wireName } from '../queueName.ts'
import {
  Answers,
  BackLink,
  ConfirmsReceiving,
  Deliveries,
  Publishing,
  PublishOutlet,
  Receiving,
  unlessRefused,
} from './amqpEnds.ts'
import { bindingArguments, exchangeOptions, queueOptions } from './amqpOptions.ts'
import { type WiringContext, whoWaits } from './context.ts'
import { OP } from './ops.ts'

/** Connection under which a broker's own topology is declared. */
const SETUP = 'set-up'
const OPERATOR = 'you'
/**
 * After so much silence the broker takes a connection for dead: two missed heartbeats of 5 s, the shortest
 * interval that is advised (rabbitmq.com/docs/heartbeats; the default is 60 s, longer than most runs here).
 */
const HEARTBEAT_US = 10_000_000

export function wireAmqpBroker(world: WiringContext, doc: BrokerDoc): AmqpBroker {
  const { scenario } = world
  const deliveries = new Deliveries()
  const broker = new AmqpBroker(world.sim, world.brokerPart(doc.id), deliveries)
  const exchanges = scenario.nodes.filter((n): n is ExchangeDoc => n.kind === 'exchange')
  const queues = scenario.nodes.filter((n): n is QueueDoc => n.kind === 'queue')
  const mine = {
    exchanges: exchanges.filter((e) => e.broker === doc.id),
    queues: queues.filter((q) => q.broker === doc.id),
  }
  world.topologySteps.push(() => declareTopology(world, broker, mine.exchanges, mine.queues))
  for (const exchange of mine.exchanges) wireRoutes(world, broker, exchange)
  for (const queue of mine.queues) {
    for (const link of world.linksFrom(queue.id)) {
      wireConsumer(world, broker, deliveries, queue, link)
    }
  }
  allowActs(world, broker, doc, mine.exchanges, mine.queues)
  return broker
}

/** What a person can do to the parts of a broker, and to all of it. */
function allowActs(
  world: WiringContext,
  broker: AmqpBroker,
  doc: BrokerDoc,
  exchanges: ExchangeDoc[],
  queues: QueueDoc[],
): void {
  const { messages, strings } = world.sim.records
  const publish = (exchange: Exchange, key: number, message: number, mandatory: boolean) => {
    if (!mandatory) broker.publishTo(exchange, key, message)
    else
      unlessRefused(() => broker.publishOn(operatorOf(broker), exchange, key, message, mandatory))
  }
  for (const { id } of exchanges) {
    world.publishers.set(id, (message, mandatory) => {
      const exchange = world.part<Exchange>(id)
      if (exchange.alive) publish(exchange, messages.key(message), message, mandatory)
    })
  }
  for (const doc of queues) {
    const { id } = doc
    const name = wireName(doc)
    const nameless = () => must(broker.exchange(''), 'default exchange')
    world.publishers.set(id, (message, mandatory) => {
      publish(nameless(), strings.id(name), message, mandatory)
    })
    world.purgers.set(id, () => {
      unlessRefused(() => broker.purge(operatorOf(broker), name))
    })
    world.droppers.set(id, (message) => {
      const queue = broker.queue(name)
      if (!queue || queue.readyCount === 0 || queue.messageAt(queue.head()) !== message) return
      unlessRefused(() => broker.get(operatorOf(broker), name, true))
    })
  }
  world.restarters.set(doc.id, () => restart(world, broker, exchanges, queues))
}

/** A channel for what a person does by hand. */
function operatorOf(broker: AmqpBroker): Channel {
  const open = broker.channels.findLast((c) => c.isOpen && c.connection === OPERATOR)
  return open ?? broker.openChannel(OPERATOR, OPERATOR)
}

/**
 * The broker stops and starts. What is under way to it and from it is lost; its clients notice and consume
 * again a moment later, as the client libraries' recovery does (rabbitmq.com/docs/consumers#connection-recovery).
 * What was not durable stays gone: nobody declares it again here, and who consumes from it is told 404.
 */
function restart(
  world: WiringContext,
  broker: AmqpBroker,
  exchanges: ExchangeDoc[],
  queues: QueueDoc[],
): void {
  broker.restart()
  const mine = new Set([...exchanges, ...queues].map(({ id }) => id))
  world.scenario.links.forEach((link, i) => {
    if (!mine.has(link.from) && !mine.has(link.to)) return
    world.links[i]?.forward.empty()
    world.links[i]?.back?.empty()
    world.onMend.get(link.id)?.()
  })
}

/** The outlet of a client that publishes to an exchange, or to a queue by the default exchange. */
export function amqpOutlet(world: WiringContext, link: LinkDoc, broker: AmqpBroker): Outlet {
  const target = world.node(link.to)
  const { strings } = world.sim.records
  // The routing key: what the link says, the queue's name by the default exchange, else the message's own.
  const named = link.key ?? (target.kind === 'queue' ? wireName(target) : undefined)
  const key = named === undefined ? -1 : strings.id(named)
  const find = () => exchangeBehind(world, broker, link)
  const client = world.sim.parts[world.nodePart(link.from)]
  const producer = client instanceof Producer ? client : null
  const waiting = whoWaits(client)
  const publishing = new Publishing(broker, find, key, link)
  const { forward, back } = world.pipes(
    link,
    publishing,
    producer
      ? new ConfirmsReceiving(producer)
      : waiting &&
          ((op, message) => waiting.receiveConfirm(message, op === OP.confirmed, forward.node)),
  )
  if (back) (broker.wire as Deliveries).connectProducer(link.id, back)
  if (producer) producer.replyQueue = replyQueueOf(world, link.from)
  return new PublishOutlet(forward, publishing, producer ?? waiting, waiting !== undefined)
}

function replyQueueOf(world: WiringContext, producer: string): string | null {
  const { replyTo } = world.node(producer, 'producer')
  return replyTo === undefined ? null : wireName(world.node(replyTo, 'queue'))
}

function exchangeBehind(world: WiringContext, broker: AmqpBroker, link: LinkDoc): Exchange {
  const target = world.node(link.to)
  if (target.kind === 'exchange') return world.part<Exchange>(link.to)
  return must(broker.exchange(''), 'default exchange')
}

function declareTopology(
  world: WiringContext,
  broker: AmqpBroker,
  exchanges: ExchangeDoc[],
  queues: QueueDoc[],
): void {
  const channel = broker.openChannel(SETUP, 'set-up')
  const nameless = exchanges.find((e) => e.type === 'default')
  if (!broker.exchange('')) {
    broker.declareDefaultExchange(nameless ? world.nodePart(nameless.id) : undefined)
  }
  for (const doc of exchanges) {
    if (doc.type === 'default') continue
    const options = exchangeOptions(world, doc)
    broker.declareExchange(channel, doc.name, doc.type, options, world.nodePart(doc.id))
  }
  for (const doc of queues) {
    if (!isDeclaredByConsumer(doc)) declareQueue(world, broker, channel, doc)
  }
  for (const doc of exchanges) {
    if (doc.type === 'default') continue
    for (const link of world.linksFrom(doc.id)) {
      const to = world.node(link.to)
      if (to.kind !== 'queue' || !isDeclaredByConsumer(to)) bind(world, broker, channel, doc, link)
    }
  }
}

function declareQueue(
  world: WiringContext,
  broker: AmqpBroker,
  channel: Channel,
  doc: QueueDoc,
): void {
  broker.declareQueue(channel, wireName(doc), queueOptions(world, doc), world.nodePart(doc.id))
}

/** A consumer declares and binds the queue that is its own, on the channel from which it consumes. */
function declareByConsumer(
  world: WiringContext,
  broker: AmqpBroker,
  channel: Channel,
  doc: QueueDoc,
): void {
  if (broker.queue(wireName(doc))) return
  declareQueue(world, broker, channel, doc)
  for (const link of world.linksTo(doc.id)) {
    const from = world.node(link.from)
    if (from.kind === 'exchange' && from.type !== 'default')
      bind(world, broker, channel, from, link)
  }
}

function bind(
  world: WiringContext,
  broker: AmqpBroker,
  channel: Channel,
  from: ExchangeDoc,
  link: LinkDoc,
): void {
  const to = world.node(link.to)
  const args = bindingArguments(from, link)
  if (to.kind === 'exchange') broker.bindExchange(channel, to.name, from.name, link.key ?? '', args)
  else if (to.kind === 'queue') {
    broker.bind(channel, wireName(to), from.name, link.key ?? '', args)
  }
}

/** From an exchange: the copy is under way for the link's latency, which stands for the broker's routing. */
function wireRoutes(world: WiringContext, broker: AmqpBroker, exchange: ExchangeDoc): void {
  for (const link of world.linksFrom(exchange.id)) {
    const to = world.nodePart(link.to)
    const { forward } = world.pipes(link, (_op, message, a, b) => broker.arrive(to, message, a, b))
    if (forward.latencyUs > 0) {
      broker.setPath(world.nodePart(exchange.id), to, (message, a, b) =>
        forward.send(OP.route, message, a, b),
      )
    }
  }
}

function consumerTag(link: LinkDoc): string {
  return link.id
}

/** Queue to consumer: deliveries forward; subscriptions, acks and the end of the connection back. */
function wireConsumer(
  world: WiringContext,
  broker: AmqpBroker,
  deliveries: Deliveries,
  queue: QueueDoc,
  link: LinkDoc,
): void {
  const id = link.to
  const position = world.linksTo(id).indexOf(link)
  const client = world.part<QueueConsumer>(id)
  const receiving = new Receiving(client, position)
  const answers = new Answers(broker, (op, a, b) => {
    if (op === OP.subscribe) subscribe(world, broker, client, queue, link, connectionOf(id, b), a)
    else if (op === OP.cancel) cancel(broker, link)
    else if (op === OP.closeChannel) closeChannels(broker, connectionOf(id, b))
    else if (op === OP.hangUp) endConnections(broker, id, a)
  })
  const { forward, back } = world.pipes(link, receiving, answers)
  if (!back) throw new Error(`link ${link.id} has no way back`)
  back.onSilence(HEARTBEAT_US, () => endConnections(broker, id, client.life))
  world.onMend.set(link.id, () => client.reconnected(position))
  queueLinks(world, id).push(new BackLink(client, forward, back, answers))
  deliveries.connect(consumerTag(link), id, forward, receiving)
}

function queueLinks(world: WiringContext, id: string): QueueLink[] {
  return world.part<QueueConsumer>(id).links as QueueLink[]
}

/** Connect if need be, basic.qos, basic.consume; a subscription that is there already is given up first. */
function subscribe(
  world: WiringContext,
  broker: AmqpBroker,
  client: QueueConsumer,
  queue: QueueDoc,
  link: LinkDoc,
  connection: string,
  terms: number,
): void {
  const open = broker.channels.findLast((c) => c.isOpen && c.connection === connection)
  const channel = open ?? broker.openChannel(connection, link.to)
  const tag = consumerTag(link)
  const before = broker.consumers.findLast((c) => c.alive && c.tag === tag)
  if (before) broker.cancel(before)
  const { prefetchScope, priority, exclusive, offset } = client.settings
  broker.setPrefetch(channel, terms >> 1, prefetchScope === 'channel')
  const options = {
    tag,
    noAck: (terms & 1) === 1,
    ...(priority !== undefined && { priority }),
    ...(exclusive && { exclusive }),
    ...(queue.type === 'stream' && { offset: offset ?? ('next' as const) }),
  }
  unlessRefused(() => {
    if (isDeclaredByConsumer(queue)) declareByConsumer(world, broker, channel, queue)
    broker.consume(channel, wireName(queue), options)
  })
}

function cancel(broker: AmqpBroker, link: LinkDoc): void {
  const consumer = broker.consumers.findLast((c) => c.alive && c.tag === consumerTag(link))
  if (consumer) broker.cancel(consumer)
}

function closeChannels(broker: AmqpBroker, connection: string): void {
  for (const channel of broker.channels) {
    if (channel.isOpen && channel.connection === connection) broker.closeChannel(channel)
  }
}

/** Each life of a client has a connection of its own, so that the end of one cannot close the next. */
function connectionOf(client: string, life: number): string {
  return `${client}#${life}`
}

/** The broker gives up a client's connections of all lives up to this one. */
function endConnections(broker: AmqpBroker, client: string, life: number): void {
  for (const { isOpen, connection } of broker.channels) {
    const [name, number] = connection.split('#')
    if (isOpen && name === client && Number(number) <= life) broker.closeConnection(connection)
  }
}

/** The client (scenario id) that a part of the broker was made by, or null. */
export function amqpOwner(broker: AmqpBroker, part: number): string | null {
  const connection = broker.connectionOf(part)
  return connection === null ? null : clientOf(connection)
}

function clientOf(connection: string): string {
  return connection.split('#')[0] ?? ''
}
