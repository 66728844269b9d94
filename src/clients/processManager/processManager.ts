/**
 * A process manager: follows the events of a store, remembers how far each order is, and sends the commands
 * that come next. What it knows is the fold of the events before its position; what it has sent and not seen
 * answered it sends again. With effects instead of commands it is a reactor, and a replay repeats them.
 */
import { must } from '../../base/assert.ts'
import type { IntColumn } from '../../base/column.ts'
import { usFromMs } from '../../base/time.ts'
import type { EventLog, FoldedEvent } from '../../brokers/eventstore/eventLog.ts'
import type {
  NackAction,
  PersistentSubscription,
} from '../../brokers/eventstore/persistentSubscription.ts'
import type { PrefixFold } from '../../brokers/eventstore/prefixFold.ts'
import type { Source } from '../../brokers/eventstore/source.ts'
import type { Delivery } from '../../brokers/eventstore/subscription.ts'
import type { Archive } from '../../engine/archive.ts'
import { INSTANT, Sampler } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client, type Outlet } from '../client.ts'
import type { Command } from '../commandHandler/decider.ts'
import { Gap } from '../gap.ts'
import { PROCESS_MANAGER_FACTS } from './facts.ts'
import {
  domainOf,
  type Intent,
  isAnswerTo,
  type Memory,
  memoriesOf,
  nothingOf,
  orderOf,
  type Process,
  processOf,
  remember,
} from './processes.ts'
import { DEFAULT_RETRIES, DEFAULT_TIMEOUT_MS, type ProcessManagerSettings } from './settings.ts'
import { Waiting } from './waiting.ts'

/** The way to a store. Made by the wiring; events come back through `deliver` or `hand`. */
export interface ProcessPort {
  readonly log: EventLog
  /** What it is subscribed to by itself, where that is not all streams: its positions are then places in there. */
  readonly source?: Source
  /** Subscribes from a position on; of a group: joins it. */
  subscribe(from: number, token: number): void
  next(): void
  hangUp(): void
  /** Answers a delivery of its group; null means that it has done with it. */
  answer(delivery: number, action: NackAction | null): void
}

const TIMER = { work: 0, save: 1, timeout: 2 } as const

export class ProcessManager extends Client<ProcessManagerSettings> {
  /** The position that it has saved, the next event that it reacts to, and the one behind the last that came. */
  position = 0
  cursor = 0
  known = 0
  /** The position behind the last event that it has ever reacted to. */
  reach = 0
  isLive = false
  isWorking = false
  isSaving = false
  isStopped = false
  startedUs = 0
  endsUs = 0
  /** Commands that it sent, again or for the first time. */
  sent = 0
  /** Of a group: deliveries in hand, oldest first, and their events. */
  readonly hand: number[] = []
  readonly handed: number[] = []
  readonly waiting: Waiting
  /** By link: where commands go, and the domain that decides on them there. */
  outlets: readonly Outlet[] = []
  domains: readonly string[] = []
  /** The persistent subscription that it is a member of. */
  group: PersistentSubscription | null = null
  private readonly gap = new Gap()
  private isAsking = false
  private subscriptions = 0
  private draws = 0
  private port: ProcessPort | null = null
  private memories: PrefixFold<Map<string, Memory>, FoldedEvent> | null = null
  private duration = INSTANT
  private readonly random: Random
  private readonly serviceUs: IntColumn

  constructor(sim: Simulation, node: number, id: string, settings: ProcessManagerSettings) {
    super(sim, node, settings)
    this.onSettings()
    this.waiting = new Waiting(sim.records, node)
    this.random = sim.random(`${id}/service`)
    this.serviceUs = sim.records.ints(node, 'serviceUs')
  }

  connect(port: ProcessPort): void {
    this.port = port
  }

  /** Subscribes from where it stands, and waits anew for what was not answered. */
  start(): void {
    if (this.isCrashed || this.port === null) return
    this.sim.emit(this, PROCESS_MANAGER_FACTS.subscribing, -1, this.known)
    this.port.subscribe(this.known, this.subscriptions)
    for (const number of this.waiting.numbers()) this.watch(number)
  }

  reconnected(): void {
    this.start()
  }

  /** Events arrive by its own subscription. */
  deliver({ message, count, live, token }: Delivery): void {
    if (this.isCrashed || token !== this.subscriptions) return
    const place = count === 0 ? this.known : this.placeOf(message)
    this.sim.emit(this, PROCESS_MANAGER_FACTS.received, message, place + count)
    if (live && !this.isLive) this.sim.emit(this, PROCESS_MANAGER_FACTS.caughtUp, -1, -1)
    this.work()
  }

  /** A delivery of its group arrives. */
  take(delivery: number, message: number): void {
    if (this.isCrashed) return
    this.sim.emit(this, PROCESS_MANAGER_FACTS.handed, message, delivery)
    this.work()
  }

  /** Goes back to a position and reacts from there on once more. */
  rewind(position: number): void {
    if (this.isCrashed || this.settings.group !== undefined) return
    const to = Math.max(0, Math.min(position, this.known))
    this.sim.emit(this, PROCESS_MANAGER_FACTS.rewound, -1, to)
    this.work()
  }

  due(kind: number, arg: number): void {
    if (kind === TIMER.timeout) this.timeOut(arg)
    else if (arg !== this.life || this.isCrashed) return
    else if (kind === TIMER.save && this.isSaving) this.save()
    else if (kind === TIMER.work && this.isWorking) this.finishWork()
  }

  messageAt(position: number): number {
    return this.log.messageAt(this.inStore(position))
  }

  /** Orders that it knows of and that are not at their end: from the fold of the events before its cursor. */
  get orders(): number {
    return this.port === null ? 0 : this.memory().size
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    switch (kind) {
      case PROCESS_MANAGER_FACTS.subscribing:
        this.subscriptions++
        this.isLive = false
        this.isAsking = true
        this.waiting.postpone(this.timeoutUs())
        break
      case PROCESS_MANAGER_FACTS.asking:
        this.isAsking = true
        break
      case PROCESS_MANAGER_FACTS.received:
        this.know(message, aux)
        this.isAsking = false
        break
      case PROCESS_MANAGER_FACTS.caughtUp:
        this.isLive = true
        break
      case PROCESS_MANAGER_FACTS.handed:
        this.hand.push(aux)
        this.handed.push(message)
        break
      case CLIENT_FACTS.started:
        this.isWorking = true
        this.startedUs = this.sim.nowUs
        this.endsUs = this.sim.nowUs + this.serviceUs.get(this.draws)
        this.draws++
        break
      case PROCESS_MANAGER_FACTS.reacted:
      case PROCESS_MANAGER_FACTS.remembered:
      case PROCESS_MANAGER_FACTS.gaveBack:
        this.passed(aux)
        break
      case PROCESS_MANAGER_FACTS.stopped:
        this.isStopped = true
        this.isWorking = false
        break
      case PROCESS_MANAGER_FACTS.sent:
        this.waiting.add(aux, this.timeoutUs())
        this.sent++
        break
      case PROCESS_MANAGER_FACTS.sentAgain:
        this.waiting.again(aux, this.timeoutUs())
        this.sent++
        break
      case PROCESS_MANAGER_FACTS.gaveUp:
        this.waiting.give(aux)
        break
      case PROCESS_MANAGER_FACTS.checkpointed:
        this.position = aux
        this.isSaving = false
        break
      case PROCESS_MANAGER_FACTS.rewound:
        this.position = aux
        this.cursor = aux
        this.halt()
        this.life++
        break
      case CLIENT_FACTS.settingChanged:
        this.isStopped = false
        break
      case CLIENT_FACTS.crashed:
        this.gap.put(-1, -1)
        this.known = this.position
        this.cursor = this.position
        this.hand.length = 0
        this.handed.length = 0
        this.isLive = false
        this.isAsking = false
        this.halt()
        break
    }
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.position = io.int(this.position)
    this.cursor = io.int(this.cursor)
    this.known = io.int(this.known)
    this.reach = io.int(this.reach)
    this.isLive = io.flag(this.isLive)
    this.isWorking = io.flag(this.isWorking)
    this.isSaving = io.flag(this.isSaving)
    this.isStopped = io.flag(this.isStopped)
    this.isAsking = io.flag(this.isAsking)
    this.startedUs = io.int(this.startedUs)
    this.endsUs = io.int(this.endsUs)
    this.sent = io.int(this.sent)
    this.subscriptions = io.int(this.subscriptions)
    this.draws = io.int(this.draws)
    this.gap.archive(io)
    io.list(this.hand)
    io.list(this.handed)
    this.waiting.archive(io)
  }

  protected override onCrash(): void {
    this.port?.hangUp()
  }

  protected override onRestart(): void {
    this.start()
  }

  protected override onSet(): void {
    this.work()
  }

  protected override onResume(): void {
    this.work()
  }

  protected override onSettings(): void {
    this.duration = new Sampler(this.settings.service)
  }

  private halt(): void {
    this.isWorking = false
    this.isSaving = false
    this.isStopped = false
  }

  private get log(): EventLog {
    return must(this.port, 'store of the process manager').log
  }

  private get process(): Process {
    return processOf(this.settings.process)
  }

  /** The position in the store of what it counts as `position`. */
  private inStore(position: number): number {
    return this.port?.source?.positionAt(position) ?? position
  }

  /** Events are in memory, up to `end`. */
  private know(message: number, end: number): void {
    const place = message === -1 ? this.known : this.placeOf(message)
    if (place > this.known) this.gap.put(this.known, place)
    this.cursor = this.gap.over(this.cursor)
    this.known = end
  }

  /** Where the next event that comes stands: of a stream whose beginning is gone, further on than it has asked. */
  private placeOf(message: number): number {
    const source = this.port?.source
    return source?.find(message, this.known) ?? this.known
  }

  /** An event, or a delivery of its group, is done with. */
  private passed(at: number): void {
    this.isWorking = false
    if (this.settings.group !== undefined) {
      const place = this.hand.indexOf(at)
      this.hand.splice(place, 1)
      this.handed.splice(place, 1)
      return
    }
    // What follows on a command settles it; what is known of orders is a fold and needs no more.
    const event = this.log.event(this.inStore(at))
    for (const number of [...this.waiting.numbers()]) {
      const command = this.commandIn(this.waiting.command(number))
      const isSame = command.order === orderOf(event)
      if (isSame && isAnswerTo(command, event)) this.waiting.end(number)
    }
    this.cursor = this.gap.over(at + 1)
    this.reach = Math.max(this.reach, at + 1)
    if ((this.settings.checkpointMs ?? 0) > 0) this.isSaving = true
    else this.position = at + 1
  }

  private work(): void {
    if (this.isWorking || this.isSaving || this.isStopped || this.isPaused) return
    const ofGroup = this.settings.group !== undefined
    if (ofGroup ? this.hand.length === 0 : this.cursor >= this.known) return
    const message = ofGroup ? (this.handed[0] as number) : this.messageAt(this.cursor)
    const us = this.slowedUs(this.duration.drawUs(this.random, this.draws))
    this.serviceUs.put(this.draws, us)
    this.sim.emit(
      this,
      CLIENT_FACTS.started,
      message,
      ofGroup ? (this.hand[0] as number) : this.cursor,
    )
    this.sim.after(us, this, TIMER.work, this.life)
  }

  private finishWork(): void {
    if (this.settings.group === undefined) this.react(this.cursor)
    else this.reactToHand()
    if (this.isCrashed) return
    if (this.isSaving) {
      const us = this.slowedUs(usFromMs(this.settings.checkpointMs ?? 0))
      this.sim.after(us, this, TIMER.save, this.life)
    } else this.goOn()
  }

  private react(position: number): void {
    const event = this.log.event(this.inStore(position))
    const { message } = event
    const { reacted, remembered, stopped } = PROCESS_MANAGER_FACTS
    if (this.settings.remembers && position < this.reach) {
      this.sim.emit(this, remembered, message, position)
      return
    }
    if (this.failsOn(message)) {
      this.sim.emit(this, stopped, message, position)
      return
    }
    if (this.process.isEffect(event)) {
      this.sim.emit(this, CLIENT_FACTS.processed, message, position)
    }
    const order = orderOf(event)
    const known = this.memory().get(order) ?? nothingOf(order)
    for (const intent of this.process.react(event, remember(known, event))) {
      this.send(message, intent)
    }
    if (!this.crashesAt('afterEffect')) this.sim.emit(this, reacted, message, position)
  }

  /** A member of a group has no memory of what others saw: it only has effects. */
  private reactToHand(): void {
    const delivery = this.hand[0] as number
    const message = this.handed[0] as number
    const { port } = this
    if (this.failsOn(message)) {
      this.sim.emit(this, PROCESS_MANAGER_FACTS.gaveBack, message, delivery)
      port?.answer(delivery, this.settings.onFail ?? 'retry')
      return
    }
    this.sim.emit(this, CLIENT_FACTS.processed, message, delivery)
    if (this.crashesAt('afterEffect')) return
    this.sim.emit(this, PROCESS_MANAGER_FACTS.reacted, message, delivery)
    port?.answer(delivery, null)
  }

  private failsOn(message: number): boolean {
    const { failOn } = this.settings
    return failOn !== undefined && failOn !== '' && this.sim.records.body(message).includes(failOn)
  }

  private save(): void {
    this.sim.emit(this, PROCESS_MANAGER_FACTS.checkpointed, -1, this.cursor)
    this.goOn()
  }

  private goOn(): void {
    this.work()
    const isIdle = !this.isWorking && this.settings.group === undefined
    if (isIdle && this.cursor === this.known && !this.isLive && !this.isAsking) {
      this.sim.emit(this, PROCESS_MANAGER_FACTS.asking, -1, this.known)
      this.port?.next()
    }
  }

  /** Sends a command that came of the event `cause`. */
  private send(cause: number, { to, command }: Intent): void {
    const { messages, strings } = this.sim.records
    const outlet = this.outletTo(to)
    if (!outlet) {
      this.sim.emit(this, PROCESS_MANAGER_FACTS.unroutable, cause, strings.id(to))
      return
    }
    const message = messages.add(this.sim.nowUs, {
      template: strings.id(JSON.stringify(command)),
      ordinal: this.sent + 1,
      key: -1,
      props: -1,
      parent: cause,
      source: this.node,
    })
    const number = this.waiting.prepare(message)
    this.sim.emit(this, PROCESS_MANAGER_FACTS.sent, message, number)
    outlet.send(message)
    this.watch(number)
  }

  private watch(number: number): void {
    this.sim.after(this.timeoutUs() - this.sim.nowUs, this, TIMER.timeout, number)
  }

  /** When the time of a command ends that is sent now. */
  private timeoutUs(): number {
    return this.sim.nowUs + usFromMs(this.settings.timeoutMs ?? DEFAULT_TIMEOUT_MS)
  }

  /** Nothing has followed on a command: it is sent again, or given up. Commands bear being repeated. */
  private timeOut(number: number): void {
    if (this.isCrashed || !this.waiting.isDue(number, this.sim.nowUs)) return
    const message = this.waiting.command(number)
    const { gaveUp, sentAgain } = PROCESS_MANAGER_FACTS
    if (this.waiting.times(number) > (this.settings.retries ?? DEFAULT_RETRIES)) {
      this.sim.emit(this, gaveUp, message, number)
      return
    }
    this.sim.emit(this, sentAgain, message, number)
    this.outletTo(domainOf(this.commandIn(message)))?.send(message)
    this.watch(number)
  }

  private outletTo(domain: string): Outlet | undefined {
    return this.outlets[this.domains.indexOf(domain)]
  }

  private commandIn(message: number): Command {
    return JSON.parse(this.sim.records.body(message)) as Command
  }

  /** What is known of each order before the event at the cursor. */
  private memory(): Map<string, Memory> {
    this.memories ??= memoriesOf(this.log, this.port?.source)
    return this.memories.after(this.cursor)
  }
}
