/**
 * JetStream: streams that keep what is published to their subjects, and consumers that read them
 * (docs.nats.io/nats-concepts/jetstream). It has the operations of the API of a 2.9 server.
 */
import { must } from '../../../../base/assert.ts'
import { type Archive, archiveAll } from '../../../../engine/archive.ts'
import type { Part, Simulation } from '../../../../engine/simulation.ts'
import { JetStreamError, type JS_ERRORS } from '../errors.ts'
import { NATS_FACTS as FACTS, STREAM_GONE } from '../facts.ts'
import { isSubsetOf, overlaps } from '../subjects.ts'
import {
  type ConsumerConfig,
  checkConsumer,
  checkStream,
  consumerConfig,
  mayBecome,
  type StreamConfig,
  streamConfig,
} from './config.ts'
import { Consumer, type ConsumerRow, type Pull } from './consumer.ts'
import { type DeliveryWire, Sender } from './delivery.ts'
import { type PubAck, Retention } from './retention.ts'
import { startOf } from './start.ts'
import { Stream, type StreamRow } from './stream.ts'

/** Who listens: what JetStream asks of the server around it. */
export interface JetStreamContext extends DeliveryWire {
  readonly sim: Simulation
  /** The part that creations are facts about. */
  readonly part: Part
  /** Whether someone listens to a subject, in this queue group if one is named. */
  hasInterest(subject: string, group: string): boolean
  /** Whether anyone listens to a subject, by whatever pattern. */
  isListenedTo(subject: string): boolean
}

export type AckKind = 'ack' | 'nak' | 'term' | 'progress'

/** After a restart, pending messages are looked at this soon, or after ack wait if that is shorter. */
const RECOVERY_US = 1_000_000

export class JetStream {
  /** All there have ever been. */
  readonly streams: Stream[] = []
  readonly consumers: Consumer[] = []
  private readonly sender: Sender
  private readonly retention: Retention
  private readonly context: JetStreamContext
  private readonly sim: Simulation

  constructor(context: JetStreamContext) {
    this.context = context
    this.sim = context.sim
    this.sender = new Sender(context.sim, context, this)
    this.retention = new Retention(this, context)
  }

  // ——— streams ———

  stream(name: string): Stream | undefined {
    return this.streams.find((stream) => stream.alive && stream.name === name)
  }
  mustStream(name: string): Stream {
    return this.stream(name) ?? refuse('streamNotFound')
  }
  /** The stream that keeps what is published to a subject. */
  streamOf(subject: string): Stream | undefined {
    return this.streams.find((stream) => stream.alive && stream.matches(subject))
  }

  /** STREAM.CREATE; the same again is fine, different is refused. */
  createStream(name: string, given: Partial<StreamConfig>, part?: number): Stream {
    const config = streamConfig({ subjects: [name], ...given })
    checkStream(name, config)
    const known = this.stream(name)
    if (known) return isSame(known.config, config) ? known : refuse('streamNameExists')
    for (const other of this.streams) {
      if (other.alive && collide(other.config, config)) refuse('subjectsOverlap')
    }
    const row: StreamRow = { part: part ?? this.sim.nextNode(), name, config }
    this.sim.emit(this.context.part, FACTS.streamCreated, -1, this.sim.records.row(row))
    return must(this.streams.at(-1), 'the stream just created')
  }

  deleteStream(name: string): void {
    this.dropStream(this.mustStream(name), STREAM_GONE.deleted)
  }

  /** A message published to a subject of a stream. */
  store(stream: Stream, message: number): PubAck {
    const ack = this.retention.store(stream, message)
    if (ack.error === undefined && !ack.duplicate && stream.has(ack.sequence)) {
      this.signal(stream, stream.subjectAt(ack.sequence))
    }
    return ack
  }

  /** STREAM.MSG.GET by sequence. */
  get(name: string, sequence: number): number {
    if (sequence === 0) refuse('badRequest')
    return this.mustStream(name).has(sequence) ? sequence : refuse('noMessageFound')
  }
  /** STREAM.MSG.GET of the last message of a subject. */
  getLast(name: string, subject: string): number {
    return this.mustStream(name).lastOfEach(subject).at(-1) ?? refuse('noMessageFound')
  }
  deleteMessage(name: string, sequence: number): void {
    const stream = this.mustStream(name)
    if (stream.config.denyDelete) refuse('messageDeleteFailed')
    if (!stream.has(sequence)) {
      refuse(stream.config.storage === 'memory' ? 'sequenceNotFound' : 'messageDeleteFailed')
    }
    this.retention.remove(stream, sequence, FACTS.deleted)
  }

  /** STREAM.PURGE, all or what a filter, a sequence or a number to keep leaves. Returns how many went. */
  purge(name: string, filter = '', before = 0, keep: number | null = null): number {
    return this.retention.purge(this.mustStream(name), filter, before, keep)
  }

  // ——— consumers ———

  consumersOf(stream: Stream): Consumer[] {
    return this.consumers.filter((consumer) => consumer.alive && consumer.stream === stream)
  }
  consumer(stream: Stream, name: string): Consumer | undefined {
    return this.consumersOf(stream).find((consumer) => consumer.name === name)
  }
  mustConsumer(streamName: string, name: string): Consumer {
    return this.consumer(this.mustStream(streamName), name) ?? refuse('consumerNotFound')
  }

  /** CONSUMER.DURABLE.CREATE; an existing one is changed where that is allowed. */
  createConsumer(
    streamName: string,
    name: string,
    given: Partial<ConsumerConfig>,
    part?: number,
  ): Consumer {
    const stream = this.mustStream(streamName)
    const config = consumerConfig(given)
    checkConsumer(config, stream.config)
    const known = this.consumer(stream, name)
    if (known) return this.updateConsumer(known, config)
    if (name === '' || /[.*>\s]/.test(name)) refuse('badDurableName')
    const { maxConsumers } = stream.config
    const others = this.consumersOf(stream)
    if (maxConsumers > 0 && others.length >= maxConsumers) refuse('maximumConsumers')
    if (stream.config.retention === 'workqueue') checkWorkQueue(config, others)
    const row: ConsumerRow = {
      part: part ?? this.sim.nextNode(),
      name,
      stream: stream.node,
      config,
      ...startOf(stream, config),
    }
    this.sim.emit(this.context.part, FACTS.consumerCreated, -1, this.sim.records.row(row))
    const consumer = must(this.consumers.at(-1), 'the consumer just created')
    this.updateInterest(consumer)
    this.sender.pace.begin(consumer)
    return consumer
  }

  deleteConsumer(streamName: string, name: string): void {
    this.abandon(this.mustConsumer(streamName, name))
  }

  /** It goes, because someone deletes it or because nobody uses it. */
  abandon(consumer: Consumer): void {
    for (const { row } of consumer.waiting) this.context.status(consumer.pullAt(row), 409)
    this.sim.emit(consumer, FACTS.consumerDeleted, -1, -1)
    this.retention.consumerGone(consumer)
  }

  /** CONSUMER.MSG.NEXT */
  pull(consumer: Consumer, pull: Pull): void {
    this.sender.pull(consumer, pull)
  }

  /** What a client says of a delivery (docs.nats.io, "Acknowledgement models"). */
  answer(consumer: Consumer, consumerSequence: number, kind: AckKind, delayUs = 0): void {
    if (consumerSequence < 1 || consumerSequence >= consumer.nextConsumer) return
    if (kind === 'ack') this.acknowledge(consumer, consumerSequence, FACTS.acked)
    else if (kind === 'nak') this.negative(consumer, consumerSequence, delayUs)
    else if (kind === 'progress') this.progress(consumer, consumerSequence)
    else {
      this.acknowledge(consumer, consumerSequence, FACTS.terminated)
      this.advise('terminated', consumer, consumerSequence)
    }
  }

  // ——— what happens around ———

  /** Someone began or ceased to listen somewhere. */
  interestChanged(): void {
    for (const consumer of this.consumers) if (consumer.alive) this.updateInterest(consumer)
  }

  disconnected(client: string): void {
    for (const consumer of this.consumers) {
      if (consumer.alive) this.sender.dropPulls(consumer, client)
    }
  }

  /** Memory streams are gone; consumers of the others know what was sent and settled, not who waited. */
  restart(): void {
    for (const stream of this.streams) {
      if (stream.alive && stream.config.storage === 'memory') {
        this.dropStream(stream, STREAM_GONE.memory)
      }
    }
    for (const consumer of this.consumers) {
      if (!consumer.alive) continue
      this.sim.emit(consumer, FACTS.recovered, -1, -1)
      const { ackWaitUs } = consumer.config
      if (consumer.pending.size > 0) this.sender.watch(consumer, Math.min(RECOVERY_US, ackWaitUs))
    }
  }

  /** A message was sent to a consumer that acknowledges nothing. */
  sentForGood(consumer: Consumer, sequence: number): void {
    this.retention.settled(consumer, sequence)
  }

  /** A consumer's message is settled because the stream lost it. */
  forget(consumer: Consumer, sequence: number): void {
    const deliveries = consumer.sentAgain ? (consumer.again.get(sequence) ?? 0) : 1
    const message = consumer.stream.messageAt(sequence)
    const wasStalled = consumer.isStalled
    this.sim.emit(consumer, FACTS.removedUnsettled, message, sequence)
    this.context.advise({ type: 'terminated', consumer, streamSequence: sequence, deliveries })
    if (wasStalled) this.sender.dispatch(consumer)
  }

  applyCreated(kind: number, row: number): void {
    if (kind === FACTS.streamCreated) this.streams.push(this.makeStream(row))
    else this.consumers.push(this.makeConsumer(row))
  }

  archive(io: Archive): void {
    const save = (part: Part) => part.archive(io)
    const row = (part: { row: number }) => part.row
    const drop = (part: Part) => this.sim.delist(part)
    archiveAll(io, this.streams, row, (r) => this.makeStream(r), save, drop)
    archiveAll(io, this.consumers, row, (r) => this.makeConsumer(r), save, drop)
  }

  // ——— inside ———

  private makeStream(row: number): Stream {
    return new Stream(this.sim, row, this.retention, this.sim.records.rowAt<StreamRow>(row))
  }
  private makeConsumer(row: number): Consumer {
    const created = this.sim.records.rowAt<ConsumerRow>(row)
    const stream = this.sim.parts[created.stream] as Stream
    return new Consumer(this.sim, row, created, stream, this.sender)
  }

  private updateConsumer(consumer: Consumer, config: ConsumerConfig): Consumer {
    if (isSame(consumer.config, config)) return consumer
    if (!mayBecome(consumer.config, config)) refuse('consumerCreate')
    const { deliverSubject } = consumer.config
    // Who still listens to the old deliver subject would get nothing more (`checkNewConsumerConfig`).
    if (deliverSubject !== config.deliverSubject && this.context.isListenedTo(deliverSubject)) {
      refuse('consumerNameExists')
    }
    const { inactiveThresholdUs } = consumer.config
    this.sim.emit(consumer, FACTS.consumerUpdated, -1, this.sim.records.row(config))
    if (inactiveThresholdUs !== config.inactiveThresholdUs) this.sender.pace.watchUse(consumer)
    this.updateInterest(consumer)
    this.sender.dispatch(consumer)
    return consumer
  }

  private updateInterest(consumer: Consumer): void {
    if (!consumer.isPush) return
    const { deliverSubject, deliverGroup } = consumer.config
    const isThere = this.context.hasInterest(deliverSubject, deliverGroup)
    if (isThere === consumer.isActive) return
    this.sim.emit(consumer, isThere ? FACTS.interestGained : FACTS.interestLost, -1, -1)
    if (isThere) this.sender.dispatch(consumer)
    else this.sender.pace.watchUse(consumer)
  }

  private signal(stream: Stream, subject: string): void {
    for (const consumer of this.consumersOf(stream)) {
      if (consumer.takes(subject)) this.sender.dispatch(consumer)
    }
  }

  private acknowledge(consumer: Consumer, consumerSequence: number, kind: number): void {
    const { stream, config } = consumer
    if (config.ackPolicy === 'none') return
    const sequence = consumer.streamSequenceOf(consumerSequence)
    const wasStalled = consumer.isStalled
    const floor = consumer.floorStream
    this.sim.emit(consumer, kind, stream.messageAt(sequence), consumerSequence)
    const from = config.ackPolicy === 'all' ? floor + 1 : sequence
    for (let at = from; at <= sequence; at++) this.retention.settled(consumer, at)
    if (wasStalled) this.sender.dispatch(consumer)
  }

  private negative(consumer: Consumer, consumerSequence: number, delayUs: number): void {
    if (consumerSequence <= consumer.floorConsumer) return
    const sequence = consumer.streamSequenceOf(consumerSequence)
    if (consumer.pending.size > 0 && !consumer.pending.has(sequence)) return
    this.advise('nak', consumer, consumerSequence)
    const message = consumer.stream.messageAt(sequence)
    if (delayUs > 0) {
      const row = this.sim.records.row({ consumerSequence, delayUs })
      this.sim.emit(consumer, FACTS.nakedLater, message, row)
      this.sender.watch(consumer, delayUs)
      return
    }
    this.sim.emit(consumer, FACTS.naked, message, consumerSequence)
    this.sender.dispatch(consumer)
  }

  private progress(consumer: Consumer, consumerSequence: number): void {
    const sequence = consumer.streamSequenceOf(consumerSequence)
    if (!consumer.pending.has(sequence)) return
    const message = consumer.stream.messageAt(sequence)
    this.sim.emit(consumer, FACTS.inProgress, message, consumerSequence)
    this.sender.watch(consumer, consumer.ackWaitUs(sequence))
  }

  private advise(type: 'nak' | 'terminated', consumer: Consumer, consumerSequence: number): void {
    this.context.advise({
      type,
      consumer,
      streamSequence: consumer.streamSequenceOf(consumerSequence),
      deliveries: consumer.countOf(consumerSequence),
    })
  }

  private dropStream(stream: Stream, why: number): void {
    for (const consumer of this.consumersOf(stream)) {
      this.sim.emit(consumer, FACTS.consumerDeleted, -1, -1)
    }
    this.sim.emit(stream, FACTS.streamDeleted, -1, why)
  }
}

function refuse(which: keyof typeof JS_ERRORS): never {
  throw new JetStreamError(which)
}

function collide(a: StreamConfig, b: StreamConfig): boolean {
  return a.subjects.some((x) => b.subjects.some((y) => overlaps(x, y)))
}

function isSame(a: object, b: object): boolean {
  return JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())
}

/** A work queue gives each message to one consumer: their filters may not overlap. */
function checkWorkQueue(config: ConsumerConfig, others: readonly Consumer[]): void {
  if (config.ackPolicy !== 'explicit') refuse('workQueueExplicitAck')
  if (others.length > 0 && config.filterSubject === '') refuse('workQueueUnfiltered')
  const isUnique = others.every(
    ({ config: { filterSubject } }) =>
      filterSubject !== '' && !isOverlap(filterSubject, config.filterSubject),
  )
  if (!isUnique) refuse('workQueueNotUnique')
  if (config.deliverPolicy !== 'all') refuse('workQueueDeliverAll')
}

/** The server looks whether one contains the other. */
function isOverlap(a: string, b: string): boolean {
  return isSubsetOf(a, b) || isSubsetOf(b, a)
}
