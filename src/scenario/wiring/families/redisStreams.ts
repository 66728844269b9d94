/**
 * Wires Redis streams: streams and their groups as parts of a server, and who reads them. The latency of a link stands
 * for the way of a command and of its reply; the link between a stream and a group is none, both are in one place.
 */
import { must } from '../../../base/assert.ts'
import { usFromMs } from '../../../base/time.ts'
import { RedisStreams } from '../../../brokers/log/redisStreams/server.ts'
import type { Outlet } from '../../../clients/client.ts'
import { Producer } from '../../../clients/producer/producer.ts'
import { RedisConsumer } from '../../../clients/redisConsumer/redisConsumer.ts'
import { RedisReader } from '../../../clients/redisConsumer/redisReader.ts'
import type { Part } from '../../../engine/simulation.ts'
import type { BrokerDoc, LinkDoc, NodeOf } from '../../document.ts'
import type { WiringContext } from '../context.ts'
import type { FamilyParts } from '../family.ts'
import { OP } from '../ops.ts'
import { allowRedisActs, createGroup } from './redisActing.ts'
import { addTo, RedisTraffic } from './redisTraffic.ts'

export const parts: FamilyParts<'redisStreams'> = {
  nodes: {
    redisStream: () => null,
    redisGroup: () => null,
    redisConsumer: (world, doc) => {
      const consumer = new RedisConsumer(world.sim, world.nodePart(doc.id), doc.id, doc)
      consumer.poison = world.poison
      world.receiverSteps.push(() => consumer.open())
      return consumer
    },
    redisReader: (world, doc) => {
      const reader = new RedisReader(world.sim, world.nodePart(doc.id), doc.id, doc)
      reader.poison = world.poison
      world.receiverSteps.push(() => reader.open())
      return reader
    },
  },
  broker: wireRedisStreams,
  outlet: (world, link, broker) => streamOutlet(world, link, broker as RedisStreams),
}

function wireRedisStreams(world: WiringContext, doc: BrokerDoc): RedisStreams {
  const nodes = world.scenario.nodes.filter((node) => 'broker' in node && node.broker === doc.id)
  const streams = nodes.filter((node) => node.kind === 'redisStream')
  const groups = nodes.filter((node) => node.kind === 'redisGroup')
  const traffic = new RedisTraffic(world)
  // Ids count the milliseconds of the run.
  const server = new RedisStreams(world.sim, world.brokerPart(doc.id), traffic, { epochMs: 0 })
  traffic.server = server
  for (const stream of streams) {
    world.publishers.set(stream.id, (message) => addTo(server, stream, message))
    for (const link of world.linksFrom(stream.id)) {
      if (world.kindOf(link.to) === 'redisGroup') world.pipes(link, () => undefined)
      else traffic.connectReader(link)
    }
  }
  for (const group of groups) {
    for (const link of world.linksFrom(group.id)) traffic.connectConsumer(link, group)
  }
  world.topologySteps.push(() => {
    for (const stream of streams) createStream(world, server, stream)
    for (const [i, group] of groups.entries()) {
      if (group.createdAtMs === undefined) createGroup(world, server, group, group.start)
      else server.later(usFromMs(group.createdAtMs), i)
    }
  })
  server.onStep = (i) => {
    const group = must(groups[i], `group ${i}`)
    createGroup(world, server, group, group.start)
  }
  world.owners.set(server.node, (part) => ownerOf(world, part))
  world.restarters.set(doc.id, () => {
    server.restart()
    traffic.serverRestarted()
  })
  allowRedisActs(world, doc.id, server, traffic)
  return server
}

/** A consumer as the server knows it belongs to the node of its name behind the group. */
function ownerOf(world: WiringContext, part: number): string | null {
  const found = world.sim.parts[part] as { name?: string; group?: Part } | undefined
  const group = found?.group === undefined ? undefined : world.scenario.nodes[found.group.node]
  if (!group) return null
  const behind = world.linksFrom(group.id).map(({ to }) => world.node(to))
  return behind.find(({ name }) => name === found?.name)?.id ?? null
}

function createStream(world: WiringContext, server: RedisStreams, doc: NodeOf<'redisStream'>) {
  const part = world.nodePart(doc.id)
  server.createStream(doc.name, part)
  const { messages, strings } = world.sim.records
  const none = strings.id('')
  doc.contents?.forEach((body, i) => {
    const message = messages.addRow(0, strings.id(body), i, none, -1, -1, part)
    addTo(server, doc, message)
  })
}

/** The outlet of a client that adds to a stream; the reply, the id of the entry, confirms it to a producer that waits. */
function streamOutlet(world: WiringContext, link: LinkDoc, server: RedisStreams): Outlet {
  const client = world.sim.parts[world.nodePart(link.from)]
  const producer = client instanceof Producer ? client : null
  const stream = world.node(link.to, 'redisStream')
  const { forward, back } = world.pipes(
    link,
    (_op, message, terms) => {
      addTo(server, stream, message)
      if (terms !== 0) back?.send(OP.confirmed, message, 0, 0)
    },
    producer ? (_op, message) => producer.receiveConfirm(message, true) : undefined,
  )
  return {
    pipe: forward.node,
    send: (message, terms = 0) => forward.send(OP.publish, message, terms, 0),
  }
}
