/**
 * A requester: sends requests when its arrival process says so, and waits for one reply to each. The first reply
 * counts; what comes after it, or too late, it does not look at (docs.nats.io/nats-concepts/core-nats/reqreply).
 */
import type { TimeColumn } from '../../base/column.ts'
import { usFromMs } from '../../base/time.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client, type Outlet } from '../client.ts'
import { ArrivalProcess } from '../producer/arrivals.ts'
import { REQUESTER_FACTS as FACTS } from './facts.ts'
import type { RequesterSettings } from './settings.ts'

const TIMER = { next: 0, timeout: 1 } as const

export class Requester extends Client<RequesterSettings> {
  made = 0
  plans = 0
  lastMessage = -1
  repliedCount = 0
  noResponderCount = 0
  timedOutCount = 0
  ignoredCount = 0
  /** Requests that wait for their reply. */
  readonly awaited: number[] = []
  outlets: readonly Outlet[] = []
  /** Subject under which its requests go, as an interned string. */
  subject = -1
  private readonly planUs: TimeColumn
  private readonly random: Random
  private arrivals = new ArrivalProcess()

  constructor(sim: Simulation, node: number, id: string, settings: RequesterSettings) {
    super(sim, node, settings)
    this.random = sim.random(`${id}/arrivals`)
    this.planUs = sim.records.times(node, 'planUs')
    this.onSettings()
  }

  get nextUs(): number {
    return this.plans === 0 || this.isCrashed || this.isPaused
      ? Number.POSITIVE_INFINITY
      : this.planUs.get(this.plans - 1)
  }

  start(): void {
    this.plan(-1)
  }

  /** Sends a request that a person made, besides its plan. */
  sendNow(request: number): void {
    if (!this.isCrashed) this.send(request)
  }

  reply(reply: number, request: number): void {
    if (this.isCrashed) return
    const kind = this.awaited.includes(request) ? FACTS.replied : FACTS.replyIgnored
    this.sim.emit(this, kind, reply, request)
  }

  noResponders(request: number): void {
    if (this.awaited.includes(request)) this.sim.emit(this, FACTS.noResponders, request, -1)
  }

  due(kind: number, arg: number): void {
    if (this.isCrashed) return
    if (kind === TIMER.timeout) {
      if (this.awaited.includes(arg)) this.sim.emit(this, FACTS.timedOut, arg, -1)
      return
    }
    if (arg !== this.plans - 1 || this.isPaused) return
    this.make()
    this.plan(this.planUs.get(arg))
  }

  private make(): void {
    const { sim, settings, made, node } = this
    const { bodies } = settings
    const template = sim.records.strings.id(bodies[made % bodies.length] ?? '')
    const { nowUs } = sim
    const message = sim.records.messages.addRow(
      nowUs,
      template,
      made + 1,
      this.subject,
      -1,
      -1,
      node,
    )
    this.send(message)
  }

  private send(message: number): void {
    const { sim, settings } = this
    sim.emit(this, CLIENT_FACTS.published, message, this.outlets[0]?.pipe ?? -1)
    for (const outlet of this.outlets) outlet.send(message)
    sim.after(usFromMs(settings.timeoutMs), this, TIMER.timeout, message)
  }

  private plan(lastUs: number): void {
    const { sim, plans } = this
    const atUs = this.arrivals.nextUs(this.random, plans, lastUs)
    this.planUs.put(plans, atUs)
    sim.emit(this, FACTS.planned, -1, plans)
    if (atUs !== Number.POSITIVE_INFINITY) {
      sim.agenda.add(Math.max(atUs, sim.nowUs), this.node, TIMER.next, plans)
    }
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    switch (kind) {
      case FACTS.planned:
        this.plans++
        break
      case CLIENT_FACTS.published:
        this.made++
        this.lastMessage = message
        this.awaited.push(message)
        break
      case FACTS.replied:
        this.repliedCount++
        this.settle(aux)
        this.ledger.add(message)
        break
      case FACTS.noResponders:
        this.noResponderCount++
        this.settle(message)
        break
      case FACTS.timedOut:
        this.timedOutCount++
        this.settle(message)
        break
      case FACTS.replyIgnored:
        this.ignoredCount++
        break
      case CLIENT_FACTS.crashed:
        this.awaited.length = 0
        break
    }
  }

  private settle(request: number): void {
    const place = this.awaited.indexOf(request)
    if (place !== -1) this.awaited.splice(place, 1)
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.made = io.int(this.made)
    this.plans = io.int(this.plans)
    this.lastMessage = io.int(this.lastMessage)
    this.repliedCount = io.int(this.repliedCount)
    this.noResponderCount = io.int(this.noResponderCount)
    this.timedOutCount = io.int(this.timedOutCount)
    this.ignoredCount = io.int(this.ignoredCount)
    io.list(this.awaited)
  }

  protected override onRestart(): void {
    this.plan(this.sim.nowUs)
  }

  protected override onResume(): void {
    this.plan(this.sim.nowUs)
  }

  protected override onSet(name: string): void {
    if (name === 'arrivals') this.plan(this.sim.nowUs)
  }

  protected override onSettings(): void {
    this.arrivals = new ArrivalProcess(this.settings.arrivals)
  }
}
