/**
 * A projection: subscribes to a store from its own position and works events into a read model, one by
 * one. Rows and position change in one step, as in one transaction of its database, so a crash neither
 * loses an event nor counts one twice.
 */

import { assert, must } from '../../base/assert.ts'
import type { IntColumn } from '../../base/column.ts'
import type { EventLog } from '../../brokers/eventstore/eventLog.ts'
import type { Delivery } from '../../brokers/eventstore/subscription.ts'
import type { Archive } from '../../engine/archive.ts'
import { INSTANT, Sampler } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client } from '../client.ts'
import { PROJECTION_FACTS } from './facts.ts'
import { ReadModel, type Row } from './readModel.ts'
import type { ProjectionSettings } from './settings.ts'

/** Most events of one page of history. */
export const PAGE_EVENTS = 32

/** The way to a store. Made by the wiring; events come back through `deliver`. */
export interface SubscriptionPort {
  /** The store's contents, to be read up to what has been delivered. */
  readonly log: EventLog
  /** Subscribes to all events from a position on; what comes of it carries `token`. */
  subscribe(from: number, token: number): void
  /** Asks for the next page of history. */
  next(): void
  /** The process is gone: what is under way to it is lost, and the store learns of it. */
  hangUp(): void
}

const WORK_DONE = 0

export class Projection extends Client<ProjectionSettings> {
  /** Events that are in the read model: the position that it has saved. */
  position = 0
  /** The position behind the last event that came; those from `position` on wait in memory. */
  known = 0
  isLive = false
  isWorking = false
  startedUs = 0
  endsUs = 0
  private isAsking = false
  /** Subscriptions made so far: the present one's token. */
  private subscriptions = 0
  private draws = 0
  private port: SubscriptionPort | null = null
  private readonly models = new Map<ProjectionSettings['view'], ReadModel>()
  private duration = INSTANT
  private readonly random: Random
  private readonly serviceUs: IntColumn

  constructor(sim: Simulation, node: number, id: string, settings: ProjectionSettings) {
    super(sim, node, settings)
    this.onSettings()
    this.random = sim.random(`${id}/service`)
    this.serviceUs = sim.records.ints(node, 'serviceUs')
  }

  /** Connects it to its store; `start` then subscribes. */
  connect(port: SubscriptionPort): void {
    this.port = port
  }

  /** Subscribes from where it stands. */
  start(): void {
    if (this.isCrashed || this.port === null) return
    this.sim.emit(this, PROJECTION_FACTS.subscribing, -1, this.known)
    this.port.subscribe(this.known, this.subscriptions)
  }

  /** The link works again: what was pushed in between is missing, so it subscribes anew. */
  reconnected(): void {
    this.start()
  }

  /** Events arrive. */
  deliver({ message, count, live, token }: Delivery): void {
    // What an earlier subscription still had under way is not for this one.
    if (this.isCrashed || token !== this.subscriptions) return
    const expected = count === 0 ? -1 : this.messageAt(this.known)
    assert(message === expected, `event ${message} came, ${expected} is next at ${this.known}`)
    this.sim.emit(this, PROJECTION_FACTS.received, message, this.known + count)
    if (live && !this.isLive) this.sim.emit(this, PROJECTION_FACTS.caughtUp, -1, -1)
    this.work()
  }

  due(_kind: number, life: number): void {
    if (life !== this.life || !this.isWorking) return
    const message = this.messageAt(this.position)
    this.sim.emit(this, CLIENT_FACTS.processed, message, this.position)
    this.work()
    if (!this.isWorking && !this.isLive && !this.isAsking) this.ask()
  }

  /** The rows of the read model: the fold of the events before `position`. */
  rows(max: number): readonly Row[] {
    return this.position === 0 ? [] : this.model().rows(this.position, max)
  }

  /** The event at a position that has been delivered. */
  messageAt(position: number): number {
    return must(this.port, 'store of the projection').log.messageAt(position)
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    switch (kind) {
      case PROJECTION_FACTS.subscribing:
        this.subscriptions++
        this.isLive = false
        this.isAsking = true
        break
      case PROJECTION_FACTS.asking:
        this.isAsking = true
        break
      case PROJECTION_FACTS.received:
        this.known = aux
        this.isAsking = false
        break
      case PROJECTION_FACTS.caughtUp:
        this.isLive = true
        break
      case CLIENT_FACTS.started:
        this.isWorking = true
        this.startedUs = this.sim.nowUs
        this.endsUs = this.sim.nowUs + this.serviceUs.get(this.draws)
        this.draws++
        break
      case CLIENT_FACTS.processed:
        this.position = aux + 1
        this.isWorking = false
        break
      case CLIENT_FACTS.crashed:
        this.known = this.position
        this.isWorking = false
        this.isLive = false
        this.isAsking = false
        break
    }
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.position = io.int(this.position)
    this.known = io.int(this.known)
    this.isLive = io.flag(this.isLive)
    this.isWorking = io.flag(this.isWorking)
    this.isAsking = io.flag(this.isAsking)
    this.subscriptions = io.int(this.subscriptions)
    this.startedUs = io.int(this.startedUs)
    this.endsUs = io.int(this.endsUs)
    this.draws = io.int(this.draws)
  }

  protected override onCrash(): void {
    this.port?.hangUp()
  }

  protected override onRestart(): void {
    this.start()
  }

  protected override onSettings(): void {
    this.duration = new Sampler(this.settings.service)
  }

  private model(): ReadModel {
    const { view } = this.settings
    const known = this.models.get(view)
    if (known) return known
    const { log } = must(this.port, 'store of the projection')
    const model = new ReadModel(view, (position) => log.event(position))
    this.models.set(view, model)
    return model
  }

  private work(): void {
    if (this.isWorking || this.position === this.known) return
    const us = this.slowedUs(this.duration.drawUs(this.random, this.draws))
    this.serviceUs.put(this.draws, us)
    this.sim.emit(this, CLIENT_FACTS.started, this.messageAt(this.position), this.position)
    this.sim.after(us, this, WORK_DONE, this.life)
  }

  private ask(): void {
    this.sim.emit(this, PROJECTION_FACTS.asking, -1, this.known)
    must(this.port, 'store of the projection').next()
  }
}
