/**
 * A consumer of queues: holds what was delivered to it, works on some of it at once, and acknowledges
 * before the work, after it, or not at all. With links out it is a service that publishes results.
 * A delivery is named by its tag and two marks: `tag * 4 + noAck * 2 + redelivered` (`delivery.ts`).
 */
import type { IntColumn, TimeColumn } from '../../base/column.ts'
import { usFromMs } from '../../base/time.ts'
import type { Archive } from '../../engine/archive.ts'
import { INSTANT, Sampler } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client, type Outlet } from '../client.ts'
import type { Poison } from '../poison.ts'
import { publishTo, Results } from '../publish.ts'
import { isNoAck, tagOf } from './delivery.ts'
import { CONSUMER_FACTS } from './facts.ts'
import { Jobs } from './jobs.ts'
import type { ConsumerSettings } from './settings.ts'

/** The consumer's end of its connection to one queue. */
export interface QueueLink {
  /** Connects and consumes, or consumes anew under changed settings. */
  subscribe(settings: ConsumerSettings): void
  ack(message: number, tag: number, channel: number): void
  nack(message: number, tag: number, channel: number, requeue: boolean): void
  /** basic.cancel; channel.close. */
  cancel(): void
  closeChannel(): void
  /** The connection of that life ends: the process died, or the network broke it. */
  hangUp(life: number): void
  /** How long the broker is away at present. */
  readonly latencyUs: number
}

/** Timers: the work of a job is done; it is time to connect again. */
const WORK_DONE = 0
const RECONNECT = 1
const RESTART = 2
const OUTAGE = 3

/** How a person may answer a delivery in the consumer's place. */
export type HandAnswer = 'ack' | 'nack' | 'requeue'

/** What is known of a job when it begins, in one integer: two marks, the number of its link, its channel. */
const FAILS = 1
const EARLY = 2
const LINK_SHIFT = 2
const LINK_MASK = 0xfff
const CHANNEL_SHIFT = 14

/** Settings that belong to the subscription. */
const SUBSCRIPTION_SETTINGS: ReadonlySet<string> = new Set([
  'prefetch',
  'prefetchScope',
  'ack',
  'priority',
  'exclusive',
  'offset',
])

export class QueueConsumer extends Client<ConsumerSettings> {
  /** Deliveries that had to wait, and how many of them left the buffer. */
  receivedCount = 0
  takenCount = 0
  /** Jobs begun since the start of the run. */
  startedCount = 0
  processedCount = 0
  failedCount = 0
  private readonly jobs = new Jobs()
  /** Deliveries in the buffer that were answered by hand. */
  private readonly answered: number[] = []
  /** Code with which the broker ended its subscription, 0 if the queue is gone; -1 if it did not. */
  lostCode = -1
  links: readonly QueueLink[] = []
  /** Messages that it cannot process, if there can be any. */
  poison: Poison | null = null
  outlets: readonly Outlet[] = []
  private readonly buffered: IntColumn
  private readonly bufferedDelivery: IntColumn
  /** Link and channel that a buffered delivery came by, placed as in `terms`. */
  private readonly bufferedOrigin: IntColumn
  /** Two words a job, by start ordinal: when its work ends, and its terms. */
  private readonly work: TimeColumn
  private failOn = ''
  private readonly service: Random
  private readonly failure: Random
  /** Of the present settings: what each message asks for. */
  private duration = INSTANT
  private results = new Results({})
  private concurrency = 1
  /** -1: its handler never throws. */
  private failureRate = -1
  private mayFail = false
  private acksEarly = false

  constructor(sim: Simulation, node: number, id: string, settings: ConsumerSettings) {
    super(sim, node, settings)
    const { records } = sim
    this.buffered = records.ints(node, 'buffered')
    this.bufferedDelivery = records.ints(node, 'bufferedDelivery')
    this.bufferedOrigin = records.ints(node, 'bufferedOrigin')
    this.work = records.times(node, 'work', 2)
    this.service = sim.random(`${id}/service`)
    this.failure = sim.random(`${id}/failure`)
    this.onSettings()
  }

  /** Deliveries in the buffer that nobody works on yet. */
  get waitingCount(): number {
    return this.receivedCount - this.takenCount
  }

  /** Jobs in progress. */
  get busyCount(): number {
    return this.jobs.count
  }

  /** Connects to its queues. */
  start(): void {
    const { crashAtMs } = this.settings
    if (crashAtMs !== undefined && this.sim.nowUs === 0) {
      this.sim.after(usFromMs(crashAtMs), this, OUTAGE)
    }
    for (const link of this.links) link.subscribe(this.settings)
  }

  /** A delivery came in by link number `link`, on the channel with that part. */
  receive(message: number, delivery: number, link: number, channel: number): void {
    if (this.isCrashed) return
    const origin = (channel << CHANNEL_SHIFT) | (link << LINK_SHIFT)
    if (this.waitingCount === 0 && this.jobs.count < this.concurrency && !this.isPaused) {
      this.begin(message, delivery, origin)
      return
    }
    const at = this.receivedCount
    this.buffered.put(at, message)
    this.bufferedDelivery.put(at, delivery)
    this.bufferedOrigin.put(at, origin)
    this.sim.emit(this, CLIENT_FACTS.received, message, delivery)
  }

  /**
   * The network is back on link number `link`. The old connection is given up with what it had sent and
   * nobody began; work in progress goes on, but its acknowledgement will come too late.
   */
  reconnected(link: number): void {
    this.links[link]?.hangUp(this.isCrashed ? this.life - 1 : this.life)
    if (this.isCrashed) return
    this.forgetWaiting()
    // The broker must have heard of the end of the old connection before the new one begins.
    const awayUs = Math.max(...this.links.map(({ latencyUs }) => latencyUs))
    this.sim.after(awayUs + 1, this, RECONNECT, this.life)
  }

  due(kind: number, arg: number): void {
    if (kind === WORK_DONE) this.finish(arg)
    else if (kind === OUTAGE) this.crash()
    else if (kind === RESTART) {
      if (arg === this.life) this.restart()
    } else if (arg === this.life && !this.isCrashed) this.start()
  }

  private finish(ordinal: number): void {
    const { jobs, sim } = this
    const at = jobs.indexOf(ordinal)
    if (at === -1) return
    const { message, delivery, terms } = jobs.at(at)
    const failed = (terms & FAILS) !== 0
    if (this.crashPoint !== 0 && this.crashesAt('beforeEffect')) return
    if (failed) {
      sim.emit(this, CLIENT_FACTS.failed, message, delivery)
      if (this.settings.onFailure === 'crash') {
        this.crash()
        return
      }
    } else {
      const isKnown = this.inbox.window > 0 && this.hadBefore(message, delivery)
      sim.record(this.node, CLIENT_FACTS.processed, message, delivery)
      jobs.removeAt(at)
      this.applyProcessed(message)
      if (this.outlets.length > 0 && !isKnown) this.publishResult(message)
    }
    if (this.crashPoint !== 0 && this.crashesAt('afterEffect')) return
    if ((terms & EARLY) === 0) this.answer(terms, message, delivery, failed)
    if (this.crashPoint !== 0 && this.crashesAt('afterAck')) return
    if (this.waitingCount > 0) this.takeNext()
  }

  private publishResult(message: number): void {
    const { node, outlets, processedCount, sim } = this
    const result = this.results.make(sim, node, message, processedCount)
    if (result !== -1) publishTo(this, outlets, result)
  }

  /**
   * A person answers for it: the broker gets the acknowledgement or refusal now, and the work on it, begun
   * or not, is given up.
   */
  answerByHand(message: number, how: HandAnswer): void {
    const { jobs } = this
    for (let i = 0; i < jobs.count; i++) {
      const job = jobs.at(i)
      if (job.message !== message) continue
      const { terms } = job
      this.giveAnswer(message, job.delivery, terms, how)
      this.takeNext()
      return
    }
    for (let at = this.takenCount; at < this.receivedCount; at++) {
      const delivery = this.bufferedDelivery.get(at)
      if (this.buffered.get(at) !== message || this.answered.includes(delivery)) continue
      this.giveAnswer(message, delivery, this.bufferedOrigin.get(at), how)
      return
    }
  }

  private giveAnswer(message: number, delivery: number, terms: number, how: HandAnswer): void {
    this.sim.emit(this, CONSUMER_FACTS.answeredByHand, message, delivery)
    if (isNoAck(delivery)) return
    const link = this.links[(terms >> LINK_SHIFT) & LINK_MASK]
    const channel = terms >>> CHANNEL_SHIFT
    if (how === 'ack') link?.ack(message, tagOf(delivery), channel)
    else link?.nack(message, tagOf(delivery), channel, how === 'requeue')
  }

  /** basic.cancel: it gets nothing more; what it holds it works on. */
  cancel(): void {
    if (!this.isCrashed) for (const link of this.links) link.cancel()
  }

  /** Subscribes again after a cancel or a lost subscription. */
  consume(): void {
    if (!this.isCrashed) this.start()
  }

  /** Closes its channels: everything unacknowledged goes back, and it consumes anew on others. */
  closeChannel(): void {
    if (this.isCrashed) return
    for (const link of this.links) link.closeChannel()
    this.forgetWaiting()
    const awayUs = Math.max(...this.links.map(({ latencyUs }) => latencyUs))
    this.sim.after(awayUs + 1, this, RECONNECT, this.life)
  }

  /** The broker says that it gets nothing more: an error closed its channel, or the queue is gone. */
  receiveLoss(code: number): void {
    if (this.isCrashed) return
    if (code !== 0) this.forgetWaiting()
    this.sim.emit(this, CONSUMER_FACTS.subscriptionLost, -1, code)
  }

  override apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case CLIENT_FACTS.received:
        this.receivedCount++
        break
      case CLIENT_FACTS.started:
        this.applyStarted(message, aux, this.termsOf(this.startedCount))
        break
      case CLIENT_FACTS.processed:
        this.jobs.remove(message, aux)
        this.applyProcessed(message)
        break
      case CLIENT_FACTS.failed:
        this.failedCount++
        this.jobs.remove(message, aux)
        break
      case CONSUMER_FACTS.forgotten:
        if (!this.jobs.remove(message, aux)) this.takenCount++
        break
      case CONSUMER_FACTS.answeredByHand:
        if (!this.jobs.remove(message, aux)) this.answered.push(aux)
        break
      case CONSUMER_FACTS.passedOver:
        this.takenCount++
        this.answered.splice(this.answered.indexOf(aux), 1)
        break
      case CONSUMER_FACTS.subscriptionLost:
        this.lostCode = aux
        break
      case CLIENT_FACTS.crashed:
        this.answered.length = 0
        super.apply(kind, message, aux)
        break
      default:
        super.apply(kind, message, aux)
    }
  }

  private applyStarted(message: number, delivery: number, terms: number): void {
    if (this.waitingCount > 0 && this.bufferedDelivery.get(this.takenCount) === delivery) {
      this.takenCount++
    }
    const job = this.jobs.add()
    job.message = message | 0
    job.delivery = delivery | 0
    job.ordinal = this.startedCount++
    job.terms = terms | 0
    job.startedUs = this.sim.nowUs
    this.lostCode = -1
  }

  private applyProcessed(message: number): void {
    this.processedCount++
    // As `takeEffect` does, which so many classes share that V8 looks up what it asks of each.
    if (this.inbox.take(message)) this.ledger.add(message)
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.receivedCount = io.int(this.receivedCount)
    this.takenCount = io.int(this.takenCount)
    this.startedCount = io.int(this.startedCount)
    this.processedCount = io.int(this.processedCount)
    this.failedCount = io.int(this.failedCount)
    this.lostCode = io.int(this.lostCode)
    io.list(this.answered)
    this.jobs.archive(io)
    if (!io.loading) return
    for (let i = 0; i < this.jobs.count; i++) {
      const job = this.jobs.at(i)
      job.terms = this.termsOf(job.ordinal)
    }
  }

  /** Part of the channel that the message of the `ordinal`th job came by. */
  channelOf(ordinal: number): number {
    return this.termsOf(ordinal) >>> CHANNEL_SHIFT
  }

  private termsOf(ordinal: number): number {
    return this.work.get(ordinal * 2 + 1) | 0
  }

  /** Calls `visit` for each job in progress. */
  eachJob(
    visit: (message: number, delivery: number, startedUs: number, endsUs: number) => void,
  ): void {
    const { jobs } = this
    for (let i = 0; i < jobs.count; i++) {
      const { message, delivery, ordinal, startedUs } = jobs.at(i)
      visit(message, delivery, startedUs, this.work.get(ordinal * 2))
    }
  }

  /** Calls `visit` for the first `limit` deliveries that wait in the buffer. */
  eachWaiting(limit: number, visit: (message: number, delivery: number) => void): void {
    const end = Math.min(this.receivedCount, this.takenCount + limit)
    for (let i = this.takenCount; i < end; i++) {
      const delivery = this.bufferedDelivery.get(i)
      if (!this.answered.includes(delivery)) visit(this.buffered.get(i), delivery)
    }
  }

  /** What was in memory is gone; the broker hears of it when the socket breaks. */
  protected override onCrash(): void {
    const { jobs } = this
    while (jobs.count > 0) {
      const { message, delivery } = jobs.at(0)
      this.sim.emit(this, CONSUMER_FACTS.forgotten, message, delivery)
    }
    this.forgetWaiting()
    for (const link of this.links) link.hangUp(this.life - 1)
    const { restartAfterMs } = this.settings
    if (restartAfterMs !== undefined) {
      this.sim.after(usFromMs(restartAfterMs), this, RESTART, this.life)
    }
  }

  protected override onRestart(): void {
    this.start()
  }

  protected override onResume(): void {
    this.takeNext()
  }

  protected override onSettings(): void {
    const { service, concurrency, failureRate, failOn, ack } = this.settings
    this.failOn = failOn ?? ''
    this.duration = new Sampler(service)
    this.results = new Results(this.settings)
    this.concurrency = concurrency
    this.failureRate = failureRate ?? -1
    this.mayFail = this.failureRate >= 0 || this.failOn !== ''
    this.acksEarly = ack === 'early'
  }

  private forgetWaiting(): void {
    while (this.waitingCount > 0) {
      const at = this.takenCount
      this.sim.emit(
        this,
        CONSUMER_FACTS.forgotten,
        this.buffered.get(at),
        this.bufferedDelivery.get(at),
      )
    }
  }

  /** Prefetch and acknowledgement belong to the subscription: the consumer subscribes anew. */
  protected override onSet(name: string): void {
    if (this.isCrashed) return
    if (SUBSCRIPTION_SETTINGS.has(name)) this.start()
    if (name === 'concurrency') this.takeNext()
  }

  private begin(message: number, delivery: number, origin: number): void {
    const { sim, acksEarly: early } = this
    const ordinal = this.startedCount
    let us = this.duration.drawUs(this.service, ordinal)
    if (this.slowMille !== 1000) us = this.slowedUs(us)
    const { poison } = this
    const isPoisoned = poison !== null && poison.messages.length > 0 && poison.has(message)
    const fails = (this.mayFail && this.willFail(message)) || isPoisoned
    const terms = origin | (fails ? FAILS : 0) | (early ? EARLY : 0)
    this.work.putPair(ordinal * 2, sim.nowUs + us, terms)
    sim.record(this.node, CLIENT_FACTS.started, message, delivery)
    this.applyStarted(message, delivery, terms)
    sim.agenda.addAfter(sim, us, this.node, WORK_DONE, ordinal)
    if (!early) return
    this.answer(terms, message, delivery, false)
    if (this.crashPoint !== 0) this.crashesAt('afterAck')
  }

  /** Whether its handler will throw, by chance or because of what the message says. */
  private willFail(message: number): boolean {
    const isUnlucky = this.failureRate >= 0 && this.failure.unit() < this.failureRate
    if (isUnlucky || this.failOn === '') return isUnlucky
    return this.sim.records.body(message).includes(this.failOn)
  }

  private takeNext(): void {
    const { concurrency, jobs } = this
    while (!this.isCrashed && !this.isPaused && this.waitingCount > 0 && jobs.count < concurrency) {
      const at = this.takenCount
      const delivery = this.bufferedDelivery.get(at)
      if (this.answered.length > 0 && this.answered.includes(delivery)) {
        this.sim.emit(this, CONSUMER_FACTS.passedOver, this.buffered.get(at), delivery)
        continue
      }
      const origin = this.bufferedOrigin.get(at)
      this.begin(this.buffered.get(at), this.bufferedDelivery.get(at), origin)
    }
  }

  private answer(terms: number, message: number, delivery: number, failed: boolean): void {
    if (isNoAck(delivery)) return
    const tag = tagOf(delivery)
    const link = this.links[(terms >> LINK_SHIFT) & LINK_MASK]
    const channel = terms >>> CHANNEL_SHIFT
    if (failed) link?.nack(message, tag, channel, this.settings.onFailure !== 'drop')
    else link?.ack(message, tag, channel)
  }
}
