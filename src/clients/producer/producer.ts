/** A producer: makes messages when its arrival process says so, and puts them on its links. */
import type { TimeColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client, type Outlet } from '../client.ts'
import { ArrivalProcess } from './arrivals.ts'
import { PRODUCER_FACTS } from './facts.ts'
import type { ProducerSettings } from './settings.ts'

export class Producer extends Client<ProducerSettings> {
  /** Messages made so far, and how often the next one was planned: anew with each message. */
  made = 0
  plans = 0
  lastMessage = -1
  outlets: readonly Outlet[] = []
  private readonly planUs: TimeColumn
  private readonly random: Random
  /** Of the present settings. */
  private arrivals = new ArrivalProcess()
  private firstNumber = 1
  private keyChoice: 'none' | 'turn' | 'random' = 'none'
  private templates: number[] = []
  private keyIds: number[] = []

  constructor(sim: Simulation, node: number, id: string, settings: ProducerSettings) {
    super(sim, node, settings)
    this.random = sim.random(`${id}/arrivals`)
    this.planUs = sim.records.times(node, 'planUs')
    this.onSettings()
  }

  /** When the next message comes; Infinity if none does. */
  get nextUs(): number {
    return this.plans === 0 || this.isCrashed
      ? Number.POSITIVE_INFINITY
      : this.planUs.get(this.plans - 1)
  }

  /** Plans the first message. */
  start(): void {
    this.planAnew(-1)
  }

  /** Makes a message now, besides its plan; without a body the next of its own. */
  publishNow(body?: string, key?: string): void {
    if (this.isCrashed) return
    const { strings } = this.sim.records
    const template = body === undefined ? this.nextTemplate() : strings.id(body)
    // The message of its own that is planned already keeps its moment.
    this.make(template, key === undefined ? this.nextKey() : strings.id(key), this.nextUs)
  }

  due(_kind: number, plan: number): void {
    if (plan !== this.plans - 1 || this.isCrashed) return
    const template = this.nextTemplate()
    const key = this.nextKey()
    this.make(template, key, this.arrivalUs(this.made + 1, this.planUs.get(plan)))
  }

  override apply(kind: number, message: number, aux: number): void {
    if (kind === CLIENT_FACTS.published) this.applyPublished(message)
    else if (kind === PRODUCER_FACTS.planned) this.plans++
    else super.apply(kind, message, aux)
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.made = io.int(this.made)
    this.plans = io.int(this.plans)
    this.lastMessage = io.int(this.lastMessage)
  }

  protected override onRestart(): void {
    this.planAnew(this.sim.nowUs)
  }

  protected override onSet(name: string): void {
    if (name === 'arrivals') this.planAnew(this.sim.nowUs)
  }

  /** Plans the next message besides those that are planned with the one before. */
  private planAnew(lastUs: number): void {
    const plan = this.plans
    const atUs = this.arrivalUs(this.made, lastUs)
    this.planUs.put(plan, atUs)
    this.sim.emit(this, PRODUCER_FACTS.planned, -1, plan)
    this.await(plan, atUs)
  }

  private await(plan: number, atUs: number): void {
    const { sim } = this
    if (atUs !== Number.POSITIVE_INFINITY) {
      sim.agenda.add(Math.max(atUs, sim.nowUs), this.node, 0, plan)
    }
  }

  private arrivalUs(index: number, lastUs: number): number {
    return this.arrivals.nextUs(this.random, index, lastUs)
  }

  /** Makes a message; the next one is planned with it. */
  private make(template: number, key: number, nextUs: number): void {
    const { sim, outlets } = this
    const plan = this.plans
    this.planUs.put(plan, nextUs)
    const ordinal = this.made + this.firstNumber
    const message = sim.records.messages.addRow(
      sim.nowUs,
      template,
      ordinal,
      key,
      -1,
      -1,
      this.node,
    )
    if (outlets.length === 0) this.published(message, -1)
    for (let i = 0; i < outlets.length; i++) {
      const outlet = outlets[i] as Outlet
      this.published(message, outlet.pipe)
      outlet.send(message)
    }
    this.await(plan, nextUs)
  }

  private published(message: number, pipe: number): void {
    this.sim.record(this.node, CLIENT_FACTS.published, message, pipe)
    this.applyPublished(message)
  }

  private applyPublished(message: number): void {
    if (message === this.lastMessage) return
    this.lastMessage = message
    this.made++
    this.plans++
  }

  private nextTemplate(): number {
    const { templates } = this
    return templates.length === 1
      ? (templates[0] as number)
      : (templates[this.made % templates.length] ?? -1)
  }

  private nextKey(): number {
    const { keyChoice, keyIds } = this
    if (keyChoice === 'none' || keyIds.length === 0) return -1
    const at = keyChoice === 'turn' ? this.made % keyIds.length : this.random.below(keyIds.length)
    return keyIds[at] as number
  }

  protected override onSettings(): void {
    const { strings } = this.sim.records
    const { arrivals, bodies, firstNumber, keys } = this.settings
    this.arrivals = new ArrivalProcess(arrivals)
    this.firstNumber = firstNumber ?? 1
    this.keyChoice = keys?.kind ?? 'none'
    this.templates = bodies.map((body) => strings.id(body))
    this.keyIds = keys && keys.kind !== 'none' ? keys.of.map((key) => strings.id(key)) : []
  }
}
