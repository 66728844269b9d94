/** Wires AMQP brokers: exchanges and queues as nodes, publishers and consumers by their links. */
import { must } from '../../base/assert.ts'
import { AmqpBroker } from '../../brokers/amqp/broker.ts'
import type { Exchange } from '../../brokers/amqp/exchange.ts'
import type { Outlet } from '../../clients/client.ts'
import type { QueueConsumer, QueueLink } from '../../clients/consumer/consumer.ts'
import type { Pipe } from '../../engine/pipe.ts'
import type { BrokerDoc, ExchangeDoc, LinkDoc, QueueDoc } from '../document.ts'
import { Answers, BackLink, Deliveries, Publishing, PublishOutlet, Receiving } from './amqpEnds.ts'
import type { WiringContext } from './context.ts'
import { OP } from './ops.ts'

/** Connection under which a broker's own topology is declared. */
const SETUP = 'set-up'
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
      deliveries.connect(consumerTag(link), wireConsumer(world, broker, queue, link))
    }
  }
  return broker
}

/** The outlet of a client that publishes to an exchange, or to a queue by the default exchange. */
export function amqpOutlet(world: WiringContext, link: LinkDoc, broker: AmqpBroker): Outlet {
  const target = world.node(link.to)
  const { strings } = world.sim.records
  // The routing key: what the link says, the queue's name by the default exchange, else the message's own.
  const named = link.key ?? (target.kind === 'queue' ? target.name : undefined)
  const key = named === undefined ? -1 : strings.id(named)
  const find = () => exchangeBehind(world, broker, link)
  const { forward } = world.pipes(link, new Publishing(broker, find, key))
  return new PublishOutlet(forward)
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
  broker.declareDefaultExchange(nameless ? world.nodePart(nameless.id) : undefined)
  for (const doc of exchanges) {
    if (doc.type === 'default') continue
    broker.declareExchange(channel, doc.name, doc.type, { durable: true }, world.nodePart(doc.id))
  }
  for (const doc of queues) {
    const { durable, maxLength, overflow } = doc
    const options = {
      ...(durable !== undefined && { durable }),
      ...(maxLength !== undefined && { maxLength }),
      ...(overflow !== undefined && { overflow }),
    }
    broker.declareQueue(channel, doc.name, options, world.nodePart(doc.id))
  }
  for (const doc of exchanges) {
    if (doc.type === 'default') continue
    for (const link of world.linksFrom(doc.id)) {
      broker.bind(channel, world.node(link.to).name, doc.name, link.key ?? '')
    }
  }
}

/** Exchange to queue: the copy is under way for the link's latency, which stands for the broker's routing. */
function wireRoutes(world: WiringContext, broker: AmqpBroker, exchange: ExchangeDoc): void {
  for (const link of world.linksFrom(exchange.id)) {
    const queue = world.nodePart(link.to)
    const { forward } = world.pipes(link, (_op, message, a, b) =>
      broker.arrive(queue, message, a, b),
    )
    if (forward.latencyUs > 0) {
      broker.setPath(world.nodePart(exchange.id), queue, (message, a, b) =>
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
  queue: QueueDoc,
  link: LinkDoc,
): Pipe {
  const id = link.to
  const position = world.linksTo(id).indexOf(link)
  const client = world.part<QueueConsumer>(id)
  const { forward, back } = world.pipes(
    link,
    new Receiving(client, position),
    new Answers(broker, (op, a, b) => {
      if (op === OP.subscribe) subscribe(broker, queue, link, connectionOf(id, b), a)
      else if (op === OP.hangUp) endConnections(broker, id, a)
    }),
  )
  if (!back) throw new Error(`link ${link.id} has no way back`)
  back.onSilence(HEARTBEAT_US, () => endConnections(broker, id, client.life))
  world.onMend.set(link.id, () => client.reconnected(position))
  queueLinks(world, id).push(new BackLink(client, forward, back))
  return forward
}

function queueLinks(world: WiringContext, id: string): QueueLink[] {
  return world.part<QueueConsumer>(id).links as QueueLink[]
}

/** Connect if need be, basic.qos, basic.consume; a subscription that is there already is given up first. */
function subscribe(
  broker: AmqpBroker,
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
  broker.setPrefetch(channel, terms >> 1)
  broker.consume(channel, queue.name, { tag, noAck: (terms & 1) === 1 })
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
