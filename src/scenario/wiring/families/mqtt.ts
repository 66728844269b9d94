/** Wires MQTT brokers: each client has one link, which is its connection, whichever way it is drawn. */
import { must } from '../../../base/assert.ts'
import { usFromMs } from '../../../base/time.ts'
import { MqttBroker } from '../../../brokers/pubsub/mqtt/broker.ts'
import type { Session, SubscriptionRow } from '../../../brokers/pubsub/mqtt/session.ts'
import { matchesFilter, readShare } from '../../../brokers/pubsub/mqtt/topics.ts'
import { MISSED } from '../../../clients/mqttClient/facts.ts'
import { MqttClient } from '../../../clients/mqttClient/mqttClient.ts'
import { flagsOf, PACKETS, readFlags } from '../../../clients/mqttClient/packets.ts'
import { IN_FLIGHT_MAX } from '../../../clients/mqttClient/settings.ts'
import type { Pipe, Receive } from '../../../engine/pipe.ts'
import type { Random } from '../../../engine/random.ts'
import type { BrokerDoc, LinkDoc } from '../../document.ts'
import type { WiringContext } from '../context.ts'
import type { FamilyParts } from '../family.ts'

export const parts: FamilyParts<'mqtt'> = {
  nodes: {
    mqttBroker: () => null,
    mqttClient: (world, doc) => {
      const client = new MqttClient(world.sim, world.nodePart(doc.id), doc.id, doc)
      world.receiverSteps.push(() => client.join())
      world.senderSteps.push(() => client.startPublishing())
      return client
    },
  },
  broker: wireMqttBroker,
  outlet: () => {
    throw new Error(
      'only MQTT clients are linked to MQTT brokers, and they publish by their own link',
    )
  },
}

function wireMqttBroker(world: WiringContext, doc: BrokerDoc): MqttBroker {
  const lines: Line[] = []
  const byConnection = new Map<string, Line | undefined>()
  const lineOf = ({ connection }: Session) => {
    const name = connection?.name ?? ''
    if (!byConnection.has(name)) {
      byConnection.set(
        name,
        lines.find(({ id }) => id === clientOf(name)),
      )
    }
    return byConnection.get(name)
  }
  const to = (session: Session, op: number, message: number, a: number, b = 0) =>
    lineOf(session)?.toClient(op, message, a, b)
  const place = world.scenario.nodes.find((n) => n.kind === 'mqttBroker' && n.broker === doc.id)
  const part = place ? world.nodePart(place.id) : world.brokerPart(doc.id)
  const broker = new MqttBroker(world.sim, part, {
    publish: (session, message, qos, retain, dup, position) =>
      to(session, PACKETS.publish, message, flagsOf({ qos, retain, dup }), position),
    pubrel: (session, at) => to(session, PACKETS.pubrel, session.messageAt(at), at),
    puback: (session, id) => to(session, PACKETS.puback, -1, id),
    pubrec: (session, id) => to(session, PACKETS.pubrec, -1, id),
    pubcomp: (session, id) => to(session, PACKETS.pubcomp, -1, id),
    closed: (connection) => {
      for (const line of lines) if (line.connection === connection) line.close()
    },
    passed: (message) => {
      for (const line of lines) line.missIfAbsent(message)
    },
    dropped: (session, message, why) => lineOf(session)?.client.miss(message, WHY[why] ?? 0),
  })
  for (const link of world.scenario.links) {
    const client = link.from === place?.id ? link.to : link.to === place?.id ? link.from : null
    if (client === null) continue
    const unsent = (message: number) => {
      for (const line of lines) if (line.id !== client) line.missUnsent(message)
    }
    lines.push(new Line(world, broker, link, client, unsent))
  }
  world.owners.set(broker.node, (number) => {
    const session = broker.sessions.find(({ node }) => node === number)
    return session ? (lineOf(session)?.id ?? null) : null
  })
  world.restarters.set(doc.id, () => {
    broker.restart()
    for (const line of lines) line.client.reset()
  })
  allowActs(world, lines)
  return broker
}

/** Why a client misses a message, by why its session does not get it. */
const WHY: readonly number[] = [MISSED.absent, MISSED.full, MISSED.expired, MISSED.ended]

function clientOf(connection: string | undefined): string | undefined {
  return connection?.split('#')[0]
}

/** One client's connection to the broker: packets both ways over its link, and what gets lost on it. */
class Line {
  /** Of its client. */
  readonly id: string
  readonly link: string
  readonly client: MqttClient
  private readonly broker: MqttBroker
  private readonly lossRate: number
  private readonly dice: Random
  private readonly toBroker: Pipe
  private readonly fromBroker: Pipe
  private readonly clientId: string

  constructor(
    world: WiringContext,
    broker: MqttBroker,
    link: LinkDoc,
    client: string,
    unsent: (message: number) => void,
  ) {
    this.id = client
    this.link = link.id
    this.broker = broker
    this.lossRate = link.lossRate ?? 0
    this.dice = world.sim.random(`${link.id}/loss`)
    this.client = world.part<MqttClient>(client)
    this.clientId = world.node(client).name
    const up: Receive = (op, message, a, b) => this.receive(op, message, a, b)
    const down: Receive = (op, message, a, b) => this.client.receive(op, message, a, b)
    const outward = link.from === client
    const pipes = world.pipes(link, outward ? up : down, outward ? down : up)
    const back = must(pipes.back, `the way back of ${link.id}`)
    this.toBroker = outward ? pipes.forward : back
    this.fromBroker = outward ? back : pipes.forward
    for (const pipe of [this.toBroker, this.fromBroker]) {
      pipe.onLost = (op, message, a) => {
        if (isOnce(op, a)) this.loseOnce(pipe, message)
      }
    }
    this.client.port = {
      pipe: this.toBroker.node,
      send: (op, message, a, b) => this.carry(this.toBroker, op, message, a, b),
      cutOff: (both) => this.cutOff(both),
      unsent,
    }
    this.client.onSilence = () => this.silence()
    world.onMend.set(link.id, () => this.client.reset())
  }

  /** Its session, while it is connected by this line. */
  get session(): Session | null {
    const session = this.broker.session(this.clientId)
    const isOwn = session?.connection?.name.startsWith(`${this.id}#`) === true
    return session?.isConnected && isOwn ? session : null
  }
  get connection(): string {
    return `${this.id}#${this.client.connections}`
  }

  toClient(op: number, message: number, a: number, b: number): void {
    this.carry(this.fromBroker, op, message, a, b)
  }

  /** The broker has closed the connection. */
  close(): void {
    this.fromBroker.send(PACKETS.close, -1, 0, 0)
  }

  /** Who is away and has no session misses what its filters match, and a share group does that nobody is left in. */
  missIfAbsent(message: number): void {
    const { client, broker } = this
    if (client.isOnline || broker.session(this.clientId)) return
    if (!this.wants(message) && !this.isLeftAlone(message)) return
    client.miss(message, client.connections === 0 ? MISSED.notYet : MISSED.absent)
  }

  /** Whether a message is for a share group of its that has no member now. */
  private isLeftAlone(message: number): boolean {
    const topic = this.broker.sim.records.key(message)
    const left = this.client.filters.filter((name) => {
      const share = readShare(name)
      return share !== null && matchesFilter(share.filter, topic)
    })
    if (left.length === 0) return false
    const groups = new Set([...this.broker.shares.all()].map(({ name }) => name))
    return left.some((name) => !groups.has(name))
  }

  /** Who would have got a message that never came to the broker misses it too. */
  missUnsent(message: number): void {
    if (this.wants(message)) this.client.miss(message, MISSED.unsent)
  }

  /** By a subscription of its own. */
  private wants(message: number): boolean {
    const topic = this.broker.sim.records.key(message)
    return this.client.filters.some((f) => readShare(f) === null && matchesFilter(f, topic))
  }

  /**
   * Sends a packet, unless it is the one that gets lost, by chance or because a person wants it: then the connection
   * breaks when it would arrive, and with latency 0 at once.
   */
  private carry(pipe: Pipe, op: number, message: number, a: number, b: number): void {
    const { client } = this
    const isLost = op !== PACKETS.close && !pipe.isCut && !client.isBreaking && this.draws(pipe)
    const isGone = (isLost && pipe.losses > 0) || (pipe.isInstant && (isLost || client.isBreaking))
    if (isGone && pipe.isInstant && isOnce(op, a)) this.loseOnce(pipe, message)
    if (isLost) client.losePacket(op, message, isGone ? 0 : pipe.latencyUs)
    if (!isGone || pipe.losses > 0) pipe.send(op, message, a, b)
  }

  private draws(pipe: Pipe): boolean {
    if (pipe.losses > 0) return true
    return this.lossRate > 0 && this.dice.unit() < this.lossRate
  }

  private cutOff(both: boolean): void {
    this.fromBroker.empty()
    if (both) this.toBroker.empty()
  }

  /** A QoS 0 message that nobody sends again. */
  private loseOnce(pipe: Pipe, message: number): void {
    if (pipe === this.toBroker) this.client.lose(message)
    else this.client.miss(message, MISSED.lost)
  }

  /** What the broker does with a packet of the client. */
  private receive(op: number, message: number, a: number, b: number): void {
    const { broker, client } = this
    if (op === PACKETS.connect) {
      this.connect(message, a)
      return
    }
    const { session } = this
    if (!session) return
    if (op === PACKETS.publish) broker.publish(session, message, b)
    else if (op === PACKETS.pubrel) broker.release(session, a)
    else if (op === PACKETS.puback) broker.puback(session, a)
    else if (op === PACKETS.pubrec) broker.pubrec(session, a)
    else if (op === PACKETS.pubcomp) broker.pubcomp(session, a)
    else if (op === PACKETS.pingreq) {
      client.hear()
      this.toClient(PACKETS.pingresp, -1, 0, 0)
    } else if (op === PACKETS.disconnect) broker.disconnect(session)
    else if (op === PACKETS.close) {
      if (session.connection?.name === `${this.id}#${a}`) broker.lose(session)
    } else this.receiveFilters(session, op, a)
  }

  private receiveFilters(session: Session, op: number, row: number): void {
    const { records } = this.broker.sim
    if (op === PACKETS.unsubscribe) {
      this.broker.unsubscribe(session, records.rowAt<string[]>(row))
      this.toClient(PACKETS.unsuback, -1, 0, 0)
      return
    }
    // SUBACK goes before what is retained: the broker is asked last.
    this.toClient(PACKETS.suback, -1, 0, 0)
    this.broker.subscribe(session, records.rowAt<SubscriptionRow[]>(row))
  }

  private connect(will: number, number: number): void {
    const { settings } = this.client
    const { version = 5, cleanStart = true, sessionExpiryMs = 0, receiveMaximum } = settings
    this.client.hear()
    const isPresent = this.isKnown(cleanStart)
    this.toClient(PACKETS.connack, -1, isPresent ? 1 : 0, 0)
    this.broker.connect(this.clientId, {
      name: `${this.id}#${number}`,
      version,
      clean: cleanStart,
      // A session of MQTT 3.1.1 that is not clean stays for ever.
      expiryUs: version === 4 ? (cleanStart ? 0 : -1) : usFromMs(sessionExpiryMs),
      receiveMaximum: receiveMaximum ?? IN_FLIGHT_MAX,
      will,
      willDelayUs: usFromMs(settings.will?.delayMs ?? 0),
    })
  }

  /** What CONNACK says goes before what the broker sends again; it is known by then. */
  private isKnown(cleanStart: boolean): boolean {
    const known = this.broker.session(this.clientId)
    return !cleanStart && known !== undefined && known.connection?.expiryUs !== 0
  }

  /** Nothing was heard for one and a half times the keep alive: the connection is given up (MQTT 5.0, 3.1.2.10). */
  private silence(): void {
    const { session } = this
    if (!session) return
    this.broker.lose(session)
    this.close()
  }
}

function allowActs(world: WiringContext, lines: readonly Line[]): void {
  const lineAt = (node: string) => lines.find(({ id }) => id === node)
  world.onAct('goOffline', ({ node }) => lineAt(node)?.client.disconnect())
  world.onAct('comeBack', ({ node }) => lineAt(node)?.client.connect())
  world.onAct('publishMqtt', ({ node, topic, body, qos, retain }) => {
    lineAt(node)?.client.publishNow({ topic, body, qos, retain })
  })
  world.onAct('filter', ({ link, filter }) => {
    const client = lines.find((line) => line.link === link)?.client
    const [first, ...others] = client?.settings.subscriptions ?? []
    if (first) client?.set('subscriptions', [{ ...first, filter }, ...others])
  })
}

/** PUBLISH with QoS 0: nobody sends it again. */
function isOnce(op: number, flags: number): boolean {
  return op === PACKETS.publish && readFlags(flags).qos === 0
}
