/** Wires Redis Pub/Sub: the server as a place with channels, who publishes to it and who subscribes. */
import { must } from '../../../base/assert.ts'
import { hasGlob, matchesGlob } from '../../../brokers/pubsub/redis/glob.ts'
import {
  type PubSubWire,
  RedisPubSub,
  type Subscription,
} from '../../../brokers/pubsub/redis/server.ts'
import type { Outlet } from '../../../clients/client.ts'
import { deliveryOf } from '../../../clients/consumer/delivery.ts'
import { Producer } from '../../../clients/producer/producer.ts'
import { Subscriber } from '../../../clients/subscriber/subscriber.ts'
import type { BrokerDoc, LinkDoc } from '../../document.ts'
import type { WiringContext } from '../context.ts'
import type { FamilyParts } from '../family.ts'
import { OP } from '../ops.ts'
import {
  Absentees,
  allowPresence,
  connectionName,
  connectionOf,
  subjectOn,
  tellLosses,
  tellUnsent,
  underSubject,
  type Way,
} from './subscribing.ts'

export const parts: FamilyParts<'redisPubsub'> = {
  nodes: {
    redisServer: () => null,
    redisSubscriber: (world, doc) => {
      const subscriber = new Subscriber(world.sim, world.nodePart(doc.id), doc.id, doc)
      subscriber.poison = world.poison
      world.receiverSteps.push(() => subscriber.start())
      return subscriber
    },
  },
  broker: wireRedis,
  outlet: (world, link, broker) => redisOutlet(world, link, broker as RedisPubSub),
}

/** Every copy is settled as it is sent: fire and forget. */
const DELIVERY = deliveryOf(0, true, false)

class RedisTraffic implements PubSubWire {
  readonly ways = new Map<string, Way>()
  private readonly bySubscription: ({ way: Way; connection: number } | undefined)[] = []

  deliver(subscription: Subscription, _channel: string, message: number): void {
    let known = this.bySubscription[subscription.node]
    if (known === undefined) {
      const { link, connection } = connectionOf(subscription.client)
      known = { way: must(this.ways.get(link), link), connection }
      this.bySubscription[subscription.node] = known
    }
    known.way.forward.send(OP.deliver, message, DELIVERY, known.connection)
  }
}

const absentees = new WeakMap<RedisPubSub, Absentees<readonly Subscription[]>>()

function wireRedis(world: WiringContext, doc: BrokerDoc): RedisPubSub {
  const place = world.scenario.nodes.find((n) => n.kind === 'redisServer' && n.broker === doc.id)
  const traffic = new RedisTraffic()
  const part = place ? world.nodePart(place.id) : world.brokerPart(doc.id)
  const server = new RedisPubSub(world.sim, part, traffic)
  const subscribers = new Map<string, Subscriber>()
  for (const link of place ? world.linksFrom(place.id) : []) {
    const way = connect(world, server, link)
    traffic.ways.set(link.id, way)
    subscribers.set(link.to, way.client)
  }
  const absent = new Absentees<readonly Subscription[]>(
    [...traffic.ways.values()],
    (way, listening) => listening.some(({ client }) => connectionOf(client).link === way.link.id),
    (filter, channel) => (hasGlob(filter) ? matchesGlob(filter, channel) : filter === channel),
  )
  absentees.set(server, absent)
  world.owners.set(server.node, (numbered) => {
    if (numbered === server.node) return place?.id ?? null
    const found = world.sim.parts[numbered] as Partial<Subscription> | undefined
    if (typeof found?.client !== 'string') return null
    return (
      world.scenario.links.find(({ id }) => id === connectionOf(found.client as string).link)?.to ??
      null
    )
  })
  allowPresence(world, subscribers)
  world.onAct('filter', ({ link, filter }) => {
    const way = traffic.ways.get(link)
    way?.client.setFilter(way.port, filter)
    absent.forget()
  })
  world.restarters.set(doc.id, () => {
    server.restart()
    for (const link of traffic.ways.values()) link.forward.empty()
    for (const client of subscribers.values()) client.reconnect()
  })
  return server
}

/** A subscriber by its link: SUBSCRIBE to a channel, or PSUBSCRIBE to a pattern. */
function connect(world: WiringContext, server: RedisPubSub, link: LinkDoc): Way {
  const client = world.part<Subscriber>(link.to)
  const port = client.ports.length
  const { forward, back: made } = world.pipes(
    link,
    (_op, message, delivery, connection) => client.receive(port, message, delivery, connection),
    (op, _message, connection) => {
      if (op === OP.hangUp) server.disconnect(connectionName(link.id, connection))
      else {
        for (let n = 1; n <= connection; n++) server.disconnect(connectionName(link.id, n))
        const filter = client.filterOf(port)
        server.subscribe(connectionName(link.id, connection), filter, hasGlob(filter))
      }
    },
  )
  const back = must(made, link.id)
  client.ports = [
    ...client.ports,
    {
      link: link.id,
      isPulled: false,
      filter: link.key ?? '*',
      subscribe: (connection) => back.send(OP.subscribe, -1, connection, 0),
      hangUp: (connection) => back.send(OP.hangUp, -1, connection, 0),
      ask: () => undefined,
      answer: () => undefined,
      reply: () => undefined,
    },
  ]
  world.onMend.set(link.id, () => client.reconnect())
  const way = { link, port, client, forward }
  tellLosses(way)
  return way
}

/** The outlet of a client that publishes; the answer, how many copies went out, tells it nothing that it acts on. */
function redisOutlet(world: WiringContext, link: LinkDoc, server: RedisPubSub): Outlet {
  const subject = subjectOn(world, link)
  const client = world.sim.parts[world.nodePart(link.from)]
  const producer = client instanceof Producer ? client : null
  const { forward, back } = world.pipes(
    link,
    (_op, message, terms) => {
      const published = underSubject(world, message, subject(message))
      const channel = world.sim.records.key(published)
      const listening = server.listening(channel)
      server.publish(channel, published)
      absentees.get(server)?.miss(published, channel, listening)
      if (terms !== 0) back?.send(OP.confirmed, message, 0, 0)
    },
    producer ? (_op, message) => producer.receiveConfirm(message, true) : undefined,
  )
  tellUnsent(forward, subject, (message, key) =>
    absentees.get(server)?.missUnsent(message, world.sim.records.strings.text(key)),
  )
  return {
    pipe: forward.node,
    send: (message, terms = 0) => forward.send(OP.publish, message, terms, 0),
  }
}
