/**
 * An MQTT broker as one pure state machine: 3.1.1 and 5.0 (docs.oasis-open.org/mqtt), as mosquitto 2.0
 * answers them. Operations are the packets of a client; what the broker sends goes out by the wire.
 */
import { must } from '../../../base/assert.ts'
import { type Archive, archiveAll } from '../../../engine/archive.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
import { SubjectsSeen } from '../seen.ts'
import { DISCONNECTED, DROPPED, MQTT_FACTS as FACTS, SESSION_ENDED } from './facts.ts'
import { propsOf, secondsLeft } from './props.ts'
import { RetainedMessages } from './retained.ts'
import { type Hit, Routes } from './routing.ts'
import {
  type Connection,
  Session,
  type SessionRow,
  type SubscriptionRow,
  WAITS_FOR,
} from './session.ts'
import { Shares } from './shares.ts'
import { isBadFilter, isValidTopic, readShare } from './topics.ts'
import type { MqttOptions, MqttWire } from './wire.ts'

/** Messages that mosquitto lets wait for a session (max_queued_messages). */
const QUEUE_MAX = 1000

/** Why a message does not come, besides `DROPPED`: its session is over. */
export const SESSION_GONE = 3

/** Unanswered messages that mosquitto allows a client (max_inflight_messages). */
export const IN_FLIGHT_MAX = 20

const TIMER = { sessionExpiry: 0, willDelay: 1 } as const

export class MqttBroker implements Part {
  /** All there have ever been. */
  readonly sessions: Session[] = []
  readonly retained: RetainedMessages
  readonly shares: Shares
  readonly seen = new SubjectsSeen()
  private readonly routes = new Routes()
  /** The live session of each client id. */
  private readonly alive = new Map<string, Session>()
  /** Nothing new goes to it before what is sent again, also where an answer comes in no time. */
  private resending: Session | null = null
  readonly sim: Simulation
  readonly node: number
  private readonly wire: MqttWire
  private readonly asMosquitto: boolean
  private readonly queueMax: number

  constructor(sim: Simulation, node: number, wire: MqttWire, options: Partial<MqttOptions> = {}) {
    this.sim = sim
    this.node = node
    this.wire = wire
    this.asMosquitto = options.asMosquitto ?? false
    this.queueMax = options.queueMax ?? QUEUE_MAX
    this.retained = new RetainedMessages(sim.records)
    this.shares = new Shares(sim.records)
    sim.enlist(this)
  }

  session(clientId: string): Session | undefined {
    return this.alive.get(clientId)
  }
  connected(connection: string): Session | undefined {
    return this.sessions.find((each) => each.isConnected && each.connection?.name === connection)
  }

  // ——— connections ———

  /**
   * CONNECT. Returns whether the session was there already (CONNACK, session present); null if it is
   * refused because nothing can be published to the topic of its will (MQTT 5.0, 3.1.3.3).
   */
  connect(clientId: string, connection: Connection): boolean | null {
    const { will } = connection
    if (will !== -1 && !isValidTopic(this.sim.records.key(will))) return null
    const known = this.session(clientId)
    if (known?.isConnected) this.takeOver(known, connection.clean)
    if (known?.alive && known.isWillDelayed) this.emit(known, FACTS.willDropped, known.will)
    const isPresent = known?.alive === true && !connection.clean && this.outlives(known)
    if (known?.alive && !isPresent) this.end(known, SESSION_ENDED.clean)
    const session = isPresent && known ? known : this.createSession(clientId)
    this.sim.emit(session, FACTS.connected, -1, this.sim.records.row(connection))
    this.resending = session
    this.resend(session)
    this.resending = null
    this.flush(session)
    return isPresent
  }

  /** DISCONNECT: the last will is not wanted any more. */
  disconnect(session: Session): void {
    if (session.will !== -1) this.emit(session, FACTS.willDropped, session.will)
    this.close(session, DISCONNECTED.properly)
  }

  /** The connection was lost: the last will is due (MQTT 5.0, 3.1.2.5). */
  lose(session: Session, how: number = DISCONNECTED.lost): void {
    this.close(session, how)
  }

  /** A clean stop and start with persistence on: wills are published while all are still there, clean sessions go. */
  restart(): void {
    for (const session of this.sessions) if (session.will !== -1) this.publishWill(session)
    for (const session of this.sessions) {
      const wasConnected = session.isConnected
      // Mosquitto 2.0.11 reads no expiry back: who was away is away for as long as it likes.
      if (wasConnected || (session.alive && this.asMosquitto)) {
        this.sim.emit(session, FACTS.disconnected, -1, DISCONNECTED.restarted)
      }
      if (wasConnected && !this.asMosquitto) this.awaitExpiry(session)
    }
    for (const session of this.sessions) {
      if (session.alive && !this.isPersisted(session)) this.end(session, SESSION_ENDED.restarted)
      else if (session.alive && this.asMosquitto) this.leaveShares(session)
    }
  }

  /** Mosquitto writes no shared subscriptions down (`persist__subs_save`). */
  private leaveShares(session: Session): void {
    const shared = [...session.subscriptions.keys()].filter((filter) => readShare(filter))
    this.unsubscribe(session, shared)
  }

  /** Mosquitto writes no session that began with a clean start, whatever its expiry (`persist__client_save`). */
  private isPersisted(session: Session): boolean {
    if (this.asMosquitto && session.connection?.clean) return false
    return this.outlives(session)
  }

  // ——— subscriptions ———

  /**
   * SUBSCRIBE. Returns the granted QoS of each, null if the client was thrown out for a bad filter: those
   * before it stand, but what is retained for them does not reach it. Mosquitto keeps that for its return.
   */
  subscribe(session: Session, filters: readonly SubscriptionRow[]): number[] | null {
    const bad = filters.findIndex(({ filter }) => isBadFilter(filter, this.asMosquitto))
    for (const subscription of bad === -1 ? filters : filters.slice(0, bad)) {
      const isNew = this.subscribeOne(session, subscription)
      const waits = bad !== -1
      if (!waits || this.asMosquitto) this.sendRetained(session, subscription, isNew, waits)
    }
    if (bad === -1) return filters.map(({ qos }) => qos)
    this.throwOut(session)
    return null
  }

  /** UNSUBSCRIBE. A bad filter throws the client out, those before it are gone. */
  unsubscribe(session: Session, filters: readonly string[]): void {
    for (const filter of filters) {
      if (isBadFilter(filter, this.asMosquitto)) {
        this.throwOut(session)
        return
      }
      if (!session.subscriptions.has(filter)) continue
      const id = this.sim.records.strings.id(filter)
      this.sim.emit(session, FACTS.unsubscribed, -1, id)
    }
  }

  // ——— publishing ———

  /** PUBLISH from a client. Its topic is the message's key, its QoS and flags are properties. */
  publish(session: Session, message: number, packetId: number): void {
    const { qos } = propsOf(this.sim.records, message)
    if (!isValidTopic(this.sim.records.key(message))) {
      this.throwOut(session)
      return
    }
    if (qos < 2) {
      this.pass(message, session)
      if (qos === 0) return
      this.emit(session, FACTS.pubackSent, message)
      this.wire.puback?.(session, packetId)
      return
    }
    if (!session.held.has(packetId)) this.sim.emit(session, FACTS.held, message, packetId)
    this.sim.emit(session, FACTS.pubrecSent, message, packetId)
    this.wire.pubrec?.(session, packetId)
  }

  /** PUBREL from a client: only now is its QoS 2 message passed on, and only once. */
  release(session: Session, packetId: number): void {
    const message = session.held.get(packetId) ?? -1
    this.sim.emit(session, FACTS.pubrelReceived, message, packetId)
    if (message !== -1) this.pass(message, session)
    this.sim.emit(session, FACTS.pubcompSent, message, packetId)
    this.wire.pubcomp?.(session, packetId)
  }

  // ——— answers of subscribers ———

  puback(session: Session, position: number): void {
    this.settle(session, position, WAITS_FOR.puback, FACTS.pubackReceived)
  }
  pubrec(session: Session, position: number): void {
    if (!session.isWaiting(position, WAITS_FOR.pubrec)) return
    const message = session.messageAt(position)
    this.sim.emit(session, FACTS.pubrecReceived, message, position)
    this.sim.emit(session, FACTS.pubrelSent, message, position)
    this.wire.pubrel?.(session, position)
  }
  pubcomp(session: Session, position: number): void {
    this.settle(session, position, WAITS_FOR.pubcomp, FACTS.pubcompReceived)
  }

  // ——— facts ———

  sessionDue(session: Session, timer: number, connections: number): void {
    if (!session.alive || session.isConnected || session.connections !== connections) return
    if (timer === TIMER.willDelay && session.isWillDelayed) {
      this.publishWill(session)
      if (session.connection?.expiryUs === 0) this.end(session, SESSION_ENDED.clean)
    }
    if (timer === TIMER.sessionExpiry && !session.isKeptForEver) {
      if (session.isWillDelayed) this.publishWill(session)
      this.end(session, SESSION_ENDED.expired)
    }
  }

  /** What a session's facts change beyond it. Called while a fact is applied. */
  applyBeyond(session: Session, kind: number, aux: number): void {
    const { records } = this.sim
    if (kind === FACTS.subscribed || kind === FACTS.unsubscribed || kind === FACTS.sessionEnded) {
      this.routes.forget()
    }
    if (kind === FACTS.subscribed) {
      const { filter } = records.rowAt<SubscriptionRow>(aux)
      if (readShare(filter)) this.shares.join(filter, session.node)
    } else if (kind === FACTS.unsubscribed) this.shares.leave(aux, session.node)
    else if (kind === FACTS.sessionEnded) {
      this.shares.leaveAll(session.node)
      if (this.alive.get(session.clientId) === session) this.alive.delete(session.clientId)
    }
  }

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case FACTS.sessionCreated:
        this.takeSession(this.makeSession(aux))
        break
      case FACTS.published:
        this.seen.see(this.sim.records.messages.key(message), message, aux, this.sim.nowUs)
        break
      case FACTS.shareTurned:
        this.shares.turn(aux)
        break
      case FACTS.retained:
        this.retained.keep(message)
        break
      case FACTS.retainedCleared:
        this.retained.clear(message)
        break
    }
  }

  archive(io: Archive): void {
    archiveAll(
      io,
      this.sessions,
      ({ row }) => row,
      (row) => this.makeSession(row),
      (session) => session.archive(io),
      (session) => this.sim.delist(session),
    )
    this.retained.archive(io)
    this.shares.archive(io)
    this.seen.archive(io)
    if (!io.loading) return
    this.routes.forget()
    this.alive.clear()
    for (const each of this.sessions) if (each.alive) this.alive.set(each.clientId, each)
  }

  // ——— inside: sessions ———

  private makeSession(row: number): Session {
    return new Session(this, row, this.sim.records.rowAt<SessionRow>(row))
  }

  private takeSession(session: Session): void {
    this.sessions.push(session)
    this.alive.set(session.clientId, session)
  }

  private createSession(clientId: string): Session {
    const row: SessionRow = { part: this.sim.nextNode(), clientId }
    this.sim.emit(this, FACTS.sessionCreated, -1, this.sim.records.row(row))
    return must(this.sessions.at(-1), 'the session just created')
  }

  private emit(session: Session, kind: number, message: number): void {
    this.sim.emit(session, kind, message, -1)
  }

  private outlives({ connection }: Session): boolean {
    return connection !== null && connection.expiryUs !== 0
  }

  private end(session: Session, why: number): void {
    const open = session.inFlight.map(({ position }) => position)
    for (let at = session.next; at < session.tail; at++) open.push(at)
    for (const at of open) this.wire.dropped?.(session, session.messageAt(at), SESSION_GONE)
    this.sim.emit(session, FACTS.sessionEnded, -1, why)
  }

  /**
   * A second connection with the same client id throws the first out (MQTT 5.0, 3.1.4). Its will is due
   * if its session ends with it.
   */
  private takeOver(session: Session, isClean: boolean): void {
    this.sim.emit(session, FACTS.disconnected, -1, DISCONNECTED.takenOver)
    if (isClean) this.unsubscribe(session, [...session.subscriptions.keys()])
    const isDue = isClean || !this.outlives(session)
    if (session.will !== -1) {
      if (isDue && session.connection?.willDelayUs === 0) this.publishWill(session)
      else this.emit(session, FACTS.willDropped, session.will)
    }
    this.wire.closed?.(session.connection?.name ?? '')
  }

  private throwOut(session: Session): void {
    const { name } = must(session.connection, 'connection')
    this.close(session, DISCONNECTED.thrownOut)
    this.wire.closed?.(name)
  }

  private close(session: Session, how: number): void {
    this.sim.emit(session, FACTS.disconnected, -1, how)
    if (session.will !== -1) this.sendWill(session)
    const { expiryUs } = must(session.connection, 'connection')
    if (expiryUs === 0) {
      if (!session.isWillDelayed) this.end(session, SESSION_ENDED.clean)
    } else this.awaitExpiry(session)
  }

  private awaitExpiry(session: Session): void {
    const { expiryUs } = must(session.connection, 'connection')
    if (expiryUs > 0) this.sim.after(expiryUs, session, TIMER.sessionExpiry, session.connections)
  }

  private sendWill(session: Session): void {
    const { willDelayUs } = must(session.connection, 'connection')
    if (willDelayUs === 0) {
      this.publishWill(session)
      return
    }
    this.emit(session, FACTS.willDelayed, session.will)
    this.sim.after(willDelayUs, session, TIMER.willDelay, session.connections)
  }

  private publishWill(session: Session): void {
    const message = session.will
    this.emit(session, FACTS.willSent, message)
    this.pass(message, session)
  }

  /** Returns whether it is a new one. */
  private subscribeOne(session: Session, subscription: SubscriptionRow): boolean {
    const { filter, qos } = subscription
    const known = session.subscriptions.get(filter)
    const row = known && this.asMosquitto ? { ...known, qos } : subscription
    this.sim.emit(session, FACTS.subscribed, -1, this.sim.records.row(row))
    return known === undefined
  }

  /** Sends what is retained for a subscription, or lets it wait for the client's next connection. */
  private sendRetained(
    session: Session,
    subscription: SubscriptionRow,
    isNew: boolean,
    waits = false,
  ): void {
    const { filter, qos, retainHandling } = subscription
    const share = readShare(filter)
    if (share && !this.asMosquitto) return
    if (retainHandling === 2 || (retainHandling === 1 && !isNew)) return
    for (const message of this.retained.matching(share?.filter ?? filter)) {
      const lower = Math.min(qos, propsOf(this.sim.records, message).qos)
      if (secondsLeft(this.sim, message) <= 0)
        this.sim.emit(this, FACTS.retainedCleared, message, -1)
      else if (waits) this.queue(session, message, lower, true)
      else this.deliver(session, message, lower, true)
    }
  }

  // ——— inside: messages ———

  /** A message goes to everyone who is subscribed, and stays if it is retained. */
  private pass(message: number, from: Session): void {
    const topic = this.sim.records.key(message)
    const { qos, retain } = propsOf(this.sim.records, message)
    if (retain) this.keep(message)
    const id = this.sim.records.messages.key(message)
    const hits = this.routes.hitsOf(id, topic, this.sessions, this.shares, this.asMosquitto)
    this.sim.emit(this, FACTS.published, message, hits.length)
    const reached = new Set<Session>()
    for (const hit of hits) {
      const { session, subscription } = hit
      if (hit.share !== -1) this.sim.emit(this, FACTS.shareTurned, message, hit.share)
      else if (subscription.noLocal && session.clientId === from.clientId) continue
      const isRetained = retain && subscription.retainAsPublished
      // Mosquitto does not count a copy that it sends as retained.
      const counts = !(this.asMosquitto && isRetained)
      if (!session.isVersion5 && counts && reached.has(session)) continue
      const isKept = this.deliver(session, message, Math.min(qos, this.qosFor(hit)), isRetained)
      if (isKept && counts) reached.add(session)
    }
    this.wire.passed?.(message)
  }

  /** The standard wants the greatest QoS of all subscriptions that match (MQTT 5.0, 3.3.4). */
  private qosFor({ session, subscription, greatestQos }: Hit): number {
    return this.asMosquitto || session.isVersion5 ? subscription.qos : greatestQos
  }

  /** An empty body clears what a topic keeps. */
  private keep(message: number): void {
    const { records } = this.sim
    if (records.body(message) !== '') this.sim.emit(this, FACTS.retained, message, -1)
    else if (this.asMosquitto || this.retained.of(records.key(message)) !== undefined) {
      this.sim.emit(this, FACTS.retainedCleared, message, -1)
    }
  }

  /** Returns whether the message was sent or waits; QoS 0 is for those who are there. */
  private deliver(session: Session, message: number, qos: number, retain: boolean): boolean {
    if (qos === 0 && session.isConnected) {
      this.emit(session, FACTS.sentOnce, message)
      this.wire.publish(session, message, 0, retain, false, -1)
      return true
    }
    if (qos === 0 || session.waitingCount >= this.queueMax) {
      const why = qos === 0 ? DROPPED.absent : DROPPED.full
      this.sim.emit(session, FACTS.dropped, message, why)
      this.wire.dropped?.(session, message, why)
      return false
    }
    this.queue(session, message, qos, retain)
    this.flush(session)
    return true
  }

  private queue(session: Session, message: number, qos: number, retain: boolean): void {
    this.sim.emit(session, FACTS.queued, message, session.book(message, qos, retain))
  }

  private expire(session: Session, message: number, position: number): void {
    this.sim.emit(session, FACTS.dropped, message, -1 - position)
    this.wire.dropped?.(session, message, DROPPED.expired)
  }

  /** Sends what waits while the client may have more unanswered. */
  private flush(session: Session): void {
    if (!session.isConnected || this.resending === session) return
    const most = session.connection?.receiveMaximum ?? IN_FLIGHT_MAX
    while (session.waitingCount > 0 && session.inFlight.length < most) {
      const position = session.next
      const message = session.messageAt(position)
      if (secondsLeft(this.sim, message) < 0) {
        this.expire(session, message, position)
        continue
      }
      this.sim.emit(session, FACTS.sent, message, position)
      this.send(session, position, false)
    }
  }

  /** After a reconnect: everything unanswered once more, in its old order (MQTT 5.0, 4.4). */
  private resend(session: Session): void {
    for (const { position, waitsFor } of [...session.inFlight]) {
      const message = session.messageAt(position)
      if (waitsFor === WAITS_FOR.pubcomp) {
        this.sim.emit(session, FACTS.pubrelSent, message, position)
        this.wire.pubrel?.(session, position)
      } else if (secondsLeft(this.sim, message) < 0) {
        this.expire(session, message, position)
      } else {
        this.sim.emit(session, FACTS.sentAgain, message, position)
        this.send(session, position, true)
      }
    }
  }

  private send(session: Session, position: number, dup: boolean): void {
    const [qos, retain] = [session.qosAt(position), session.isRetainedAt(position)]
    this.wire.publish(session, session.messageAt(position), qos, retain, dup, position)
  }

  private settle(session: Session, position: number, waitsFor: number, kind: number): void {
    if (!session.isWaiting(position, waitsFor)) return
    this.sim.emit(session, kind, session.messageAt(position), position)
    this.flush(session)
  }
}
