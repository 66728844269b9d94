/**
 * A session (MQTT 5.0, 4.1): what the broker knows of a client by its id. Messages for it are an
 * append-only column; what was sent and is not answered is a short list, what waits is a cursor.
 */
import type { IntColumn } from '../../../base/column.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
import { MQTT_FACTS as FACTS } from './facts.ts'

/** Row behind `sessionCreated`. */
export interface SessionRow {
  part: number
  clientId: string
}

/** Row behind `connected`: CONNECT. */
export interface Connection {
  /** Name of the connection. */
  name: string
  /** Protocol level: 4 is MQTT 3.1.1. */
  version: 4 | 5
  clean: boolean
  /** How long the session outlives the connection; 0 = not at all, -1 = for ever. */
  expiryUs: number
  /** Most messages of QoS 1 and 2 that may be unanswered. */
  receiveMaximum: number
  /** Message of the last will, -1 if there is none. */
  will: number
  willDelayUs: number
}

/** Row behind `subscribed`. */
export interface SubscriptionRow {
  /** With `$share/group/` if it has one. */
  filter: string
  qos: number
  noLocal: boolean
  retainAsPublished: boolean
  /** 0 = send retained messages, 1 = only for a new subscription, 2 = never. */
  retainHandling: number
}

/** What an unanswered message waits for. */
export const WAITS_FOR = { puback: 0, pubrec: 1, pubcomp: 2 } as const

export interface InFlight {
  position: number
  waitsFor: number
}

/** Whom its timers are for. */
interface SessionContext {
  readonly sim: Simulation
  sessionDue(session: Session, timer: number, connections: number): void
  applyBeyond(session: Session, kind: number, aux: number): void
}

export class Session implements Part {
  alive = true
  /** The present connection, or the last one. */
  connection: Connection | null = null
  isConnected = false
  /** When its connection ended, while it has none. */
  goneUs = 0
  /** A restart while it had none forgot when it ends. */
  isKeptForEver = false
  /** How often its client has connected. */
  connections = 0
  /** The will that is due if the connection is lost, -1 if none; and whether it waits for its delay. */
  will = -1
  isWillDelayed = false
  readonly subscriptions = new Map<string, SubscriptionRow>()
  /** Sent and not answered, oldest first. */
  readonly inFlight: InFlight[] = []
  /** Positions from `next` to `tail` wait. */
  next = 0
  tail = 0
  /** QoS 2 messages from the client that are not released: packet id and message in turn. */
  readonly held = new Map<number, number>()
  /** Two words a position: message, and QoS with 4 for the retain flag. */
  private readonly log: IntColumn
  private connectionRow = -1
  private readonly rows = new Map<string, number>()
  readonly node: number
  readonly clientId: string
  readonly row: number
  private readonly broker: SessionContext

  constructor(broker: SessionContext, row: number, { part, clientId }: SessionRow) {
    this.broker = broker
    this.node = part
    this.clientId = clientId
    this.row = row
    this.log = broker.sim.records.ints(part, 'log')
    broker.sim.enlist(this)
  }

  get waitingCount(): number {
    return this.tail - this.next
  }
  get isVersion5(): boolean {
    return this.connection?.version === 5
  }
  messageAt(position: number): number {
    return this.log.get(position * 2)
  }
  qosAt(position: number): number {
    return this.log.get(position * 2 + 1) & 3
  }
  isRetainedAt(position: number): boolean {
    return this.log.get(position * 2 + 1) >= 4
  }

  isWaiting(position: number, waitsFor: number): boolean {
    return this.inFlight.some((each) => each.position === position && each.waitsFor === waitsFor)
  }

  /** Writes a message down, before the fact that queues it. Returns its position. */
  book(message: number, qos: number, retain: boolean): number {
    this.log.put(this.tail * 2, message)
    this.log.put(this.tail * 2 + 1, qos + (retain ? 4 : 0))
    return this.tail
  }

  due(timer: number, arg: number): void {
    this.broker.sessionDue(this, timer, arg)
  }

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case FACTS.queued:
        this.tail++
        break
      case FACTS.sent:
        this.next = aux + 1
        if (this.qosAt(aux) === 0) break
        this.inFlight.push({
          position: aux,
          waitsFor: this.qosAt(aux) === 1 ? WAITS_FOR.puback : WAITS_FOR.pubrec,
        })
        break
      case FACTS.dropped:
        if (aux >= 0) break
        // What expired while it waited or was unanswered: -1 - position.
        if (-1 - aux === this.next) this.next++
        else this.forget(-1 - aux)
        break
      case FACTS.pubackReceived:
      case FACTS.pubcompReceived:
        this.forget(aux)
        break
      case FACTS.pubrecReceived:
        for (const each of this.inFlight) {
          if (each.position === aux) each.waitsFor = WAITS_FOR.pubcomp
        }
        break
      case FACTS.held:
        this.held.set(aux, message)
        break
      case FACTS.pubrelReceived:
        this.held.delete(aux)
        break
      default:
        this.applyRare(kind, aux)
    }
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.isConnected = io.flag(this.isConnected)
    this.isWillDelayed = io.flag(this.isWillDelayed)
    this.isKeptForEver = io.flag(this.isKeptForEver)
    this.connections = io.int(this.connections)
    this.goneUs = io.int(this.goneUs)
    this.will = io.int(this.will)
    this.next = io.int(this.next)
    this.tail = io.int(this.tail)
    this.connectionRow = io.int(this.connectionRow)
    const rows = [...this.rows.values()]
    const held = [...this.held].flat()
    const inFlight = this.inFlight.flatMap(({ position, waitsFor }) => [position, waitsFor])
    for (const list of [rows, held, inFlight]) io.list(list)
    if (io.loading) this.restore(rows, held, inFlight)
  }

  private applyRare(kind: number, aux: number): void {
    this.broker.applyBeyond(this, kind, aux)
    const { strings } = this.broker.sim.records
    switch (kind) {
      case FACTS.connected:
        this.connectionRow = aux
        this.connection = this.broker.sim.records.rowAt<Connection>(aux)
        this.will = this.connection.will
        this.isWillDelayed = false
        this.isConnected = true
        this.isKeptForEver = false
        this.connections++
        break
      case FACTS.disconnected:
        this.isKeptForEver = !this.isConnected
        this.isConnected = false
        this.goneUs = this.broker.sim.nowUs
        break
      case FACTS.subscribed:
        this.remember(aux)
        break
      case FACTS.unsubscribed:
        this.subscriptions.delete(strings.text(aux))
        this.rows.delete(strings.text(aux))
        break
      case FACTS.willDelayed:
        this.isWillDelayed = true
        break
      case FACTS.willSent:
      case FACTS.willDropped:
        this.will = -1
        this.isWillDelayed = false
        break
      case FACTS.sessionEnded:
        this.alive = false
        this.isConnected = false
        this.subscriptions.clear()
        this.rows.clear()
        this.inFlight.length = 0
        this.held.clear()
        this.next = this.tail
        break
    }
  }

  private remember(row: number): void {
    const subscription = this.broker.sim.records.rowAt<SubscriptionRow>(row)
    this.subscriptions.set(subscription.filter, subscription)
    this.rows.set(subscription.filter, row)
  }

  private forget(position: number): void {
    const at = this.inFlight.findIndex((each) => each.position === position)
    if (at !== -1) this.inFlight.splice(at, 1)
  }

  private restore(rows: number[], held: number[], inFlight: number[]): void {
    const { records } = this.broker.sim
    this.connection =
      this.connectionRow === -1 ? null : records.rowAt<Connection>(this.connectionRow)
    this.subscriptions.clear()
    this.rows.clear()
    for (const row of rows) this.remember(row)
    this.held.clear()
    for (let i = 0; i < held.length; i += 2) this.held.set(held[i] as number, held[i + 1] as number)
    this.inFlight.length = 0
    for (let i = 0; i < inFlight.length; i += 2) {
      this.inFlight.push({
        position: inFlight[i] as number,
        waitsFor: inFlight[i + 1] as number,
      })
    }
  }
}
