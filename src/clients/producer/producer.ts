/** A producer: makes messages when its arrival process says so, and puts them on its links. */
import type { IntColumn, TimeColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client, type Outlet } from '../client.ts'
import { nextArrivalUs } from './arrivals.ts'
import { PRODUCER_FACTS } from './facts.ts'
import type { ProducerSettings } from './settings.ts'

export class Producer extends Client<ProducerSettings> {
  /** Messages made so far, and how often the next one was planned. */
  made = 0
  plans = 0
  lastMessage = -1
  outlets: readonly Outlet[] = []
  private readonly planUs: TimeColumn
  private readonly madeOf: IntColumn
  private readonly random: Random
  private templates: number[] = []
  private keyIds: number[] = []

  constructor(sim: Simulation, node: number, id: string, settings: ProducerSettings) {
    super(sim, node, settings)
    this.random = sim.random(`${id}/arrivals`)
    this.planUs = sim.records.times(node, 'planUs')
    this.madeOf = sim.records.ints(node, 'made')
    this.internTexts()
  }

  /** When the next message comes; Infinity if none does. */
  get nextUs(): number {
    return this.plans === 0 || this.isCrashed
      ? Number.POSITIVE_INFINITY
      : this.planUs.get(this.plans - 1)
  }

  /** The message that was made as number `index`, from 0. */
  messageAt(index: number): number {
    return this.madeOf.get(index)
  }

  /** Plans the first message. */
  start(): void {
    this.plan(-1)
  }

  /** Makes a message now, besides its plan; without a body the next of its own. */
  publishNow(body?: string, key?: string): void {
    if (this.isCrashed) return
    const { strings } = this.sim.records
    const template = body === undefined ? this.nextTemplate() : strings.id(body)
    this.make(template, key === undefined ? this.nextKey() : strings.id(key))
  }

  due(_kind: number, plan: number): void {
    if (plan !== this.plans - 1 || this.isCrashed) return
    const last = this.planUs.get(plan)
    this.make(this.nextTemplate(), this.nextKey())
    this.plan(last)
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    if (kind === PRODUCER_FACTS.planned) this.plans = aux + 1
    else if (kind === CLIENT_FACTS.published && message !== this.lastMessage) {
      this.made++
      this.lastMessage = message
    }
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.made = io.int(this.made)
    this.plans = io.int(this.plans)
    this.lastMessage = io.int(this.lastMessage)
    if (io.loading) this.internTexts()
  }

  protected override onRestart(): void {
    this.plan(this.sim.nowUs)
  }

  protected override onSet(name: string): void {
    this.internTexts()
    if (name === 'arrivals') this.plan(this.sim.nowUs)
  }

  private plan(lastUs: number): void {
    const { sim } = this
    const atUs = nextArrivalUs(this.settings.arrivals, this.random, this.made, lastUs)
    this.planUs.put(this.plans, atUs)
    sim.emit(this, PRODUCER_FACTS.planned, -1, this.plans)
    if (atUs !== Number.POSITIVE_INFINITY) {
      sim.agenda.add(Math.max(atUs, sim.nowUs), this.node, 0, this.plans - 1)
    }
  }

  private make(template: number, key: number): void {
    const { sim, outlets } = this
    const ordinal = this.made + (this.settings.firstNumber ?? 1)
    const message = sim.records.messages.addRow(
      sim.nowUs,
      template,
      ordinal,
      key,
      -1,
      -1,
      this.node,
    )
    this.madeOf.put(this.made, message)
    if (outlets.length === 0) sim.emit(this, CLIENT_FACTS.published, message, -1)
    for (let i = 0; i < outlets.length; i++) {
      const outlet = outlets[i] as Outlet
      sim.emit(this, CLIENT_FACTS.published, message, outlet.pipe)
      outlet.send(message)
    }
  }

  private nextTemplate(): number {
    return this.templates[this.made % this.templates.length] ?? -1
  }

  private nextKey(): number {
    const { keys } = this.settings
    if (!keys || keys.kind === 'none' || this.keyIds.length === 0) return -1
    const at =
      keys.kind === 'turn' ? this.made % this.keyIds.length : this.random.below(this.keyIds.length)
    return this.keyIds[at] as number
  }

  private internTexts(): void {
    const { strings } = this.sim.records
    const { bodies, keys } = this.settings
    this.templates = bodies.map((body) => strings.id(body))
    this.keyIds = keys && keys.kind !== 'none' ? keys.of.map((key) => strings.id(key)) : []
  }
}
