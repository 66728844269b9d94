/**
 * What a consumer sends, to whom, and when again (docs.nats.io/nats-concepts/jetstream/consumers,
 * "AckWait", "MaxDeliver", "MaxAckPending", "BackOff"): first what is to be sent again, then what is new.
 */
import type { Simulation } from '../../../../engine/simulation.ts'
import { EXCEEDS, NATS_FACTS as FACTS } from '../facts.ts'
import type { Consumer, Pull, Waiting } from './consumer.ts'
import { Pace } from './pace.ts'

/** What goes with a message that a consumer sends. */
export interface Delivery {
  consumer: Consumer
  message: number
  streamSequence: number
  consumerSequence: number
  count: number
  /** Messages that are still to come. */
  pending: number
}

/** What JetStream tells besides messages ($JS.EVENT.ADVISORY.CONSUMER). */
export interface Advisory {
  type: 'nak' | 'terminated' | 'max_deliver'
  consumer: Consumer
  streamSequence: number
  deliveries: number
}

export interface DeliveryWire {
  /** To the deliver subject of a push consumer. */
  push(delivery: Delivery): void
  /** To the inbox of a pull. */
  pulled(pull: Pull, delivery: Delivery): void
  /** To the deliver subject of a push consumer: nothing is to be sent (100). */
  heartbeat(consumer: Consumer): void
  /** A pull is told why it gets nothing more: 404 nothing there, 408 it is over, 409 not here. */
  status(pull: Pull, code: number): void
  advise(advisory: Advisory): void
}

/** What sending asks of JetStream. */
interface SenderContext {
  sentForGood(consumer: Consumer, sequence: number): void
  abandon(consumer: Consumer): void
}

/** A message to be sent: its sequence and how often it will have been. */
interface Candidate {
  sequence: number
  count: number
}

/** Timers of a consumer; those of its pace come after them. */
export const CONSUMER_TIMER = { ackWait: 0, pullExpires: 1 } as const

function exceeds(what: keyof typeof EXCEEDS): number {
  return EXCEEDS[what] * 1000 + 409
}

export class Sender {
  private readonly sim: Simulation
  private readonly wire: DeliveryWire
  private readonly jetStream: SenderContext
  readonly pace: Pace
  constructor(sim: Simulation, wire: DeliveryWire, jetStream: SenderContext) {
    this.sim = sim
    this.wire = wire
    this.jetStream = jetStream
    this.pace = new Pace(sim, {
      dispatch: (consumer) => this.dispatch(consumer),
      heartbeat: (consumer) => {
        sim.emit(consumer, FACTS.heartbeat, -1, -1)
        wire.heartbeat(consumer)
      },
      endOneShots: (consumer) => this.endOneShots(consumer),
      abandon: (consumer) => jetStream.abandon(consumer),
    })
  }

  /**
   * Sends while there is something to send and someone to send it to. A push consumer hears only afterwards
   * that nobody listens any more, because a subscription had enough (`loopAndGatherMsgs`).
   */
  dispatch(consumer: Consumer): void {
    if (this.sim.nowUs < consumer.held.untilUs) return
    let left = consumer.pendingCount
    const pushes = consumer.isPush && consumer.isActive
    while (pushes || consumer.waiting.length > 0) {
      const candidate = this.next(consumer)
      if (candidate === null) break
      const { held } = consumer
      if (candidate.sequence === held.sequence) this.send(consumer, candidate, held.left)
      else {
        if (candidate.count === 1) left = Math.max(0, left - 1)
        this.send(consumer, candidate, left)
      }
    }
    if (this.sim.nowUs < consumer.held.untilUs) return
    if (this.pace.rests(consumer)) this.sim.emit(consumer, FACTS.caughtUp, -1, -1)
    if (!consumer.isStalled) this.endOneShots(consumer)
  }

  /** A pull (docs.nats.io, "Pull Consumers"). */
  pull(consumer: Consumer, pull: Pull): void {
    const refusal = this.whyRefused(consumer, pull)
    if (refusal !== 0) {
      this.sim.emit(consumer, FACTS.pullRefused, -1, refusal)
      this.wire.status(pull, refusal % 1000)
      return
    }
    const row = this.sim.records.row(pull)
    this.sim.emit(consumer, FACTS.pullStarted, -1, row)
    if (pull.expiresUs > 0) {
      const inUs = pull.expiresUs - this.sim.nowUs
      this.sim.after(inUs, consumer, CONSUMER_TIMER.pullExpires, row)
    }
    this.dispatch(consumer)
  }

  /** The client of these pulls is gone. */
  dropPulls(consumer: Consumer, client: string): void {
    for (const { row } of [...consumer.waiting]) {
      if (consumer.pullAt(row).client === client) {
        this.sim.emit(consumer, FACTS.pullDropped, -1, row)
      }
    }
  }

  due(consumer: Consumer, timer: number, arg: number): void {
    if (!consumer.alive) return
    if (timer === CONSUMER_TIMER.ackWait) this.checkPending(consumer)
    else if (timer !== CONSUMER_TIMER.pullExpires) this.pace.due(consumer, timer, arg)
    else if (consumer.waiting.some(({ row }) => row === arg)) this.endPull(consumer, arg)
  }

  /** Looks when something unsettled is due next. */
  watch(consumer: Consumer, inUs: number): void {
    this.sim.after(Math.max(0, inUs), consumer, CONSUMER_TIMER.ackWait)
  }

  /** Queues again what was not settled in time; what the stream has lost is forgotten. */
  private checkPending(consumer: Consumer): void {
    const { stream, pending } = consumer
    const { nowUs } = this.sim
    const late: number[] = []
    for (const [sequence, { sinceUs }] of pending) {
      if (sequence < stream.first) this.sim.emit(consumer, FACTS.vanished, -1, sequence)
      else if (nowUs - sinceUs >= consumer.ackWaitUs(sequence)) late.push(sequence)
    }
    const fresh = late.filter((sequence) => !consumer.queue.includes(sequence))
    for (const sequence of fresh.sort((a, b) => a - b)) {
      this.sim.emit(consumer, FACTS.ackWaitOver, stream.messageAt(sequence), sequence)
    }
    if (fresh.length > 0) this.dispatch(consumer)
  }

  /** Status of a refusal and what it exceeds, 0 if there is none: with no_wait a pull learns at once that nothing is there for it. */
  private whyRefused(consumer: Consumer, { batch, noWait, expiresUs }: Pull): number {
    const { waiting, queue, config } = consumer
    if (consumer.isPush) return 409
    const { maxRequestBatch, maxRequestExpiresUs } = config
    const waitUs = expiresUs === 0 ? 0 : expiresUs - this.sim.nowUs
    if (maxRequestExpiresUs && waitUs > maxRequestExpiresUs) return exceeds('expires')
    if (maxRequestBatch && batch > maxRequestBatch) return exceeds('batch')
    const there = consumer.pendingCount + queue.length
    if (noWait && there === 0 && expiresUs === 0) return 404
    const asked = waiting.reduce((sum, { left }) => sum + left, 0)
    if (noWait && there > 0 && there < asked) return 408
    return waiting.length >= config.maxWaiting ? exceeds('maxWaiting') : 0
  }

  private next(consumer: Consumer): Candidate | null {
    if (consumer.held.sequence !== 0) return { sequence: consumer.held.sequence, count: 1 }
    while (consumer.queue.length > 0) {
      const candidate = this.nextAgain(consumer)
      if (candidate !== 'gave up') return candidate
    }
    if (consumer.isStalled) return null
    const { stream, config } = consumer
    const from = consumer.lasts[0] ?? consumer.nextStream
    const sequence = stream.next(config.filterSubject, from)
    if (consumer.lasts.length > 0) this.sim.emit(consumer, FACTS.lastTaken, -1, -1)
    if (sequence !== 0 && this.pace.holds(consumer, sequence)) return null
    if (sequence !== 0) return { sequence, count: 1 }
    if (stream.last >= consumer.nextStream) {
      this.sim.emit(consumer, FACTS.skipped, -1, stream.last + 1)
    }
    return null
  }

  /** The head of those to be sent again, unless max deliver is reached. */
  private nextAgain(consumer: Consumer): Candidate | 'gave up' | null {
    const { stream, config } = consumer
    const sequence = consumer.queue[0] as number
    const count = (consumer.again.get(sequence) ?? 0) + 2
    if (config.maxDeliver > 0 && count > config.maxDeliver) {
      this.sim.emit(consumer, FACTS.gaveUp, stream.messageAt(sequence), sequence)
      if (count === config.maxDeliver + 1) {
        const deliveries = count - 1
        this.wire.advise({ type: 'max_deliver', consumer, streamSequence: sequence, deliveries })
      }
      return 'gave up'
    }
    if (stream.has(sequence)) return { sequence, count }
    this.sim.emit(consumer, FACTS.vanished, -1, sequence)
    return null
  }

  private send(consumer: Consumer, { sequence, count }: Candidate, pending: number): void {
    const waiting = consumer.isPush ? null : (consumer.waiting[0] as Waiting)
    const message = consumer.stream.messageAt(sequence)
    const consumerSequence = consumer.book(sequence, count, waiting?.row ?? -1)
    this.sim.emit(consumer, FACTS.sent, message, consumerSequence)
    if (consumer.config.ackPolicy !== 'none') this.watch(consumer, consumer.ackWaitUs(sequence))
    const delivery: Delivery = {
      consumer,
      message,
      streamSequence: sequence,
      consumerSequence,
      count,
      pending,
    }
    if (waiting) this.wire.pulled(consumer.pullAt(waiting.row), delivery)
    else this.wire.push(delivery)
    if (consumer.config.ackPolicy === 'none') this.jetStream.sentForGood(consumer, sequence)
  }

  /** Pulls that do not wait are over once they got something and nothing more is there. */
  private endOneShots(consumer: Consumer): void {
    for (const { row, sent } of [...consumer.waiting]) {
      if (sent > 0 && consumer.pullAt(row).noWait) this.endPull(consumer, row)
    }
  }

  private endPull(consumer: Consumer, row: number): void {
    this.sim.emit(consumer, FACTS.pullTimedOut, -1, row)
    this.wire.status(consumer.pullAt(row), 408)
  }
}
