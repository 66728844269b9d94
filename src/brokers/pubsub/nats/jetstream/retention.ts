/**
 * What a stream takes, and what makes a message go (docs.nats.io/nats-concepts/jetstream/streams,
 * "Retention policies", "Discard policies", "Deduplication"; headers: "JetStream headers").
 */
import type { Simulation } from '../../../../engine/simulation.ts'
import { JetStreamError, JS_ERRORS } from '../errors.ts'
import { NATS_FACTS as FACTS } from '../facts.ts'
import type { Consumer } from './consumer.ts'
import { payloadBytes } from './size.ts'
import { MESSAGE_ID, type NatsProps, type Stream } from './stream.ts'

/** The answer to a publisher. */
export interface PubAck {
  stream: Stream
  sequence: number
  duplicate: boolean
  error?: keyof typeof JS_ERRORS
}

/** What retention asks of JetStream. */
export interface RetentionContext {
  consumersOf(stream: Stream): Consumer[]
  forget(consumer: Consumer, sequence: number): void
}

export class Retention {
  private readonly jetStream: RetentionContext
  private readonly sim: Simulation

  constructor(jetStream: RetentionContext, { sim }: { sim: Simulation }) {
    this.jetStream = jetStream
    this.sim = sim
  }

  store(stream: Stream, message: number): PubAck {
    const headers = this.headersOf(message)
    const error = this.whyRefusedEarly(stream, headers)
    if (error) return this.refuse(stream, message, error)
    const earlier =
      headers[MESSAGE_ID] === undefined ? -1 : stream.sequenceOfId(String(headers[MESSAGE_ID]))
    if (earlier !== -1) {
      this.sim.emit(stream, FACTS.duplicate, message, earlier)
      return { stream, sequence: earlier, duplicate: true }
    }
    const late = this.whyRefused(stream, message, headers)
    if (late) return this.refuse(stream, message, late)
    if (this.isOfNoInterest(stream, this.sim.records.key(message))) {
      const sequence = stream.book(message, false)
      this.sim.emit(stream, FACTS.passedOver, message, sequence)
      return { stream, sequence, duplicate: false }
    }
    if (this.isFull(stream, message)) return this.refuse(stream, message, 'storeFailed')
    const sequence = stream.book(message, true)
    this.sim.emit(stream, FACTS.stored, message, sequence)
    this.enforceLimits(stream, message)
    if (stream.config.maxAgeUs > 0) this.sim.after(stream.config.maxAgeUs, stream, 0)
    this.rollUp(stream, headers['Nats-Rollup'], this.sim.records.key(message))
    return { stream, sequence, duplicate: false }
  }

  /** A message leaves the stream; consumers that had not settled it take it as settled. */
  remove(stream: Stream, sequence: number, why: number): void {
    this.sim.emit(stream, why, stream.messageAt(sequence), sequence)
    for (const consumer of this.jetStream.consumersOf(stream)) {
      if (consumer.pending.has(sequence)) this.jetStream.forget(consumer, sequence)
    }
  }

  /** Messages that are too old. */
  expire(stream: Stream): void {
    const { maxAgeUs } = stream.config
    while (stream.count > 0 && this.sim.nowUs - stream.storedUs(stream.first) >= maxAgeUs) {
      this.remove(stream, stream.first, FACTS.expired)
    }
  }

  /** A consumer has settled a message: it goes if nobody else needs it. */
  settled(consumer: Consumer, sequence: number): void {
    const { stream } = consumer
    if (stream.config.retention === 'limits' || !stream.has(sequence)) return
    if (stream.config.retention === 'interest' && this.isNeeded(stream, sequence, consumer)) return
    this.remove(stream, sequence, FACTS.settled)
  }

  /** With interest retention a consumer that goes takes along what only it was interested in. */
  consumerGone(gone: Consumer): void {
    const { stream } = gone
    if (stream.config.retention !== 'interest') return
    for (let at = Math.max(gone.floorStream, stream.first); at <= stream.last; at++) {
      if (stream.has(at) && !this.isNeeded(stream, at, gone)) this.remove(stream, at, FACTS.settled)
    }
  }

  /** One that says how many to keep is no plain one, even if it says none (2.9): filtered consumers stay as they are. */
  purge(stream: Stream, filter: string, before: number, given: number | null): number {
    const keep = given ?? 0
    if (stream.config.denyPurge || (before > 1 && keep > 0)) throw new JetStreamError('purgeFailed')
    const isAll = filter === '' || filter === '>'
    const unsettled = this.unsettledOf(stream)
    const purged = isAll
      ? this.purgeAll(stream, before, keep)
      : this.purgeMatching(stream, filter, before, keep)
    const first = isAll ? stream.first : stream.next(filter, stream.first)
    const isPlain = isAll && before === 0 && given === null
    for (const consumer of this.jetStream.consumersOf(stream)) {
      if (!isPlain && !consumer.isPurgedBy(filter)) continue
      this.sim.emit(consumer, FACTS.purgedTo, -1, first === 0 ? stream.last + 1 : first)
    }
    // A file store takes messages away without telling consumers (`fileStore.PurgeEx`).
    if (!isAll && stream.config.storage === 'memory') this.forgetGone(stream, unsettled)
    return purged
  }

  private unsettledOf(stream: Stream): [Consumer, readonly number[]][] {
    const consumers = this.jetStream.consumersOf(stream)
    return consumers.map((consumer) => [consumer, [...consumer.pending.keys()]])
  }

  /** Consumers hear of each message that they had not settled once all are gone. */
  private forgetGone(stream: Stream, unsettled: [Consumer, readonly number[]][]): void {
    for (const [consumer, sequences] of unsettled) {
      for (const at of sequences) if (!stream.has(at)) this.jetStream.forget(consumer, at)
    }
  }

  private purgeAll(stream: Stream, before: number, keep: number): number {
    const { count, last, config } = stream
    const isPartial = before > 1 || keep > 0
    if (keep > 0 && keep >= count) return 0
    const first = before > 1 ? before : last - keep + 1
    // A memory stream of 2.9 wants the message at which it is to begin.
    if (isPartial && first <= last && !stream.has(first) && config.storage === 'memory') {
      throw new JetStreamError('streamGeneral')
    }
    if (first > stream.first) this.sim.emit(stream, FACTS.purged, -1, first)
    return count - stream.count
  }

  private purgeMatching(stream: Stream, filter: string, before: number, keep: number): number {
    const matching = stream.matching(filter)
    const gone = matching
      .slice(0, Math.max(0, matching.length - keep))
      .filter((sequence) => before <= 1 || sequence < before)
    for (const sequence of gone) {
      if (!stream.has(sequence)) continue
      this.sim.emit(stream, FACTS.deleted, stream.messageAt(sequence), sequence)
    }
    return gone.length
  }

  private refuse(stream: Stream, message: number, error: keyof typeof JS_ERRORS): PubAck {
    this.sim.emit(stream, FACTS.refused, message, JS_ERRORS[error][0])
    return { stream, sequence: 0, duplicate: false, error }
  }

  private headersOf(message: number): Readonly<Record<string, string>> {
    const props = this.sim.records.messages.props(message)
    return props === -1 ? {} : (this.sim.records.rowAt<Partial<NatsProps>>(props).headers ?? {})
  }

  private whyRefusedEarly(stream: Stream, headers: Readonly<Record<string, string>>) {
    const expected = headers['Nats-Expected-Stream']
    return expected !== undefined && expected !== stream.name ? 'streamNotMatch' : null
  }

  /** What a writer may demand (docs.nats.io, "Optimistic concurrency"), and the size of a message. */
  private whyRefused(
    stream: Stream,
    message: number,
    headers: Readonly<Record<string, string>>,
  ): keyof typeof JS_ERRORS | null {
    const ofSubject = headers['Nats-Expected-Last-Subject-Sequence']
    if (ofSubject !== undefined) {
      const last = stream.sequencesOf(this.sim.records.key(message)).at(-1) ?? 0
      if (last !== Number(ofSubject)) return 'wrongLastSequence'
    }
    const last = headers['Nats-Expected-Last-Sequence']
    if (last !== undefined && Number(last) !== stream.last) return 'wrongLastSequence'
    const id = headers['Nats-Expected-Last-Msg-Id']
    if (id !== undefined && id !== '' && id !== this.sim.records.strings.text(stream.lastId)) {
      return 'wrongLastMessageId'
    }
    if (headers['Nats-Rollup'] !== undefined && !stream.config.allowRollup) return 'rollupFailed'
    const { maxMessageSize } = stream.config
    const isLarge = maxMessageSize > 0 && payloadBytes(this.sim.records, message) > maxMessageSize
    return isLarge ? 'messageTooLarge' : null
  }

  /** Interest retention keeps nothing that no consumer wants. */
  private isOfNoInterest(stream: Stream, subject: string): boolean {
    if (stream.config.retention !== 'interest') return false
    return !this.jetStream.consumersOf(stream).some((consumer) => consumer.takes(subject))
  }

  private isNeeded(stream: Stream, sequence: number, except: Consumer): boolean {
    const subject = stream.subjectAt(sequence)
    return this.jetStream
      .consumersOf(stream)
      .some((consumer) => consumer !== except && consumer.needs(sequence, subject))
  }

  /** Discard new: whether there is no room, unless the message takes the place of one of its subject. */
  private isFull(stream: Stream, message: number): boolean {
    const { discard, discardNewPerSubject, maxMessages, maxMessagesPerSubject, maxBytes } =
      stream.config
    if (discard !== 'new') return false
    const ofSubject = stream.sequencesOf(this.sim.records.key(message))
    const replaces = maxMessagesPerSubject > 0 && ofSubject.length >= maxMessagesPerSubject
    if (replaces && discardNewPerSubject) return true
    if (maxMessages > 0 && stream.count >= maxMessages && !replaces) return true
    const bytes = payloadBytes(this.sim.records, message)
    if (maxBytes <= 0 || stream.bytes + bytes < maxBytes) return false
    const oldest = ofSubject[0]
    return !replaces || oldest === undefined || stream.sizeOf(stream.messageAt(oldest)) < bytes
  }

  private enforceLimits(stream: Stream, message: number): void {
    const { maxMessages, maxMessagesPerSubject, maxBytes } = stream.config
    if (maxMessagesPerSubject > 0) {
      const ofSubject = stream.sequencesOf(this.sim.records.key(message))
      while (ofSubject.length > maxMessagesPerSubject) {
        this.remove(stream, ofSubject[0] as number, FACTS.limited)
      }
    }
    while (maxMessages > 0 && stream.count > maxMessages) {
      this.remove(stream, stream.first, FACTS.limited)
    }
    while (maxBytes > 0 && stream.bytes > maxBytes && stream.count > 0) {
      this.remove(stream, stream.first, FACTS.limited)
    }
  }

  /** Nats-Rollup: the message takes the place of all before it, or of those of its subject. */
  private rollUp(stream: Stream, what: string | undefined, subject: string): void {
    if (what === 'sub') this.purge(stream, subject, 0, 1)
    else if (what === 'all') this.purge(stream, '', 0, 1)
  }
}
