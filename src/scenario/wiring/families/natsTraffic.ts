/** What goes between a NATS server and its clients, and inside it from its subjects to its streams. */
import { must } from '../../../base/assert.ts'
import { usFromMs } from '../../../base/time.ts'
import { NATS_FACTS, type Unanswered } from '../../../brokers/pubsub/nats/facts.ts'
import type { Pull } from '../../../brokers/pubsub/nats/jetstream/consumer.ts'
import type { Delivery } from '../../../brokers/pubsub/nats/jetstream/delivery.ts'
import type { Stream } from '../../../brokers/pubsub/nats/jetstream/stream.ts'
import type { NatsServer, NatsWire } from '../../../brokers/pubsub/nats/server.ts'
import { matchesSubject } from '../../../brokers/pubsub/nats/subjects.ts'
import type { Subscription } from '../../../brokers/pubsub/nats/subscription.ts'
import { deliveryOf, tagOf } from '../../../clients/consumer/delivery.ts'
import type {
  Answer,
  Subscriber,
  SubscriptionPort,
} from '../../../clients/subscriber/subscriber.ts'
import type { Pipe } from '../../../engine/pipe.ts'
import type { LinkDoc, NodeOf } from '../../document.ts'
import type { WiringContext } from '../context.ts'
import { OP } from '../ops.ts'
import { Absentees, connectionName, connectionOf, tellLosses, type Way } from './subscribing.ts'

interface NatsWay extends Way {
  queueGroup: string
  /** The durable that it takes messages from; null for a subscription to subjects. */
  consumer: NodeOf<'natsConsumer'> | null
  back: Pipe
}

const ANSWERS = { ack: OP.ack, nak: OP.nack, term: OP.term, progress: OP.progress } as const
const KINDS: Readonly<Record<number, 'ack' | 'nak' | 'term' | 'progress'>> = {
  [OP.ack]: 'ack',
  [OP.nack]: 'nak',
  [OP.term]: 'term',
  [OP.progress]: 'progress',
}

/** Status of an idle heartbeat (docs.nats.io/reference/reference-protocols/nats-protocol, headers). */
const HEARTBEAT = 100

export class NatsTraffic implements NatsWire {
  server!: NatsServer
  /** By scenario id. */
  readonly subscribers = new Map<string, Subscriber>()
  private readonly ways = new Map<string, NatsWay>()
  private readonly bySubscription: ({ way: NatsWay; connection: number } | undefined)[] = []
  /** By index of link: where a publisher's answers go; by part of a client: where its replies do. */
  private readonly publishers = new Map<number, Pipe>()
  private readonly requesters = new Map<number, Pipe>()
  /** By the part of a stream: the link by which messages come to it. */
  private readonly streamLinks = new Map<number, { pattern: string; forward: Pipe; back: Pipe }[]>()
  private absentees: Absentees<readonly Subscription[]> | null = null
  private readonly world: WiringContext

  constructor(world: WiringContext) {
    this.world = world
  }

  // ——— links ———

  connectStream(link: LinkDoc): void {
    const part = this.world.nodePart(link.to)
    const { forward, back } = this.world.pipes(
      link,
      (_op, message, asker) => this.store(part, message, asker, link),
      (op, message, asker) => this.publishers.get(asker)?.send(op, message, 0, 0),
    )
    const known = this.streamLinks.get(part) ?? []
    known.push({ pattern: link.key ?? '>', forward, back: must(back, link.id) })
    this.streamLinks.set(part, known)
  }

  connectPublisher(link: number, client: number, back: Pipe): void {
    this.publishers.set(link, back)
    this.requesters.set(client, back)
  }

  /** A subscriber by its link: from the server, or from a durable consumer. */
  connectSubscriber(link: LinkDoc, consumer: NodeOf<'natsConsumer'> | null = null): void {
    const { world } = this
    const client = world.part<Subscriber>(link.to)
    const doc = world.node(link.to, 'natsSubscriber')
    const port = client.ports.length
    const { forward, back } = world.pipes(
      link,
      (op, message, a, connection) => {
        if (op === OP.deliver) client.receive(port, message, a, connection)
        else if (a === HEARTBEAT) client.heartbeat(connection)
        else client.ended(a, connection)
      },
      (op, message, a, b) => this.hear(link.id, op, message, a, b),
    )
    const way: NatsWay = {
      link,
      port,
      client,
      consumer,
      forward,
      back: must(back, link.id),
      queueGroup: consumer ? (consumer.deliverGroup ?? '') : (doc.queueGroup ?? ''),
    }
    tellLosses(way)
    this.ways.set(link.id, way)
    this.subscribers.set(doc.id, client)
    client.ports = [...client.ports, this.portOf(way)]
    world.onMend.set(link.id, () => client.reconnect())
  }

  /** All links are known. */
  ready(): void {
    const plain = [...this.ways.values()].filter(({ consumer }) => consumer === null)
    this.absentees = new Absentees<readonly Subscription[]>(
      plain,
      (way, listening) => this.isServed(way as NatsWay, listening),
      matchesSubject,
    )
  }

  /** A filter of a subscription to subjects changes. */
  setFilter(link: string, filter: string): void {
    const way = this.ways.get(link)
    if (way === undefined || way.consumer !== null) return
    way.client.setFilter(way.port, filter)
    this.absentees?.forget()
  }

  /** All connections broke with the server: clients connect anew. */
  serverRestarted(): void {
    for (const { forward, back } of this.ways.values()) {
      forward.empty()
      back.empty()
    }
    for (const client of this.subscribers.values()) client.reconnect()
  }

  // ——— from clients ———

  /** A message is published; `asker` is the index of the link whose client wants to know of it, -1 if none does. */
  publish(message: number, asker: number): void {
    const { server } = this
    const subject = server.sim.records.key(message)
    const listening = server.listening(subject)
    server.broadcast(subject, message)
    this.absentees?.miss(message, subject, listening)
    const stream = server.jetStream.streamOf(subject)
    if (stream) this.route(stream, subject, message, asker)
    else if (asker !== -1) this.publishers.get(asker)?.send(OP.refused, message, 0, 0)
  }

  /** A message is lost before it comes here. */
  missUnsent(message: number, subject: number): void {
    this.absentees?.missUnsent(message, this.server.sim.records.strings.text(subject))
  }

  /** A request: with nobody there its client learns so at once. */
  request(message: number, asker: number): void {
    const subject = this.server.sim.records.key(message)
    if (this.server.hasResponders(subject, message)) this.publish(message, -1)
    else {
      this.absentees?.miss(message, subject, this.server.listening(subject))
      this.publishers.get(asker)?.send(OP.noResponders, this.original(message), 0, 0)
    }
  }

  private route(stream: Stream, subject: string, message: number, asker: number): void {
    const links = this.streamLinks.get(stream.node) ?? []
    const link = links.find(({ pattern }) => matchesSubject(pattern, subject))
    link?.forward.send(OP.route, message, asker, 0)
  }

  /** A message arrives in a stream, which answers whoever wants to know. */
  private store(part: number, message: number, asker: number, link: LinkDoc): void {
    const { jetStream } = this.server
    const stream = this.server.sim.parts[part] as Stream | undefined
    if (!stream?.alive) return
    const ack = jetStream.store(stream, message)
    if (asker === -1) return
    const back = this.streamLinks.get(part)?.find(({ pattern }) => pattern === (link.key ?? '>'))
    back?.back.send(ack.error ? OP.refused : OP.confirmed, this.original(message), asker, 0)
  }

  /** What its producer knows a message as: a copy was made where the link has a subject of its own. */
  private original(message: number): number {
    const { messages } = this.server.sim.records
    const parent = messages.parent(message)
    return parent !== -1 && messages.source(parent) === messages.source(message) ? parent : message
  }

  private hear(id: string, op: number, message: number, a: number, b: number): void {
    const way = must(this.ways.get(id), id)
    const { server } = this
    switch (op) {
      case OP.subscribe:
        this.disconnect(way)
        this.subscribe(way, a)
        return
      case OP.hangUp:
        server.disconnect(connectionName(id, a))
        return
      case OP.ask:
        this.pull(way, a, b)
        return
      case OP.answer:
        this.requesters.get(server.sim.records.messages.source(a))?.send(OP.answer, message, a, 0)
        return
    }
    const consumer = this.consumerOf(way)
    const kind = KINDS[op]
    if (consumer && kind) server.jetStream.answer(consumer, tagOf(a), kind, b)
  }

  /** A new connection takes the place of the one before: the server does not wait until it misses that one's pings. */
  private disconnect({ link, client }: NatsWay): void {
    for (let n = 1; n <= client.connections; n++) this.server.disconnect(connectionName(link.id, n))
  }

  private subscribe(way: NatsWay, connection: number): void {
    const { link, client, port, consumer, queueGroup } = way
    const name = connectionName(link.id, connection)
    if (consumer === null) this.server.subscribe(name, client.filterOf(port), queueGroup)
    else if (consumer.push) this.server.subscribe(name, `deliver.${consumer.name}`, queueGroup)
  }

  private pull(way: NatsWay, connection: number, batch: number): void {
    const { jetStream, sim } = this.server
    const consumer = this.consumerOf(way)
    if (!consumer) {
      this.leaveUnanswered(way)
      return
    }
    const expiresUs = sim.nowUs + way.client.expiresUs
    const client = connectionName(way.link.id, connection)
    jetStream.pull(consumer, { client, inbox: way.link.id, batch, noWait: false, expiresUs })
  }

  /** The subject on which a durable is asked has no listener yet, and the API of JetStream does not say so. */
  private leaveUnanswered({ link, consumer }: NatsWay): void {
    const { sim } = this.server
    if (consumer === null || sim.parts[this.world.nodePart(consumer.id)] !== undefined) return
    const row: Unanswered = { client: this.world.nodePart(link.to), consumer: consumer.name }
    sim.emit(this.server, NATS_FACTS.unanswered, -1, sim.records.row(row))
  }

  private consumerOf({ consumer }: NatsWay) {
    if (consumer === null) return undefined
    const part = this.server.sim.parts[this.world.nodePart(consumer.id)]
    return this.server.jetStream.consumers.find((each) => each === part && each.alive)
  }

  /** Who is subscribed, or whose queue group has a member who is. */
  private isServed({ link, queueGroup }: NatsWay, listening: readonly Subscription[]): boolean {
    return listening.some(
      ({ client, queue }) =>
        connectionOf(client).link === link.id || (queueGroup !== '' && queue === queueGroup),
    )
  }

  private portOf(way: NatsWay): SubscriptionPort {
    const { back, link, consumer } = way
    return {
      link: link.id,
      isPulled: consumer !== null && !consumer.push,
      filter: consumer === null ? (link.key ?? '>') : '',
      headersOnly: consumer?.headersOnly ?? false,
      heartbeatUs: usFromMs(consumer?.idleHeartbeatMs ?? 0),
      subscribe: (connection) => back.send(OP.subscribe, -1, connection, 0),
      hangUp: (connection) => back.send(OP.hangUp, -1, connection, 0),
      ask: (connection, batch) => back.send(OP.ask, -1, connection, batch),
      answer: (message, delivery, how: Answer, delayUs) =>
        back.send(ANSWERS[how], message, delivery, delayUs),
      reply: (request, body) => {
        const { records } = this.server.sim
        const reply = records.messages.addRow(
          this.server.sim.nowUs,
          records.strings.id(body),
          records.messages.ordinal(request),
          records.messages.key(request),
          -1,
          request,
          this.world.nodePart(link.to),
        )
        back.send(OP.answer, reply, this.original(request), 0)
      },
    }
  }

  // ——— to clients ———

  deliver(subscription: Subscription, _subject: string, message: number, from?: Delivery): void {
    const { way, connection } = this.wayOf(subscription)
    this.send(way, connection, message, from)
  }

  heartbeat(subscription: Subscription): void {
    const { way, connection } = this.wayOf(subscription)
    way.forward.send(OP.status, -1, HEARTBEAT, connection)
  }

  private wayOf(subscription: Subscription): { way: NatsWay; connection: number } {
    let known = this.bySubscription[subscription.node]
    if (known === undefined) {
      const { link, connection } = connectionOf(subscription.client)
      known = { way: must(this.ways.get(link), link), connection }
      this.bySubscription[subscription.node] = known
    }
    return known
  }

  pulled({ client }: Pull, delivery: Delivery): void {
    const { link, connection } = connectionOf(client)
    this.send(must(this.ways.get(link), link), connection, delivery.message, delivery)
  }

  status({ client }: Pull, code: number): void {
    const { link, connection } = connectionOf(client)
    this.ways.get(link)?.forward.send(OP.status, -1, code, connection)
  }

  private send(way: NatsWay, connection: number, message: number, from?: Delivery): void {
    const noAck = from === undefined || from.consumer.config.ackPolicy === 'none'
    const tag = from === undefined ? 0 : from.consumerSequence
    const delivery = deliveryOf(tag, noAck, from !== undefined && from.count > 1)
    way.forward.send(OP.deliver, message, delivery, connection)
  }
}
