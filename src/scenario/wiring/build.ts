/**
 * What each kind of node, broker and link is built as. A new kind is one folder and one line here;
 * the compiler holds the lists complete.
 */
import { must } from '../../base/assert.ts'
import { AmqpBroker } from '../../brokers/amqp/broker.ts'
import { EventStore } from '../../brokers/eventstore/store.ts'
import { LogBroker } from '../../brokers/log/broker.ts'
import type { Outlet } from '../../clients/client.ts'
import { CommandHandler } from '../../clients/commandHandler/commandHandler.ts'
import { QueueConsumer } from '../../clients/consumer/consumer.ts'
import { GroupConsumer } from '../../clients/groupConsumer/groupConsumer.ts'
import { Producer } from '../../clients/producer/producer.ts'
import { Projection } from '../../clients/projection/projection.ts'
import { Relay } from '../../clients/relay/relay.ts'
import type { Part } from '../../engine/simulation.ts'
import type { BrokerDoc, Family, LinkDoc, NodeDoc, NodeKind, NodeOf } from '../document.ts'
import { amqpOutlet, amqpOwner, wireAmqpBroker } from './amqp.ts'
import type { WiringContext } from './context.ts'
import { commandOutlet, wireEventStoreBroker } from './eventstore.ts'
import { sqsFamily } from './late.ts'
import { logOutlet, logOwner, wireLogBroker } from './log.ts'

/** A built broker. */
export type Built = Part

/** Clients are parts from the beginning; parts of brokers come when they are declared. */
const NODES: { [K in NodeKind]: (world: WiringContext, doc: NodeOf<K>) => Part | null } = {
  producer: (world, doc) => {
    const producer = new Producer(world.sim, world.nodePart(doc.id), doc.id, doc)
    world.senderSteps.push(() => producer.start())
    return producer
  },
  consumer: (world, doc) => {
    const consumer = new QueueConsumer(world.sim, world.nodePart(doc.id), doc.id, doc)
    consumer.links = []
    consumer.poison = world.poison
    world.receiverSteps.push(() => consumer.start())
    return consumer
  },
  exchange: () => null,
  queue: () => null,
  sqsQueue: () => null,
  pollingConsumer: (world, doc) => {
    const { PollingConsumer } = sqsFamily()
    const consumer = new PollingConsumer(world.sim, world.nodePart(doc.id), doc.id, doc)
    consumer.poison = world.poison
    world.receiverSteps.push(() => consumer.start())
    return consumer
  },
  topic: () => null,
  eventStore: (world, doc) => new EventStore(world.sim, world.nodePart(doc.id)),
  groupConsumer: (world, doc) => {
    const consumer = new GroupConsumer(world.sim, world.nodePart(doc.id), doc.id, doc)
    world.receiverSteps.push(() => consumer.start())
    return consumer
  },
  commandHandler: (world, doc) =>
    new CommandHandler(world.sim, world.nodePart(doc.id), doc.id, doc),
  projection: (world, doc) => {
    const projection = new Projection(world.sim, world.nodePart(doc.id), doc.id, doc)
    world.receiverSteps.push(() => projection.start())
    return projection
  },
  relay: (world, doc) => {
    const relay = new Relay(world.sim, world.nodePart(doc.id), doc)
    world.receiverSteps.push(() => relay.start())
    return relay
  },
}

export function buildNode(world: WiringContext, doc: NodeDoc): Part | null {
  return (NODES[doc.kind] as (world: WiringContext, doc: NodeDoc) => Part | null)(world, doc)
}

const BROKERS: Record<Family, (world: WiringContext, doc: BrokerDoc) => Built> = {
  amqp: (world, doc) => {
    const broker = wireAmqpBroker(world, doc)
    world.owners.set(broker.node, (part) => amqpOwner(broker, part))
    return broker
  },
  sqs: (world, doc) => sqsFamily().wireSqsBroker(world, doc),
  log: (world, doc) => {
    const broker = wireLogBroker(world, doc)
    world.owners.set(broker.node, (part) => logOwner(world, broker, part))
    return broker
  },
  eventstore: wireEventStoreBroker,
}

/** Builds a broker with the links that end or begin in its parts and are its own affair. */
export function buildBroker(world: WiringContext, doc: BrokerDoc): Built {
  return BROKERS[doc.family](world, doc)
}

/** Builds the links on which clients publish, and hands each client its outlets. */
export function buildLinks(world: WiringContext, brokers: readonly Built[]): void {
  for (const doc of world.scenario.nodes) {
    if (!publishes(doc)) continue
    const client = must(world.sim.parts[world.nodePart(doc.id)], doc.id) as Part & {
      outlets: readonly Outlet[]
    }
    client.outlets = world.linksFrom(doc.id).map((link) => outlet(world, link, brokers))
  }
}

function publishes(doc: NodeDoc): boolean {
  return ['producer', 'consumer', 'pollingConsumer', 'groupConsumer', 'relay'].includes(doc.kind)
}

function outlet(world: WiringContext, link: LinkDoc, brokers: readonly Built[]): Outlet {
  const target = world.node(link.to)
  if (target.kind === 'commandHandler') return commandOutlet(world, link)
  const built = 'broker' in target ? brokers[brokerIndex(world, target.broker)] : undefined
  if (built instanceof AmqpBroker) return amqpOutlet(world, link, built)
  if (built instanceof LogBroker) return logOutlet(world, link, built)
  const { SqsBroker, sqsOutlet } = sqsFamily()
  if (built instanceof SqsBroker) return sqsOutlet(world, link, built)
  throw new Error(`nothing can be published to ${link.to}`)
}

function brokerIndex(world: WiringContext, id: string): number {
  return world.scenario.brokers.findIndex((broker) => broker.id === id)
}
