/**
 * An MQTT broker with clients that keep the handshakes of QoS 1 and 2, without a scenario: packets travel
 * one at a time, and a lost connection loses all that was under way.
 */
import { must } from '../base/assert.ts'
import { MqttBroker } from '../brokers/pubsub/mqtt/broker.ts'
import type { Session } from '../brokers/pubsub/mqtt/session.ts'
import type { MqttOptions } from '../brokers/pubsub/mqtt/wire.ts'
import { Records } from '../engine/records.ts'
import { Simulation } from '../engine/simulation.ts'

interface ConnectOptions {
  /** Topic of a last will. */
  will?: string
  willDelayMs?: number
  expiryMs?: number
}

/** What a client has sent and not finished: QoS 2 is released once PUBREC came. */
interface Outgoing {
  message: number
  qos: number
  isReleased: boolean
}

interface Client {
  outgoing: Map<number, Outgoing>
  /** QoS 2 messages that came and are not released. */
  incoming: Set<number>
  nextId: number
}

interface Packet {
  client: string
  travel(): void
}

export interface Arrival {
  client: string
  message: number
  qos: number
  dup: boolean
}

export class MqttBench {
  readonly records = new Records()
  readonly sim = new Simulation(this.records, 1)
  /** What clients handed to their applications, in order. */
  readonly arrivals: Arrival[] = []
  private readonly clients = new Map<string, Client>()
  private packets: Packet[] = []
  readonly build: (into: Simulation) => [MqttBroker]
  readonly broker: MqttBroker

  constructor(options: Partial<MqttOptions> = {}) {
    this.build = (into) => [
      new MqttBroker(
        into,
        into.nextNode(),
        {
          publish: (session, message, qos, _retain, dup, position) =>
            this.toClient(session, () => this.arrive(session, message, qos, dup, position)),
          pubrel: (session, position) =>
            this.toClient(session, () => {
              this.client(session.clientId).incoming.delete(position)
              this.toBroker(session.clientId, (s) => this.broker.pubcomp(s, position))
            }),
          puback: (session, id) =>
            this.toClient(session, () => this.client(session.clientId).outgoing.delete(id)),
          pubrec: (session, id) =>
            this.toClient(session, () => {
              const outgoing = this.client(session.clientId).outgoing.get(id)
              if (outgoing) outgoing.isReleased = true
              this.toBroker(session.clientId, (s) => this.broker.release(s, id))
            }),
          pubcomp: (session, id) =>
            this.toClient(session, () => this.client(session.clientId).outgoing.delete(id)),
        },
        options,
      ),
    ]
    ;[this.broker] = this.build(this.sim)
  }

  /** Connects and sends again what is not finished (MQTT 5.0, 4.4). */
  connect(name: string, clean: boolean, options: ConnectOptions = {}): void {
    this.dropPackets(name)
    const { will, willDelayMs = 0, expiryMs } = options
    const isPresent = this.broker.connect(name, {
      name,
      version: expiryMs === undefined ? 4 : 5,
      clean,
      expiryUs: expiryMs === undefined ? (clean ? 0 : -1) : expiryMs * 1000,
      receiveMaximum: 3,
      will: will === undefined ? -1 : this.message(will, 1, false),
      willDelayUs: willDelayMs * 1000,
    })
    const client = this.client(name)
    if (!isPresent) {
      client.outgoing.clear()
      client.incoming.clear()
    }
    for (const [id, { message, isReleased }] of client.outgoing) {
      if (isReleased) this.toBroker(name, (session) => this.broker.release(session, id))
      else this.toBroker(name, (session) => this.broker.publish(session, message, id))
    }
  }

  lose(name: string): void {
    this.dropPackets(name)
    const session = this.broker.connected(name)
    if (session) this.broker.lose(session)
  }

  disconnect(name: string): void {
    this.dropPackets(name)
    const session = this.broker.connected(name)
    if (session) this.broker.disconnect(session)
  }

  restart(): void {
    this.packets = []
    this.broker.restart()
    this.packets = []
  }

  subscribe(name: string, filter: string, qos: number): void {
    const session = this.broker.connected(name)
    const options = { noLocal: false, retainAsPublished: false, retainHandling: 0 }
    if (session) this.broker.subscribe(session, [{ filter, qos, ...options }])
  }

  unsubscribe(name: string, filter: string): void {
    const session = this.broker.connected(name)
    if (session) this.broker.unsubscribe(session, [filter])
  }

  /** Sends a message off and returns its number. */
  publish(name: string, topic: string, qos: number, retain: boolean): number {
    const message = this.message(topic, qos, retain)
    const client = this.client(name)
    const id = ++client.nextId
    if (!this.broker.connected(name)) return message
    if (qos > 0) client.outgoing.set(id, { message, qos, isReleased: false })
    this.toBroker(name, (session) => this.broker.publish(session, message, id))
    return message
  }

  /** Lets so many packets arrive, all that there will be if nothing is said. */
  exchange(most = Number.POSITIVE_INFINITY): void {
    for (let i = 0; i < most && this.packets.length > 0; i++) this.packets.shift()?.travel()
  }

  /** Messages that an application got. */
  received(name: string): number[] {
    return this.arrivals.filter(({ client }) => client === name).map(({ message }) => message)
  }

  waitMs(ms: number): void {
    const until = this.sim.nowUs + ms * 1000
    this.sim.runUntil(until)
    this.sim.nowUs = until
  }

  private arrive(session: Session, message: number, qos: number, dup: boolean, position: number) {
    const { clientId } = session
    const { incoming } = this.client(clientId)
    if (qos < 2 || !incoming.has(position)) {
      this.arrivals.push({ client: clientId, message, qos, dup })
    }
    if (qos === 1) this.toBroker(clientId, (s) => this.broker.puback(s, position))
    if (qos !== 2) return
    incoming.add(position)
    this.toBroker(clientId, (s) => this.broker.pubrec(s, position))
  }

  private client(name: string): Client {
    const known = this.clients.get(name)
    if (known) return known
    const client: Client = { outgoing: new Map(), incoming: new Set(), nextId: 0 }
    this.clients.set(name, client)
    return client
  }

  private toClient({ clientId }: Session, travel: () => void): void {
    this.packets.push({ client: clientId, travel })
  }

  private toBroker(client: string, act: (session: Session) => void): void {
    const travel = () => act(must(this.broker.connected(client), `connection of ${client}`))
    this.packets.push({ client, travel })
  }

  private dropPackets(name: string): void {
    this.packets = this.packets.filter(({ client }) => client !== name)
  }

  private message(topic: string, qos: number, retain: boolean): number {
    const { records } = this
    const props = records.row({ qos, retain, expiryS: 0 })
    const [body, key] = [records.strings.id('message {n}'), records.strings.id(topic)]
    const number = records.messages.count + 1
    return records.messages.addRow(this.sim.nowUs, body, number, key, props, -1, -1)
  }
}
