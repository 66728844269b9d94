/**
 * What each kind of node, broker and link is built as: here what is always loaded, in `families/` the rest. The
 * compiler holds the lists complete.
 */
import { must } from '../../base/assert.ts'
import { AmqpBroker } from '../../brokers/amqp/broker.ts'
import type { Outlet } from '../../clients/client.ts'
import { QueueConsumer } from '../../clients/consumer/consumer.ts'
import { Producer } from '../../clients/producer/producer.ts'
import type { Part } from '../../engine/simulation.ts'
import type { BrokerDoc, LinkDoc, NodeDoc, NodeKind, NodeOf } from '../document.ts'
import { type LateKind, lateFamilyOf } from '../late.ts'
import { amqpOutlet, amqpOwner, wireAmqpBroker } from './amqp.ts'
import type { WiringContext } from './context.ts'
import { partsOf } from './family.ts'

/** A built broker. */
export type Built = Part

type Builders<K extends NodeKind> = {
  readonly [N in K]: (world: WiringContext, doc: NodeOf<N>) => Part | null
}

/** Clients are parts from the beginning; parts of brokers come when they are declared. */
const NODES: Builders<Exclude<NodeKind, LateKind>> = {
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
}

export function buildNode(world: WiringContext, doc: NodeDoc): Part | null {
  const late = lateFamilyOf(doc.kind)
  const builders = (late ? partsOf(late).nodes : NODES) as Builders<NodeKind>
  return (builders[doc.kind] as (world: WiringContext, doc: NodeDoc) => Part | null)(world, doc)
}

/** Builds a broker with the links that end or begin in its parts and are its own affair. */
export function buildBroker(world: WiringContext, doc: BrokerDoc): Built {
  if (doc.family !== 'amqp') return partsOf(doc.family).broker(world, doc)
  const broker = wireAmqpBroker(world, doc)
  world.owners.set(broker.node, (part) => amqpOwner(broker, part))
  return broker
}

/** Builds the links on which clients publish, and hands each client its outlets. */
export function buildLinks(world: WiringContext, brokers: readonly Built[]): void {
  for (const [id, take] of world.forwards) {
    const links = world.linksFrom(id).filter(({ to }) => 'broker' in world.node(to))
    take(links.map((link) => outlet(world, link, brokers)))
  }
  for (const doc of world.scenario.nodes) {
    if (!publishes(doc)) continue
    const client = must(world.sim.parts[world.nodePart(doc.id)], doc.id) as Part & {
      outlets: readonly Outlet[]
    }
    client.outlets = world.linksFrom(doc.id).map((link) => outlet(world, link, brokers))
  }
}

/** Clients that put messages on their links. */
const PUBLISHERS: readonly NodeKind[] = [
  'producer',
  'consumer',
  'pollingConsumer',
  'groupConsumer',
  'relay',
  'processManager',
  'service',
  'natsSubscriber',
  'natsRequester',
  'redisSubscriber',
  'redisConsumer',
  'redisReader',
]

function publishes(doc: NodeDoc): boolean {
  return PUBLISHERS.includes(doc.kind)
}

function outlet(world: WiringContext, link: LinkDoc, brokers: readonly Built[]): Outlet {
  const target = world.node(link.to)
  const built = 'broker' in target ? brokers[brokerIndex(world, target.broker)] : undefined
  if (built instanceof AmqpBroker) return amqpOutlet(world, link, built)
  const late = must(lateFamilyOf(target.kind), `a late family at ${link.to}`)
  return partsOf(late).outlet(world, link, built)
}

function brokerIndex(world: WiringContext, id: string): number {
  return world.scenario.brokers.findIndex((broker) => broker.id === id)
}
