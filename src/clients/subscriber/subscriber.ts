/**
 * A subscriber: connects, subscribes by each of its links, works on what comes one after the other. What a place sends
 * while it is away is gone for it; a JetStream consumer keeps it, and wants an answer to each message.
 */
import type { IntColumn } from '../../base/column.ts'
import { usFromMs } from '../../base/time.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client, type Outlet } from '../client.ts'
import { isNoAck, isRedelivered } from '../consumer/delivery.ts'
import type { Poison } from '../poison.ts'
import { publishResult } from '../publish.ts'
import { Work } from '../work.ts'
import { SUBSCRIBER_FACTS as FACTS, MISSED } from './facts.ts'
import { HEARTBEATS_MISSED, Heartbeats } from './heartbeats.ts'
import { DEFAULT_EXPIRES_MS, type SubscriberSettings } from './settings.ts'

/** What a subscriber says of a message. */
export type Answer = 'ack' | 'nak' | 'term' | 'progress'

/** One of its links, as far as it goes over it. `connection` tells its connections apart. */
export interface SubscriptionPort {
  /** Scenario id of the link. */
  readonly link: string
  /** Its messages are asked for, a batch at a time. */
  readonly isPulled: boolean
  /** The filter of the document. */
  readonly filter: string
  /** What comes has no body. */
  readonly headersOnly?: boolean
  /** So often it is told that nothing is to be sent. */
  readonly heartbeatUs?: number
  subscribe(connection: number): void
  hangUp(connection: number): void
  answer(message: number, delivery: number, how: Answer, delayUs: number): void
  /** How long the request waits is the setting of the moment at which it arrives. */
  ask(connection: number, batch: number): void
  /** Sends the reply to a request back to whoever asked. */
  reply(request: number, body: string): void
}

/** Row behind `filterChanged`. */
export interface FilterRow {
  link: number
  filter: string
}

const TIMER = { join: 0, work: 1, progress: 2, request: 3, heartbeat: 4, retry: 5 } as const
/** How much longer than its request it waits for the answer. */
const PATIENCE_US = 1_000_000
/** Client libraries take no notice of it: they wait as long as the request would have. */
const REFUSED = 409

export class Subscriber extends Client<SubscriberSettings> {
  /** Connected, and how many connections it has had. */
  isOnline = false
  connections = 0
  /** Messages that ever came into its hands, and how many of them are begun and done with. */
  received = 0
  taken = 0
  processedCount = 0
  failedCount = 0
  missedCount = 0
  againCount = 0
  isWorking = false
  turn = 0
  /** Messages that its present request may still bring, and its number. */
  expected = 0
  requests = 0
  readonly heartbeats = new Heartbeats()
  /** Rows of the filters that were changed. */
  private readonly filterRows: number[] = []
  /** Places in the inbox that a person settled and that are not taken yet. */
  private readonly byHand: number[] = []
  ports: readonly SubscriptionPort[] = []
  outlets: readonly Outlet[] = []
  poison: Poison | null = null
  readonly messages: IntColumn
  readonly deliveries: IntColumn
  private readonly links: IntColumn
  readonly missedMessages: IntColumn
  readonly missedWhy: IntColumn
  private readonly work: Work

  constructor(sim: Simulation, node: number, id: string, settings: SubscriberSettings) {
    super(sim, node, settings)
    const { records } = sim
    this.messages = records.ints(node, 'inbox')
    this.deliveries = records.ints(node, 'inboxDelivery')
    this.links = records.ints(node, 'inboxLink')
    this.missedMessages = records.ints(node, 'missed')
    this.missedWhy = records.ints(node, 'missedWhy')
    this.work = new Work(sim, node, id)
    this.onSettings()
  }

  get inHand(): number {
    return this.received - this.taken
  }

  /** How long its request for messages waits. */
  get expiresUs(): number {
    return usFromMs(this.settings.expiresMs ?? DEFAULT_EXPIRES_MS)
  }

  /** Why nothing reaches it now; -1 if something does. */
  get absence(): number {
    if (this.isCrashed) return MISSED.crashed
    if (this.isOnline) return -1
    return this.connections === 0 ? MISSED.notJoined : MISSED.offline
  }

  start(): void {
    const { joinMs = 0 } = this.settings
    if (joinMs === 0) this.comeBack()
    else {
      this.sim.emit(this, FACTS.joinPlanned, -1, Math.round(joinMs))
      this.sim.after(usFromMs(joinMs), this, TIMER.join)
    }
  }

  /** Connects and subscribes: for the first time, or again. */
  comeBack(): void {
    if (this.isOnline || this.isCrashed) return
    this.sim.emit(this, FACTS.cameOnline, -1, this.connections)
    for (const port of this.ports) port.subscribe(this.connections)
    const { heartbeatUs, connections } = this
    if (heartbeatUs > 0) {
      this.sim.after(HEARTBEATS_MISSED * heartbeatUs, this, TIMER.heartbeat, connections)
    }
    this.askNext()
  }

  /** Closes its connection. */
  goOffline(): void {
    if (!this.isOnline) return
    this.sim.emit(this, FACTS.wentOffline, -1, -1)
    this.hangUp()
  }

  /** The link works again: it connects anew. */
  reconnect(): void {
    if (!this.isOnline) return
    this.goOffline()
    this.comeBack()
  }

  /** The filter of a link as it is now. */
  filterOf(link: number): string {
    for (let i = this.filterRows.length - 1; i >= 0; i--) {
      const row = this.sim.records.rowAt<FilterRow>(this.filterRows[i] as number)
      if (row.link === link) return row.filter
    }
    return this.ports[link]?.filter ?? ''
  }

  /** Filters that were changed, the latest last. */
  changedFilters(): FilterRow[] {
    return this.filterRows.map((row) => this.sim.records.rowAt<FilterRow>(row))
  }

  setFilter(link: number, filter: string): void {
    this.sim.emit(this, FACTS.filterChanged, -1, this.sim.records.row({ link, filter }))
    if (this.isOnline) this.ports[link]?.subscribe(this.connections)
  }

  /** A message passes it by. */
  miss(message: number, why: number): void {
    this.missedMessages.put(this.missedCount, message)
    this.missedWhy.put(this.missedCount, why)
    this.sim.emit(this, FACTS.missed, message, why)
  }

  /** A message comes by a link, from the connection of that number. */
  receive(link: number, message: number, delivery: number, connection: number): void {
    if (this.absence !== -1) {
      // What a JetStream consumer sent is not settled: it comes again.
      if (isNoAck(delivery)) this.miss(message, this.absence)
      return
    }
    if (connection !== this.connections) {
      if (isNoAck(delivery)) this.miss(message, MISSED.offline)
      return
    }
    const { pendingMax = Number.POSITIVE_INFINITY } = this.settings
    if (isNoAck(delivery) && this.inHand - (this.isWorking ? 1 : 0) >= pendingMax) {
      this.miss(message, MISSED.slow)
      return
    }
    const at = this.received
    this.messages.put(at, message)
    this.deliveries.put(at, delivery)
    this.links.put(at, link)
    this.sim.emit(this, CLIENT_FACTS.received, message, at)
    this.goOn()
  }

  /** Its request for messages is over, with a status. */
  ended(status: number, connection: number): void {
    if (connection !== this.connections || this.expected === 0 || this.isCrashed) return
    this.sim.emit(this, FACTS.requestEnded, -1, status)
    if (status === REFUSED) this.sim.after(this.expiresUs, this, TIMER.retry, this.requests)
    else this.askNext()
  }

  /** A consumer has nothing to send, and says so. */
  heartbeat(connection: number): void {
    if (connection !== this.connections || this.absence !== -1) return
    this.sim.emit(this, FACTS.heard, -1, -1)
  }

  /** What it knows of a message's body: a consumer with headers only sends none. */
  override contentOf(message: number): string {
    if (this.ports.some(({ headersOnly }) => headersOnly)) {
      for (let at = this.received - 1; at >= 0; at--) {
        if (this.messages.get(at) !== message) continue
        return this.ports[this.links.get(at)]?.headersOnly ? '' : super.contentOf(message)
      }
    }
    return super.contentOf(message)
  }

  due(kind: number, arg: number): void {
    if (kind === TIMER.join) {
      if (this.connections === 0) this.comeBack()
      return
    }
    if (this.isCrashed) return
    if (kind === TIMER.work && arg === this.turn - 1) this.finish(arg)
    else if (kind === TIMER.progress && arg === this.turn - 1) this.progress(arg)
    else if (kind === TIMER.request && arg === this.requests) this.ended(0, this.connections)
    else if (kind === TIMER.retry && arg === this.requests) this.askNext()
    else if (kind === TIMER.heartbeat && arg === this.connections) this.checkHeartbeats(arg)
  }

  /** A person settles a message that it holds. */
  settleByHand(message: number, how: Answer, delayUs: number): void {
    for (let at = this.taken; at < this.received; at++) {
      if (this.messages.get(at) !== message || this.byHand.includes(at)) continue
      if (isNoAck(this.deliveries.get(at))) continue
      if (how === 'progress') this.answer(at, how)
      else {
        this.sim.emit(this, FACTS.settledByHand, message, at)
        this.answer(at, how, delayUs)
        this.goOn()
      }
      return
    }
  }

  // ——— work ———

  private goOn(): void {
    if (this.isWorking || this.isPaused || this.isCrashed) return
    while (this.inHand > 0 && this.byHand.includes(this.taken)) {
      this.sim.emit(this, FACTS.skipped, this.messages.get(this.taken), this.taken)
    }
    if (this.inHand > 0) this.begin()
    else this.askNext()
  }

  private begin(): void {
    const { sim, settings, turn, taken, work } = this
    const message = this.messages.get(taken)
    const us = this.slowedUs(work.drawUs(turn))
    const fails = work.failsByChance(settings.failureRate) || (this.poison?.has(message) ?? false)
    work.book(turn, us, fails)
    sim.emit(this, CLIENT_FACTS.started, message, taken)
    if (settings.ackWhen === 'before') this.answer(taken, 'ack')
    sim.after(us, this, TIMER.work, turn)
    this.progressLater(turn)
  }

  private finish(turn: number): void {
    const { sim, settings, taken } = this
    const message = this.messages.get(taken)
    const failed = this.work.failed(turn)
    if (this.crashesAt('beforeEffect')) return
    const wasSettled = this.byHand.includes(taken)
    const isKnown = !failed && this.hadBefore(message, taken)
    sim.emit(this, failed ? CLIENT_FACTS.failed : CLIENT_FACTS.processed, message, taken)
    if (!failed && !isKnown) this.publish(taken, message)
    if (this.crashesAt('afterEffect')) return
    if (!wasSettled && (settings.ackWhen ?? 'after') === 'after') this.settle(taken, failed)
    if (this.crashesAt('afterAck')) return
    this.goOn()
  }

  private settle(at: number, failed: boolean): void {
    const { onFailure = 'nak', nakDelayMs = 0 } = this.settings
    if (!failed) this.answer(at, 'ack')
    else if (onFailure !== 'leave') this.answer(at, onFailure, usFromMs(nakDelayMs))
  }

  private publish(at: number, message: number): void {
    const { replyWith } = this.settings
    if (replyWith !== undefined) {
      const body = replyWith.replaceAll('{body}', this.contentOf(message))
      this.ports[this.links.get(at)]?.reply(message, body)
    }
    if (this.outlets.length === 0) return
    const { sim, node, settings } = this
    const isEmpty = this.contentOf(message) !== sim.records.body(message)
    const output = (settings.output ?? '{body}').replaceAll('{body}', '')
    const client = { sim, node, settings: isEmpty ? { output } : settings }
    publishResult(client, this.outlets, message, this.processedCount)
  }

  private answer(at: number, how: Answer, delayUs = 0): void {
    const delivery = this.deliveries.get(at)
    if (isNoAck(delivery)) return
    this.ports[this.links.get(at)]?.answer(this.messages.get(at), delivery, how, delayUs)
  }

  private progressLater(turn: number): void {
    const { progressEveryMs } = this.settings
    if (progressEveryMs !== undefined) {
      this.sim.after(usFromMs(progressEveryMs), this, TIMER.progress, turn)
    }
  }

  /** A sign of life for all that it holds. */
  private progress(turn: number): void {
    for (let at = this.taken; at < this.received; at++) this.answer(at, 'progress')
    this.progressLater(turn)
  }

  // ——— requests for messages ———

  private askNext(): void {
    if (!this.isOnline || this.isPaused || this.expected > 0 || this.inHand > 0) return
    const port = this.ports.find(({ isPulled }) => isPulled)
    if (!port) return
    const { batch = 1 } = this.settings
    this.sim.emit(this, FACTS.askedNext, -1, batch)
    port.ask(this.connections, batch)
    this.sim.after(this.expiresUs + PATIENCE_US, this, TIMER.request, this.requests)
  }

  // ——— heartbeats ———

  /** How often it is to hear from its consumer; 0 = that is not agreed. */
  get heartbeatUs(): number {
    return this.ports.find(({ heartbeatUs = 0 }) => heartbeatUs > 0)?.heartbeatUs ?? 0
  }

  private checkHeartbeats(connection: number): void {
    if (!this.isOnline) return
    const { sim, heartbeats, heartbeatUs } = this
    if (heartbeats.areMissing(sim.nowUs, heartbeatUs))
      sim.emit(this, FACTS.heartbeatsMissed, -1, -1)
    sim.after(heartbeatUs, this, TIMER.heartbeat, connection)
  }

  private hangUp(): void {
    for (const port of this.ports) port.hangUp(this.connections)
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    switch (kind) {
      case CLIENT_FACTS.received:
        if (isRedelivered(this.deliveries.get(aux))) this.againCount++
        if (!isNoAck(this.deliveries.get(aux)) && this.expected > 0) this.expected--
        if (this.ports[this.links.get(aux)]?.heartbeatUs) this.heartbeats.hear(this.sim.nowUs)
        this.received++
        break
      case CLIENT_FACTS.started:
        this.isWorking = true
        this.turn++
        break
      case CLIENT_FACTS.processed:
        this.take(aux)
        this.processedCount++
        break
      case CLIENT_FACTS.failed:
        this.take(aux)
        this.failedCount++
        break
      case CLIENT_FACTS.crashed:
        this.isOnline = false
        this.isWorking = false
        this.expected = 0
        this.turn++
        break
      default:
        this.applyOwn(kind, aux)
    }
  }

  private applyOwn(kind: number, aux: number): void {
    switch (kind) {
      case FACTS.cameOnline:
        this.isOnline = true
        this.connections++
        this.heartbeats.hear(this.sim.nowUs)
        break
      case FACTS.heard:
        this.heartbeats.hear(this.sim.nowUs)
        break
      case FACTS.heartbeatsMissed:
        this.heartbeats.miss()
        break
      case FACTS.wentOffline:
        this.isOnline = false
        this.expected = 0
        break
      case FACTS.missed:
        this.missedCount++
        break
      case FACTS.askedNext:
        this.expected = aux
        this.requests++
        break
      case FACTS.requestEnded:
        this.expected = 0
        break
      case FACTS.filterChanged:
        this.filterRows.push(aux)
        break
      case FACTS.settledByHand:
        this.byHand.push(aux)
        break
      case FACTS.forgotten:
      case FACTS.skipped:
        this.take(aux)
        break
    }
  }

  private take(at: number): void {
    this.taken++
    this.isWorking = false
    const place = this.byHand.indexOf(at)
    if (place !== -1) this.byHand.splice(place, 1)
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.isOnline = io.flag(this.isOnline)
    this.isWorking = io.flag(this.isWorking)
    this.connections = io.int(this.connections)
    this.received = io.int(this.received)
    this.taken = io.int(this.taken)
    this.processedCount = io.int(this.processedCount)
    this.failedCount = io.int(this.failedCount)
    this.missedCount = io.int(this.missedCount)
    this.againCount = io.int(this.againCount)
    this.turn = io.int(this.turn)
    this.expected = io.int(this.expected)
    this.requests = io.int(this.requests)
    this.heartbeats.archive(io)
    io.list(this.filterRows)
    io.list(this.byHand)
  }

  /** Calls `visit` for what it holds, the one in work first. */
  eachInHand(
    limit: number,
    visit: (message: number, delivery: number, startUs: number, endUs: number) => void,
  ): void {
    const end = Math.min(this.received, this.taken + limit)
    for (let at = this.taken; at < end; at++) {
      const working = at === this.taken && this.isWorking
      const turn = this.turn - 1
      visit(
        this.messages.get(at),
        this.deliveries.get(at),
        working ? this.work.startUs.get(turn) : -1,
        working ? this.work.endUs.get(turn) : -1,
      )
    }
  }

  protected override onCrash(): void {
    while (this.inHand > 0) {
      const { taken } = this
      this.sim.emit(this, FACTS.forgotten, this.messages.get(taken), taken)
    }
    this.hangUp()
  }

  protected override onRestart(): void {
    this.comeBack()
  }

  protected override onResume(): void {
    this.goOn()
  }

  protected override onSettings(): void {
    this.work.takes(this.settings.service)
  }
}
