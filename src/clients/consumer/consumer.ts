/**
 * A consumer of queues: holds what was delivered to it, works on some of it at once, and acknowledges
 * before the work, after it, or not at all. With links out it is a service that publishes results.
 * A delivery is named by its tag and two marks: `tag * 4 + noAck * 2 + redelivered` (`delivery.ts`).
 */
import type { IntColumn, TimeColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import { drawUs } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client, type Outlet } from '../client.ts'
import { isNoAck, tagOf } from './delivery.ts'
import { CONSUMER_FACTS } from './facts.ts'
import type { ConsumerSettings } from './settings.ts'

/** The consumer's end of its connection to one queue. */
export interface QueueLink {
  /** Connects and consumes, or consumes anew under changed settings. */
  subscribe(settings: ConsumerSettings): void
  ack(message: number, tag: number, channel: number): void
  nack(message: number, tag: number, channel: number, requeue: boolean): void
  /** The process died: its socket breaks. */
  hangUp(): void
}

/** Numbers of a job in `jobs`: message, delivery, start ordinal, start time. */
const JOB_WORDS = 4
const FAILS = 1
const EARLY = 2

export class QueueConsumer extends Client<ConsumerSettings> {
  /** Deliveries that had to wait, and how many of them left the buffer. */
  receivedCount = 0
  takenCount = 0
  /** Jobs begun since the start of the run. */
  startedCount = 0
  processedCount = 0
  failedCount = 0
  /** Work in progress, `JOB_WORDS` numbers a job, oldest first. */
  readonly jobs: number[] = []
  links: readonly QueueLink[] = []
  outlets: readonly Outlet[] = []
  private readonly buffered: IntColumn
  private readonly bufferedDelivery: IntColumn
  private readonly endUs: TimeColumn
  /** How a job will end, by start ordinal: 1 = it fails, 2 = acknowledged before the work. */
  private readonly outcome: IntColumn
  private readonly linkOfTag: IntColumn
  private readonly channelOfTag: IntColumn
  private readonly service: Random
  private readonly failure: Random

  constructor(sim: Simulation, node: number, id: string, settings: ConsumerSettings) {
    super(sim, node, settings)
    const { records } = sim
    this.buffered = records.ints(node, 'buffered')
    this.bufferedDelivery = records.ints(node, 'bufferedDelivery')
    this.endUs = records.times(node, 'endUs')
    this.outcome = records.ints(node, 'outcome')
    this.linkOfTag = records.ints(node, 'linkOfTag')
    this.channelOfTag = records.ints(node, 'channelOfTag')
    this.service = sim.random(`${id}/service`)
    this.failure = sim.random(`${id}/failure`)
  }

  /** Deliveries in the buffer that nobody works on yet. */
  get waitingCount(): number {
    return this.receivedCount - this.takenCount
  }

  /** Jobs in progress. */
  get busyCount(): number {
    return this.jobs.length / JOB_WORDS
  }

  /** Connects to its queues. */
  start(): void {
    for (const link of this.links) link.subscribe(this.settings)
  }

  /** A delivery came in by link number `link`, on the channel with that part. */
  receive(message: number, delivery: number, link: number, channel: number): void {
    if (this.isCrashed) return
    const tag = tagOf(delivery)
    this.linkOfTag.put(tag, link)
    this.channelOfTag.put(tag, channel)
    if (this.waitingCount === 0 && this.jobs.length < this.settings.concurrency * JOB_WORDS) {
      this.begin(message, delivery)
      return
    }
    this.buffered.put(this.receivedCount, message)
    this.bufferedDelivery.put(this.receivedCount, delivery)
    this.sim.emit(this, CLIENT_FACTS.received, message, delivery)
  }

  due(_kind: number, ordinal: number): void {
    const { jobs } = this
    const at = this.jobIndex(ordinal)
    if (at === -1) return
    const message = jobs[at] as number
    const delivery = jobs[at + 1] as number
    const outcome = this.outcome.get(ordinal)
    const failed = (outcome & FAILS) !== 0
    this.sim.emit(this, failed ? CLIENT_FACTS.failed : CLIENT_FACTS.processed, message, delivery)
    if (!failed && this.outlets.length > 0) this.publishResult(message)
    if ((outcome & EARLY) === 0) this.answer(message, delivery, failed)
    this.takeNext()
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    switch (kind) {
      case CLIENT_FACTS.received:
        this.receivedCount++
        break
      case CLIENT_FACTS.started:
        if (this.waitingCount > 0 && this.bufferedDelivery.get(this.takenCount) === aux) {
          this.takenCount++
        }
        this.jobs.push(message, aux, this.startedCount, this.sim.nowUs)
        this.startedCount++
        break
      case CLIENT_FACTS.processed:
        this.processedCount++
        this.removeJob(aux)
        break
      case CLIENT_FACTS.failed:
        this.failedCount++
        this.removeJob(aux)
        break
      case CONSUMER_FACTS.forgotten:
        if (!this.removeJob(aux)) this.takenCount++
        break
    }
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.receivedCount = io.int(this.receivedCount)
    this.takenCount = io.int(this.takenCount)
    this.startedCount = io.int(this.startedCount)
    this.processedCount = io.int(this.processedCount)
    this.failedCount = io.int(this.failedCount)
    io.list(this.jobs)
  }

  /** Calls `visit` for each job in progress. */
  eachJob(
    visit: (message: number, delivery: number, startedUs: number, endsUs: number) => void,
  ): void {
    const { jobs } = this
    for (let i = 0; i < jobs.length; i += JOB_WORDS) {
      const ordinal = jobs[i + 2] as number
      visit(
        jobs[i] as number,
        jobs[i + 1] as number,
        jobs[i + 3] as number,
        this.endUs.get(ordinal),
      )
    }
  }

  /** Calls `visit` for the first `limit` deliveries that wait in the buffer. */
  eachWaiting(limit: number, visit: (message: number, delivery: number) => void): void {
    const end = Math.min(this.receivedCount, this.takenCount + limit)
    for (let i = this.takenCount; i < end; i++) {
      visit(this.buffered.get(i), this.bufferedDelivery.get(i))
    }
  }

  /** What was in memory is gone; the broker hears of it when the socket breaks. */
  protected override onCrash(): void {
    while (this.jobs.length > 0) {
      this.sim.emit(this, CONSUMER_FACTS.forgotten, this.jobs[0] as number, this.jobs[1] as number)
    }
    while (this.waitingCount > 0) {
      const at = this.takenCount
      this.sim.emit(
        this,
        CONSUMER_FACTS.forgotten,
        this.buffered.get(at),
        this.bufferedDelivery.get(at),
      )
    }
    for (const link of this.links) link.hangUp()
  }

  protected override onRestart(): void {
    this.start()
  }

  /** Prefetch and acknowledgement belong to the subscription: the consumer subscribes anew. */
  protected override onSet(name: string): void {
    if (this.isCrashed) return
    if (name === 'prefetch' || name === 'ack') this.start()
    if (name === 'concurrency') this.takeNext()
  }

  private begin(message: number, delivery: number): void {
    const { sim, settings } = this
    const ordinal = this.startedCount
    const us = this.slowedUs(drawUs(settings.service, this.service, ordinal))
    const fails = settings.failureRate !== undefined && this.failure.unit() < settings.failureRate
    this.endUs.put(ordinal, sim.nowUs + us)
    const early = settings.ack === 'early'
    this.outcome.put(ordinal, (fails ? FAILS : 0) | (early ? EARLY : 0))
    sim.emit(this, CLIENT_FACTS.started, message, delivery)
    sim.after(us, this, 0, ordinal)
    if (early) this.answer(message, delivery, false)
  }

  private takeNext(): void {
    const { settings, jobs } = this
    while (
      !this.isCrashed &&
      this.waitingCount > 0 &&
      jobs.length < settings.concurrency * JOB_WORDS
    ) {
      const at = this.takenCount
      this.begin(this.buffered.get(at), this.bufferedDelivery.get(at))
    }
  }

  private answer(message: number, delivery: number, failed: boolean): void {
    if (isNoAck(delivery)) return
    const tag = tagOf(delivery)
    const link = this.links[this.linkOfTag.get(tag)]
    const channel = this.channelOfTag.get(tag)
    if (failed) link?.nack(message, tag, channel, this.settings.onFailure !== 'drop')
    else link?.ack(message, tag, channel)
  }

  private publishResult(parent: number): void {
    const { sim, outlets } = this
    const { records } = sim
    const body = (this.settings.output ?? '{body}').replaceAll('{body}', records.body(parent))
    const message = records.messages.addRow(
      sim.nowUs,
      records.strings.id(body),
      this.processedCount,
      records.messages.key(parent),
      -1,
      parent,
      this.node,
    )
    for (const outlet of outlets) {
      sim.emit(this, CLIENT_FACTS.published, message, outlet.pipe)
      outlet.send(message)
    }
  }

  private jobIndex(ordinal: number): number {
    for (let i = 2; i < this.jobs.length; i += JOB_WORDS) if (this.jobs[i] === ordinal) return i - 2
    return -1
  }

  private removeJob(delivery: number): boolean {
    for (let i = 1; i < this.jobs.length; i += JOB_WORDS) {
      if (this.jobs[i] === delivery) {
        this.jobs.splice(i - 1, JOB_WORDS)
        return true
      }
    }
    return false
  }
}
