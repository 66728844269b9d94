/**
 * A JetStream consumer (docs.nats.io/nats-concepts/jetstream/consumers): how far it has read its stream,
 * what is sent and not yet settled, what is to be sent again, and who waits for messages. It keeps the
 * books; `delivery.ts` decides.
 */
import type { IntColumn } from '../../../../base/column.ts'
import type { Archive } from '../../../../engine/archive.ts'
import type { Records } from '../../../../engine/records.ts'
import type { Part, Simulation } from '../../../../engine/simulation.ts'
import { NATS_FACTS as FACTS } from '../facts.ts'
import { hasWildcard, isSubsetOf, matchesSubject } from '../subjects.ts'
import type { ConsumerConfig } from './config.ts'
import type { Stream } from './stream.ts'

/** Row behind `consumerCreated`. */
export interface ConsumerRow {
  part: number
  name: string
  stream: number
  config: ConsumerConfig
  /** Stream sequence that it begins with. */
  start: number
  /** Deliver policy "last per subject": the sequences with which it begins, and where it goes on. */
  lasts: readonly number[]
  resume: number
}

/** Row behind `pullStarted`: a request for messages. */
export interface Pull {
  client: string
  /** Where its messages are to arrive. */
  inbox: string
  batch: number
  /** It does not wait for messages that are not there yet. */
  noWait: boolean
  /** When it ends at the latest; 0 = never. */
  expiresUs: number
}

/** Row behind `nakedLater`. */
export interface Delay {
  consumerSequence: number
  delayUs: number
}

/** Row behind `held`. */
export interface Held {
  sequence: number
  untilUs: number
  /** Messages still to come behind it, as told when it is sent. */
  left: number
}

/** A sent message that is not settled. */
export interface Pending {
  /** Consumer sequence of its first delivery. */
  first: number
  /** Since when ack wait runs. */
  sinceUs: number
}

/** A pull that waits. */
export interface Waiting {
  row: number
  left: number
  sent: number
}

/** What its clients do with it besides asking. */
const ANSWERS: ReadonlySet<number> = new Set([
  FACTS.acked,
  FACTS.naked,
  FACTS.nakedLater,
  FACTS.inProgress,
  FACTS.terminated,
])

/** Whom its timers are for. */
interface Timed {
  due(consumer: Consumer, timer: number, arg: number): void
}

export class Consumer implements Part {
  alive = true
  config: ConsumerConfig
  /** The next consumer sequence and the next stream sequence. */
  nextConsumer = 1
  nextStream: number
  /** All up to here is settled. */
  floorConsumer = 0
  floorStream: number
  /** One after the greatest stream sequence sent so far: what survives a restart. */
  private reached: number
  /** Not settled, by stream sequence. */
  readonly pending = new Map<number, Pending>()
  /** How often each was sent again, by stream sequence. */
  readonly again = new Map<number, number>()
  ackedCount = 0
  redeliveredCount = 0
  gaveUpCount = 0
  /** Whether it has ever sent anything again. */
  sentAgain = false
  /** Stream sequences to be sent again, in this order. */
  readonly queue: number[] = []
  /** Sequences that it still begins with (last per subject). */
  readonly lasts: number[]
  /** Those who wait, next one first. */
  readonly waiting: Waiting[] = []
  /** Push: whether someone listens. */
  isActive = false
  /** Replay policy "original": whether it still sends at the pace of the publishers. */
  isReplaying: boolean
  /** Replay policy "original": which message waits (0 if none), and how long. */
  readonly held: Held = { sequence: 0, untilUs: 0, left: 0 }
  /** Since when it sent nothing, and when someone last used it. */
  quietSinceUs: number
  usedUs: number
  /** Three words a delivery, by consumer sequence: stream sequence, delivery count, row of the pull. */
  private readonly log: IntColumn
  readonly node: number
  readonly name: string
  readonly row: number
  readonly stream: Stream
  /** The last sequence of the stream when it was made. */
  readonly resume: number
  private readonly sender: Timed
  private readonly sim: Simulation
  private readonly records: Records

  constructor(sim: Simulation, row: number, created: ConsumerRow, stream: Stream, sender: Timed) {
    this.sim = sim
    this.sender = sender
    this.records = sim.records
    this.node = created.part
    this.name = created.name
    this.row = row
    this.stream = stream
    this.config = created.config
    this.nextStream = created.start
    this.reached = created.start
    this.floorStream = 0
    this.lasts = [...created.lasts]
    this.resume = created.resume
    this.quietSinceUs = sim.nowUs
    this.usedUs = sim.nowUs
    this.isReplaying = created.config.replayOriginal === true
    this.log = sim.records.ints(created.part, 'deliveries')
    sim.enlist(this)
  }

  get isPush(): boolean {
    return this.config.deliverSubject !== ''
  }
  /** Whether a purge of a subject concerns it: without a filter any does, else what lies within the filter. */
  isPurgedBy(subject: string): boolean {
    const { filterSubject } = this.config
    if (filterSubject === '' || filterSubject === subject) return true
    return hasWildcard(filterSubject) && subject !== '' && isSubsetOf(subject, filterSubject)
  }

  takes(subject: string): boolean {
    const { filterSubject } = this.config
    return filterSubject === '' || matchesSubject(filterSubject, subject)
  }
  streamSequenceOf(consumerSequence: number): number {
    return this.log.get(consumerSequence * 3)
  }
  countOf(consumerSequence: number): number {
    return this.log.get(consumerSequence * 3 + 1)
  }
  pullAt(row: number): Pull {
    return this.records.rowAt<Pull>(row)
  }
  get isStalled(): boolean {
    const { maxAckPending, ackPolicy } = this.config
    return ackPolicy !== 'none' && maxAckPending > 0 && this.pending.size >= maxAckPending
  }

  /** Messages that it has still to be sent for the first time. */
  get pendingCount(): number {
    const { deliverPolicy, filterSubject } = this.config
    if (deliverPolicy !== 'last_per_subject') {
      return this.stream.countFrom(filterSubject, this.nextStream)
    }
    return this.stream.lastOfEach(filterSubject).filter((last) => last >= this.nextStream).length
  }

  /** How long a message may stay unsettled; with backoff it depends on how often it was sent. */
  ackWaitUs(streamSequence: number): number {
    const { ackWaitUs, backoffUs } = this.config
    if (backoffUs.length === 0) return ackWaitUs
    const step = Math.min(this.again.get(streamSequence) ?? 0, backoffUs.length - 1)
    return backoffUs[step] as number
  }

  /** Whether the stream must keep a message for this consumer. */
  needs(sequence: number, subject: string): boolean {
    if (!this.takes(subject) || sequence <= this.floorStream) return false
    if (this.config.ackPolicy !== 'explicit') return true
    return sequence >= this.nextStream || this.pending.has(sequence)
  }

  /** Writes a delivery down, before the fact that sends it. Returns its consumer sequence. */
  book(streamSequence: number, count: number, pull: number): number {
    const at = this.nextConsumer * 3
    this.log.put(at, streamSequence)
    this.log.put(at + 1, count)
    this.log.put(at + 2, pull)
    return this.nextConsumer
  }

  due(timer: number, arg: number): void {
    this.sender.due(this, timer, arg)
  }

  apply(kind: number, _message: number, aux: number): void {
    if (ANSWERS.has(kind)) this.usedUs = this.sim.nowUs
    switch (kind) {
      case FACTS.sent:
        this.applySent(aux)
        break
      case FACTS.skipped:
        this.nextStream = aux
        break
      case FACTS.lastTaken:
        this.lasts.shift()
        if (this.lasts.length === 0) this.nextStream = this.resume
        break
      case FACTS.acked:
      case FACTS.terminated:
        if (kind === FACTS.acked) this.ackedCount++
        this.settle(this.streamSequenceOf(aux), aux)
        break
      case FACTS.removedUnsettled:
        this.settle(aux, this.pending.get(aux)?.first ?? 0)
        break
      case FACTS.naked:
        this.requeue(this.streamSequenceOf(aux))
        break
      case FACTS.nakedLater: {
        const { consumerSequence, delayUs } = this.records.rowAt<Delay>(aux)
        const sequence = this.streamSequenceOf(consumerSequence)
        this.unqueue(sequence)
        this.startClock(sequence, this.sim.nowUs - this.config.ackWaitUs + delayUs)
        break
      }
      case FACTS.inProgress:
        this.startClock(this.streamSequenceOf(aux), this.sim.nowUs)
        break
      case FACTS.ackWaitOver:
        this.requeue(aux)
        this.startClock(aux, this.sim.nowUs)
        break
      case FACTS.gaveUp:
        this.queue.shift()
        this.gaveUpCount++
        this.again.set(aux, (this.again.get(aux) ?? 0) + 1)
        this.sentAgain = true
        this.pending.delete(aux)
        break
      case FACTS.vanished:
        this.unqueue(aux)
        this.again.delete(aux)
        this.pending.delete(aux)
        break
      default:
        this.applyRare(kind, aux)
    }
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.isActive = io.flag(this.isActive)
    this.isReplaying = io.flag(this.isReplaying)
    this.sentAgain = io.flag(this.sentAgain)
    this.ackedCount = io.int(this.ackedCount)
    this.redeliveredCount = io.int(this.redeliveredCount)
    this.gaveUpCount = io.int(this.gaveUpCount)
    this.nextConsumer = io.int(this.nextConsumer)
    this.nextStream = io.int(this.nextStream)
    this.floorConsumer = io.int(this.floorConsumer)
    this.floorStream = io.int(this.floorStream)
    this.reached = io.int(this.reached)
    this.configRow = io.int(this.configRow)
    this.held.sequence = io.int(this.held.sequence)
    this.held.untilUs = io.int(this.held.untilUs)
    this.held.left = io.int(this.held.left)
    this.quietSinceUs = io.int(this.quietSinceUs)
    this.usedUs = io.int(this.usedUs)
    io.list(this.queue)
    io.list(this.lasts)
    const waiting = this.waiting.flatMap(({ row, left, sent }) => [row, left, sent])
    const pending = [...this.pending].flatMap(([at, { first, sinceUs }]) => [at, first, sinceUs])
    const again = [...this.again].flat()
    for (const list of [waiting, pending, again]) io.list(list)
    if (io.loading) this.restore(waiting, pending, again)
  }

  /** Row of the settings after a change, -1 before. */
  private configRow = -1

  private restore(waiting: number[], pending: number[], again: number[]): void {
    const created = this.records.rowAt<ConsumerRow>(this.row).config
    this.config = this.configRow === -1 ? created : this.records.rowAt(this.configRow)
    this.waiting.length = 0
    for (const [row, left, sent] of chunks(waiting, 3) as [number, number, number][]) {
      this.waiting.push({ row, left, sent })
    }
    this.pending.clear()
    for (const [at, first, sinceUs] of chunks(pending, 3) as [number, number, number][]) {
      this.pending.set(at, { first, sinceUs })
    }
    this.again.clear()
    for (const [at, times] of chunks(again, 2) as [number, number][]) this.again.set(at, times)
  }

  private applyRare(kind: number, aux: number): void {
    switch (kind) {
      case FACTS.consumerUpdated:
        this.configRow = aux
        this.config = this.records.rowAt(aux)
        break
      case FACTS.consumerDeleted:
        this.alive = false
        break
      case FACTS.interestGained:
        this.isActive = true
        break
      case FACTS.interestLost:
        this.isActive = false
        this.usedUs = this.sim.nowUs
        break
      case FACTS.held: {
        const held = this.records.rowAt<Held>(aux)
        Object.assign(this.held, held)
        this.nextStream = Math.max(this.nextStream, held.sequence + 1)
        break
      }
      case FACTS.caughtUp:
        this.isReplaying = false
        break
      case FACTS.heartbeat:
        this.quietSinceUs = this.sim.nowUs
        break
      case FACTS.pullRefused:
        // A pull that found nothing is use, one that asks for too much is not.
        if (aux === 404) this.usedUs = this.sim.nowUs
        break
      case FACTS.pullStarted:
        this.usedUs = this.sim.nowUs
        this.waiting.push({ row: aux, left: this.pullAt(aux).batch, sent: 0 })
        break
      case FACTS.pullTimedOut:
      case FACTS.pullDropped:
        this.waiting.splice(
          this.waiting.findIndex(({ row }) => row === aux),
          1,
        )
        break
      case FACTS.purgedTo:
        this.applyPurged(aux)
        break
      case FACTS.recovered:
        this.quietSinceUs = this.sim.nowUs
        this.waiting.length = 0
        this.queue.length = 0
        this.lasts.length = 0
        this.isActive = false
        this.nextStream = this.reached
        this.floorStream = Math.min(this.floorStream, this.reached - 1)
        break
    }
  }

  private applySent(consumerSequence: number): void {
    const sequence = this.streamSequenceOf(consumerSequence)
    const count = this.countOf(consumerSequence)
    if (count > 1) {
      this.redeliveredCount++
      this.again.set(sequence, count - 1)
      this.sentAgain = true
      this.unqueue(sequence)
    } else {
      this.nextStream = Math.max(this.nextStream, sequence + 1)
    }
    this.reached = Math.max(this.reached, sequence + 1)
    this.nextConsumer = consumerSequence + 1
    this.quietSinceUs = this.sim.nowUs
    this.held.sequence = 0
    if (this.config.ackPolicy === 'none') {
      this.floorConsumer = consumerSequence
      this.floorStream = sequence
    } else {
      const known = this.pending.get(sequence)
      if (known) known.sinceUs = this.sim.nowUs
      else this.pending.set(sequence, { first: consumerSequence, sinceUs: this.sim.nowUs })
    }
    this.serve(this.log.get(consumerSequence * 3 + 2))
  }

  /** A pull got one more: it goes to the back, or is over. */
  private serve(row: number): void {
    const at = this.waiting.findIndex((waiting) => waiting.row === row)
    const waiting = this.waiting[at]
    if (!waiting) return
    waiting.left--
    waiting.sent++
    this.waiting.splice(at, 1)
    if (waiting.left > 0) this.waiting.push(waiting)
  }

  /**
   * A message is settled. Explicitly: it alone, and the floor rises as far as nothing before it is open.
   * With ack policy "all": everything up to it.
   */
  private settle(sequence: number, consumerSequence: number): void {
    if (this.config.ackPolicy === 'all') {
      this.settleUpTo(sequence, consumerSequence)
      return
    }
    const known = this.pending.get(sequence)
    this.pending.delete(sequence)
    const first = known?.first ?? consumerSequence
    if (this.pending.size === 0) {
      this.floorConsumer = this.nextConsumer - 1
      this.floorStream = this.nextStream - 1
    } else if (first === this.floorConsumer + 1) {
      this.floorConsumer = first
      this.floorStream = sequence
      this.raiseFloor(sequence)
    }
    this.again.delete(sequence)
    this.unqueue(sequence)
  }

  private settleUpTo(sequence: number, consumerSequence: number): void {
    if (consumerSequence <= this.floorConsumer || sequence <= this.floorStream) return
    for (const at of [...this.pending.keys(), ...this.again.keys()]) {
      if (at > sequence || at <= this.floorStream) continue
      this.pending.delete(at)
      this.again.delete(at)
      this.unqueue(at)
    }
    this.floorConsumer = consumerSequence
    this.floorStream = sequence
  }

  private raiseFloor(sequence: number): void {
    let next = Number.POSITIVE_INFINITY
    for (const at of this.pending.keys()) if (at > sequence && at < next) next = at
    const open = this.pending.get(next)
    if (!open || next >= this.nextStream) return
    this.floorConsumer = open.first - 1
    this.floorStream = next - 1
  }

  private requeue(sequence: number): void {
    if (!this.queue.includes(sequence)) this.queue.push(sequence)
  }

  private unqueue(sequence: number): void {
    const at = this.queue.indexOf(sequence)
    if (at !== -1) this.queue.splice(at, 1)
  }

  private startClock(sequence: number, sinceUs: number): void {
    const pending = this.pending.get(sequence)
    if (pending) pending.sinceUs = sinceUs
  }

  private applyPurged(first: number): void {
    this.nextStream = Math.max(this.nextStream, first)
    this.reached = Math.max(this.reached, first)
    if (this.floorStream < first) {
      this.floorStream = first - 1
      this.floorConsumer = this.nextConsumer - 1
    }
    this.pending.clear()
    const kept = this.queue.filter((sequence) => sequence >= this.nextStream)
    this.queue.splice(0, this.queue.length, ...kept)
  }
}

function chunks(list: readonly number[], size: number): number[][] {
  const found: number[][] = []
  for (let i = 0; i < list.length; i += size) found.push(list.slice(i, i + size))
  return found
}
