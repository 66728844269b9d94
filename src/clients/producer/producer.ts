/** A producer: makes messages when its arrival process says so, and puts them on its links. */
import type { TimeColumn } from '../../base/column.ts'
import { usFromMs } from '../../base/time.ts'
import type { MessageProperties } from '../../brokers/amqp/properties.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client, type Outlet, TERMS } from '../client.ts'
import { ArrivalProcess } from './arrivals.ts'
import { PRODUCER_FACTS } from './facts.ts'
import { Outstanding, STANDING } from './outstanding.ts'
import { propertiesInTurn } from './properties.ts'
import { CONFIRM_TIMEOUT_MS, PROPERTY_SETTINGS, type ProducerSettings } from './settings.ts'

/** Timers: the next message is due, a confirm has not come, a pause before one more attempt is over. */
const TIMER = { next: 0, confirm: 1, retry: 2 } as const
/** A message and its attempt in the one number that a timer carries. */
const ATTEMPTS = 16

const RETRIES = 3
const BACKOFF_MS = 1000
const BACKOFF_FACTOR = 2

/** What goes on with a producer's messages after it made them: part of its process. */
export interface Attachment {
  start(): void
  onCrash(): void
  onRestart(): void
  archive(io: Archive): void
  /** Messages of which it does not know what became. */
  readonly awaiting: number
  readonly state: BatchingSummary
}

/** How it stands with records that are batched, for who looks at a producer. */
export interface BatchingSummary {
  /** Records in batches that still grow. */
  gathering: number
  inFlight: number
  /** Batches that are sent again after a pause. */
  retrying: number
  /** Records that wait for the next transaction. */
  held: number
  /** -1 while the broker has not given it one. */
  id: number
  epoch: number
  isFenced: boolean
  transaction: null | {
    records: number
    /** Null: it ends when its reader commits. */
    of: number | null
    isEnding: boolean
    committed: number
    aborted: number
  }
}

export class Producer extends Client<ProducerSettings> {
  /** Messages made so far, and how often the next one was planned: anew with each message. */
  made = 0
  plans = 0
  lastMessage = -1
  confirmedCount = 0
  refusedCount = 0
  returnedCount = 0
  gaveUpCount = 0
  readonly outstanding = new Outstanding()
  outlets: readonly Outlet[] = []
  /** One for each link on which it batches its messages. */
  readonly attachments: Attachment[] = []
  /** Name of the queue in which it wants its replies. */
  replyQueue: string | null = null
  /** Row of the rows of properties that its messages bear in turn, -1 if they bear none. */
  private propertyRow = -1
  /** What the subject of its messages is where they have no key, as an interned string. */
  subject = -1
  private readonly id: string
  private readonly planUs: TimeColumn
  /** The last moment written there. No integer from the start, so that V8 keeps a double in it. */
  private plannedUs = Number.NaN
  private readonly random: Random
  private readonly chance: Random
  private terms = 0
  /** Its messages bear ids. */
  private identifies = false
  /** Of the present settings. */
  private arrivals = new ArrivalProcess()
  private firstNumber = 1
  private keyChoice: 'none' | 'turn' | 'random' = 'none'
  private templates: number[] = []
  /** -1 if there are several, or none. */
  private onlyTemplate = -1
  private keyIds: number[] = []

  constructor(sim: Simulation, node: number, id: string, settings: ProducerSettings) {
    super(sim, node, settings)
    this.id = id
    this.random = sim.random(`${id}/arrivals`)
    this.chance = sim.random(`${id}/retries`)
    this.planUs = sim.records.times(node, 'planUs')
    this.onSettings()
  }

  /** When the next message comes; Infinity if none does. */
  get nextUs(): number {
    return this.plans === 0 || this.isCrashed || this.isPaused
      ? Number.POSITIVE_INFINITY
      : this.planUs.get(this.plans - 1)
  }

  /** Messages that it does not know to be safe yet. */
  get awaiting(): number {
    let count = this.outstanding.count
    for (const attachment of this.attachments) count += attachment.awaiting
    return count
  }

  /** Plans the first message. */
  start(): void {
    this.setProperties()
    for (const attachment of this.attachments) attachment.start()
    this.planAnew(-1)
  }

  /** Makes a message now, besides its plan; what is not given is as in the next of its own. */
  publishNow(body?: string, key?: string, properties?: MessageProperties, mandatory = false): void {
    if (this.isCrashed) return
    const { records } = this.sim
    const template = body === undefined ? this.nextTemplate() : records.strings.id(body)
    const props = properties === undefined ? this.nextProperties() : records.row(properties)
    const keyId = key === undefined ? this.nextKey() : records.strings.id(key)
    // The message of its own that is planned already keeps its moment.
    this.plan(this.plans === 0 ? Number.POSITIVE_INFINITY : this.plannedUs)
    this.make(template, keyId, props, this.terms | (mandatory ? TERMS.mandatory : 0))
  }

  due(kind: number, arg: number): void {
    if (kind !== TIMER.next) this.attemptDue(kind, Math.floor(arg / ATTEMPTS), arg % ATTEMPTS)
    else if (arg === this.plans - 1 && !this.isCrashed && !this.isPaused) {
      const template = this.nextTemplate()
      const key = this.nextKey()
      this.plan(this.arrivals.nextUs(this.random, this.made + 1, this.plannedUs))
      this.make(template, key, this.nextProperties())
    }
  }

  // ——— what becomes of its messages ———

  /** The broker has a message, or could not store it. */
  receiveConfirm(message: number, stored: boolean): void {
    const { outstanding, settings, sim } = this
    if (this.isCrashed || outstanding.standing(message) === STANDING.backingOff) return
    if (!outstanding.has(message)) return
    if (!stored) {
      sim.emit(this, PRODUCER_FACTS.refused, message, -1)
      this.failed(message, settings.onNack)
    } else if (
      outstanding.standing(message) === STANDING.returned &&
      settings.onReturn === 'retry'
    ) {
      this.failed(message, 'retry')
    } else sim.emit(this, PRODUCER_FACTS.confirmed, message, -1)
  }

  /** No queue took a mandatory message. With confirms on, what to do is decided when the confirm follows. */
  receiveReturn(message: number): void {
    if (this.isCrashed) return
    const awaited = this.outstanding.has(message)
    this.sim.emit(this, PRODUCER_FACTS.returned, message, -1)
    if (!awaited && this.settings.onReturn === 'retry') this.failed(message, 'retry')
  }

  private attemptDue(kind: number, message: number, attempt: number): void {
    const { outstanding, sim } = this
    if (this.isCrashed || outstanding.attempts(message) !== attempt) return
    const isBackingOff = outstanding.standing(message) === STANDING.backingOff
    if (kind === TIMER.retry) {
      if (isBackingOff) this.republish(message, attempt + 1)
    } else if (!isBackingOff) {
      sim.emit(this, PRODUCER_FACTS.timedOut, message, attempt)
      this.failed(message, this.settings.onNack)
    }
  }

  /** Tries again after a pause that grows, or gives up. */
  private failed(message: number, then: 'drop' | 'retry' = 'drop'): void {
    const { outstanding, settings, sim } = this
    const attempt = Math.max(1, outstanding.attempts(message))
    if (then === 'drop' || attempt > Math.min(settings.retries ?? RETRIES, ATTEMPTS - 2)) {
      sim.emit(this, PRODUCER_FACTS.gaveUp, message, attempt)
      return
    }
    let ms = settings.backoffMs ?? BACKOFF_MS
    for (let i = 1; i < attempt; i++) ms *= settings.backoffFactor ?? BACKOFF_FACTOR
    const { jitter = 0 } = settings
    const us = Math.min(
      usFromMs(jitter > 0 ? ms * (1 - jitter * this.chance.unit()) : ms),
      2_147_483_647,
    )
    sim.emit(this, PRODUCER_FACTS.retryPlanned, message, us | 0)
    sim.after(us, this, TIMER.retry, message * ATTEMPTS + attempt)
  }

  private republish(message: number, attempt: number): void {
    this.sim.emit(this, PRODUCER_FACTS.republished, message, attempt)
    for (const outlet of this.outlets) outlet.send(message, this.terms)
    this.awaitConfirm(message, attempt)
  }

  private awaitConfirm(message: number, attempt: number): void {
    if ((this.terms & TERMS.confirm) === 0) return
    const us = usFromMs(this.settings.confirmTimeoutMs ?? CONFIRM_TIMEOUT_MS)
    this.sim.after(us, this, TIMER.confirm, message * ATTEMPTS + attempt)
  }

  override apply(kind: number, message: number, aux: number): void {
    if (kind === CLIENT_FACTS.published) {
      this.applyPublished(message)
      this.findPlanned()
    } else if (kind === PRODUCER_FACTS.planned) {
      this.plans++
      this.findPlanned()
    } else if (kind >= PRODUCER_FACTS.propertiesSet && kind <= PRODUCER_FACTS.gaveUp) {
      this.applyFate(kind, message, aux)
    } else {
      super.apply(kind, message, aux)
      if (kind === CLIENT_FACTS.crashed) this.outstanding.clear()
    }
  }

  private applyFate(kind: number, message: number, aux: number): void {
    const { outstanding } = this
    switch (kind) {
      case PRODUCER_FACTS.propertiesSet:
        this.propertyRow = aux
        break
      case PRODUCER_FACTS.confirmed:
        outstanding.settle(message)
        this.confirmedCount++
        break
      case PRODUCER_FACTS.refused:
        this.refusedCount++
        break
      case PRODUCER_FACTS.returned:
        this.returnedCount++
        if (outstanding.has(message)) outstanding.mark(message, STANDING.returned)
        break
      case PRODUCER_FACTS.retryPlanned:
        outstanding.mark(message, STANDING.backingOff)
        break
      case PRODUCER_FACTS.republished:
        outstanding.attempt(message)
        if ((this.terms & TERMS.confirm) === 0) outstanding.mark(message, STANDING.awaited)
        break
      case PRODUCER_FACTS.gaveUp:
        outstanding.settle(message)
        this.gaveUpCount++
        break
    }
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.made = io.int(this.made)
    this.plans = io.int(this.plans)
    this.lastMessage = io.int(this.lastMessage)
    this.confirmedCount = io.int(this.confirmedCount)
    this.refusedCount = io.int(this.refusedCount)
    this.returnedCount = io.int(this.returnedCount)
    this.gaveUpCount = io.int(this.gaveUpCount)
    this.propertyRow = io.int(this.propertyRow)
    this.outstanding.archive(io)
    for (const attachment of this.attachments) attachment.archive(io)
    if (io.loading) this.findPlanned()
  }

  protected override onCrash(): void {
    for (const attachment of this.attachments) attachment.onCrash()
  }

  protected override onRestart(): void {
    for (const attachment of this.attachments) attachment.onRestart()
    this.planAnew(this.sim.nowUs)
  }

  protected override onResume(): void {
    this.planAnew(this.sim.nowUs)
  }

  protected override onSet(name: string): void {
    if (name === 'arrivals') this.planAnew(this.sim.nowUs)
    if ((PROPERTY_SETTINGS as readonly string[]).includes(name)) this.setProperties()
  }

  /** Writes down the properties that its messages bear in turn. */
  private setProperties(): void {
    const { records } = this.sim
    const rows = propertiesInTurn(this.settings).map((properties) => records.row(properties))
    if (rows.length === 0 && this.propertyRow === -1) return
    this.sim.emit(this, PRODUCER_FACTS.propertiesSet, -1, records.row(rows))
  }

  private nextProperties(): number {
    const isPlain = this.propertyRow === -1 && this.replyQueue === null && !this.identifies
    return isPlain ? -1 : this.chooseProperties()
  }

  private chooseProperties(): number {
    if (this.replyQueue !== null) return this.requestProperties(this.replyQueue)
    if (this.identifies) return this.identified()
    const rows = this.sim.records.rowAt<number[]>(this.propertyRow)
    return rows.length === 0 ? -1 : (rows[this.made % rows.length] as number)
  }

  /** A request says where the reply goes, and bears a correlation id by which that is known again. */
  private requestProperties(replyTo: string): number {
    const all = propertiesInTurn(this.settings)
    const own = all.length === 0 ? {} : all[this.made % all.length]
    const correlationId = String(this.made + this.firstNumber)
    return this.sim.records.row({ ...own, replyTo, correlationId })
  }

  /** The properties of the next message with an id. */
  private identified(): number {
    const all = propertiesInTurn(this.settings)
    const own = all.length === 0 ? {} : all[this.made % all.length]
    const id = `${this.id}-${this.made + this.firstNumber}`
    return this.sim.records.row({ ...own, headers: { ...own?.headers, 'Nats-Msg-Id': id } })
  }

  /** Plans the next message besides those that are planned with the one before. */
  private planAnew(lastUs: number): void {
    const plan = this.plans
    this.plan(this.arrivals.nextUs(this.random, this.made, lastUs))
    this.sim.emit(this, PRODUCER_FACTS.planned, -1, plan)
    this.await(plan)
  }

  /** Writes down when the next message comes. */
  private plan(us: number): void {
    this.planUs.put(this.plans, us)
    this.plannedUs = us
  }

  /** What was written down, for whoever did not write it. */
  private findPlanned(): void {
    this.plannedUs = this.plans === 0 ? Number.NaN : this.planUs.get(this.plans - 1)
  }

  /** Sets the timer for what was planned last. */
  private await(plan: number): void {
    const { sim } = this
    const delayUs = this.plannedUs - sim.nowUs
    if (delayUs !== Number.POSITIVE_INFINITY) {
      sim.agenda.addAfter(sim, Math.max(0, delayUs), this.node, TIMER.next, plan)
    }
  }

  /** Makes a message; the next one is planned with it, its moment written down. */
  private make(template: number, key: number, props: number, terms = this.terms): void {
    const { sim, outlets } = this
    const plan = this.plans
    const ordinal = this.made + this.firstNumber
    const message = sim.records.messages.addNow(sim, template, ordinal, key, props, -1, this.node)
    if (outlets.length === 0) this.published(message, -1)
    for (let i = 0; i < outlets.length; i++) {
      const outlet = outlets[i] as Outlet
      this.published(message, outlet.pipe)
      outlet.send(message, terms)
    }
    if (terms !== 0 && outlets.length > 0) this.awaitConfirm(message, 1)
    this.await(plan)
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
    if ((this.terms & TERMS.confirm) !== 0 && this.outlets.length > 0) {
      this.outstanding.attempt(message)
    }
  }

  private nextTemplate(): number {
    const { onlyTemplate, templates } = this
    return onlyTemplate !== -1 ? onlyTemplate : (templates[this.made % templates.length] ?? -1)
  }

  private nextKey(): number {
    return this.keyChoice === 'none' ? this.subject : this.chooseKey()
  }

  private chooseKey(): number {
    const { keyChoice, keyIds } = this
    const at = keyChoice === 'turn' ? this.made % keyIds.length : this.random.below(keyIds.length)
    return keyIds[at] as number
  }

  protected override onSettings(): void {
    const { strings } = this.sim.records
    const { arrivals, bodies, firstNumber, keys, confirms, mandatory } = this.settings
    this.identifies = this.settings.messageIds ?? false
    this.terms = (confirms ? TERMS.confirm : 0) | (mandatory ? TERMS.mandatory : 0)
    this.arrivals = new ArrivalProcess(arrivals)
    this.firstNumber = firstNumber ?? 1
    this.templates = bodies.map((body) => strings.id(body))
    this.onlyTemplate = this.templates.length === 1 ? (this.templates[0] as number) : -1
    this.keyIds = keys && keys.kind !== 'none' ? keys.of.map((key) => strings.id(key)) : []
    this.keyChoice = keys !== undefined && this.keyIds.length > 0 ? keys.kind : 'none'
  }
}
