/**
 * How a Kafka producer sends (kafka.apache.org/documentation, 3.3 Producer Configs): records are batched by
 * partition, batches go out as linger.ms, batch.size and max.in.flight allow, and what is not
 * acknowledged is sent again, until delivery.timeout.ms. With idempotence every batch has a sequence
 * number, and the batches of a partition are sent in order; without, a later one may overtake one that
 * is tried again. A record has the bytes of its key and value (Kafka adds some for each record and batch), none is
 * too large to be sent (max.request.size), there is no limit of memory (buffer.memory), and all leaders are reached
 * over one connection. A fetch of metadata takes no time.
 */
import { usFromMs } from '../../../base/time.ts'
import { utf8 } from '../../../base/utf8.ts'
import { LOG_ERRORS } from '../../../brokers/log/errors.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Random } from '../../../engine/random.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
import { PRODUCER_FACTS } from '../facts.ts'
import type { Attachment, BatchingSummary } from '../producer.ts'
import { Batches, hasRoom, type OpenBatch, type PendingBatch, type Room } from './batches.ts'
import {
  SENDER_DEFAULTS,
  type SenderConnection,
  type SendingClient,
  type SendingSettings,
} from './ends.ts'
import { type Identity, SENDER_FACTS } from './facts.ts'
import { TransactionState } from './transactionState.ts'

export const SENDER_TIMER = { linger: 0, timeout: 1, retry: 2 } as const
/** What becomes of the answer to a request. */
const FATE = { answered: 0, answerLost: 1 } as const

export class Sender implements Part, Attachment {
  readonly batches: Batches
  readonly transaction = new TransactionState()
  /** Its id and epoch, -1 while it has none. */
  id = -1
  epoch = -1
  isFenced = false
  connection: SenderConnection | null = null
  /** Partition that keyless records stick to. */
  private sticky = -1
  readonly sim: Simulation
  readonly node: number
  /** Whose records it sends, and the transactional id: the scenario's id of that. */
  readonly producer: SendingClient
  readonly client: string
  private readonly partitions: Random
  private readonly losses: Random
  private readonly aborts: Random

  private readonly settingsNow: () => SendingSettings

  constructor(
    sim: Simulation,
    node: number,
    client: string,
    link: string,
    producer: SendingClient,
    settings: () => SendingSettings,
  ) {
    const id = `${client}/${link}`
    this.sim = sim
    this.node = node
    this.producer = producer
    this.settingsNow = settings
    this.client = client
    this.batches = new Batches(sim.records, node)
    this.partitions = sim.random(`${id}/sticky`)
    this.losses = sim.random(`${id}/losses`)
    this.aborts = sim.random(`${id}/aborts`)
    sim.records.ints(node, 'producer').put(0, producer.node)
    sim.enlist(this)
  }

  private get settings(): SendingSettings {
    return this.settingsNow()
  }
  get isIdempotent(): boolean {
    const { idempotent, transaction } = this.settings
    return idempotent === true || transaction !== undefined
  }
  get isTransactional(): boolean {
    return this.settings.transaction !== undefined
  }
  /** -1 stands for all, which idempotence needs. */
  get acks(): 0 | 1 | -1 {
    const { acks = 'all' } = this.settings
    return this.isIdempotent || acks === 'all' ? -1 : acks === '1' ? 1 : 0
  }
  get transactionTimeoutUs(): number {
    const { transactionTimeoutMs = SENDER_DEFAULTS.transactionTimeoutMs } = this.settings
    return usFromMs(transactionTimeoutMs)
  }
  private get room(): Room {
    const { batchBytes, batchRecords } = this.settings
    return {
      records: batchRecords ?? Number.POSITIVE_INFINITY,
      bytes: batchBytes ?? SENDER_DEFAULTS.batchBytes,
    }
  }
  private get lingerUs(): number {
    return usFromMs(this.settings.lingerMs ?? SENDER_DEFAULTS.lingerMs)
  }
  private get maxInFlight(): number {
    return this.settings.maxInFlight ?? SENDER_DEFAULTS.maxInFlight
  }
  private get isReady(): boolean {
    return !this.isFenced && (!this.isIdempotent || this.id !== -1)
  }

  get awaiting(): number {
    let count = this.transaction.held.length
    for (const { messages } of this.batches.open) count += messages.length
    for (const { batch } of this.batches.pending) count += this.batches.countOf(batch)
    return count
  }

  get state(): BatchingSummary {
    const { batches, transaction } = this
    const { transaction: of } = this.settings
    let gathering = 0
    for (const { messages } of batches.open) gathering += messages.length
    return {
      gathering,
      inFlight: batches.inFlight,
      retrying: batches.pending.filter(({ request, attempts }) => request === -1 && attempts > 0)
        .length,
      held: transaction.held.length,
      id: this.id,
      epoch: this.epoch,
      isFenced: this.isFenced,
      transaction:
        of === undefined
          ? null
          : {
              records: transaction.count,
              of: of === Number.POSITIVE_INFINITY ? null : of,
              isEnding: transaction.isEnding,
              committed: transaction.committed,
              aborted: transaction.aborted,
            },
    }
  }

  // ——— its producer ———

  start(): void {
    if (this.isIdempotent) this.connection?.init()
  }
  onCrash(): void {
    this.sim.emit(this, SENDER_FACTS.forgotten, -1, -1)
  }
  onRestart(): void {
    this.start()
  }

  /** A record to be sent. */
  add(message: number): void {
    const { transaction } = this
    if (this.isTransactional && !transaction.takes(this.settings.transaction ?? 1)) {
      this.sim.emit(this, SENDER_FACTS.held, message, -1)
    } else this.batch(message)
    this.drain()
  }

  /** The last request is sent once more, as a network may do. */
  duplicate(): void {
    const { batches } = this
    const last = batches.requests - 1
    if (last < 0) return
    const batch = batches.batchOf(last)
    const request = batches.bookRequest(
      batch,
      batches.sequenceOf(last),
      batches.producerOf(last),
      batches.epochOf(last),
      FATE.answered,
    )
    const message = batches.firstOf(batch)
    this.sim.emit(this, SENDER_FACTS.duplicated, message, request)
    this.connection?.produce(message, batches.countOf(batch), request)
  }

  // ——— answers ———

  receiveId(id: number, epoch: number): void {
    if (this.producer.isCrashed) return
    const row: Identity = { id, epoch }
    this.sim.emit(this, SENDER_FACTS.initialized, -1, this.sim.records.row(row))
    this.drain()
  }

  receiveAnswer(request: number, code: number): void {
    const pending = this.batches.byRequest(request)
    if (!pending || this.producer.isCrashed) return
    const message = this.batches.firstOf(pending.batch)
    if (code === LOG_ERRORS.none) this.acknowledge(pending, request)
    else {
      this.sim.emit(this, SENDER_FACTS.refused, message, code)
      this.afterFailure(pending, code)
    }
    this.drain()
  }

  /** The link works again: what has no request timeout is asked once more. */
  reconnected(): void {
    const { transaction } = this
    if (this.producer.isCrashed) return
    if (this.isIdempotent && this.id === -1) this.start()
    if (transaction.isEnding) this.connection?.endTransaction(transaction.commits)
  }

  receiveTransactionEnd(code: number): void {
    const { transaction } = this
    if (this.producer.isCrashed || !transaction.isEnding) return
    if (code === LOG_ERRORS.invalidProducerEpoch) this.fence()
    if (code !== LOG_ERRORS.none) return
    this.sim.emit(this, SENDER_FACTS.transactionEnded, -1, transaction.commits ? 1 : 0)
    for (const message of transaction.release(this.settings.transaction ?? 1)) {
      this.batch(message)
    }
    this.drain()
  }

  due(kind: number, arg: number): void {
    if (this.producer.isCrashed) return
    if (kind === SENDER_TIMER.timeout) {
      const pending = this.batches.byRequest(arg)
      if (!pending) return
      const message = this.batches.firstOf(pending.batch)
      this.sim.emit(this, SENDER_FACTS.timedOut, message, pending.attempts)
      this.afterFailure(pending, LOG_ERRORS.networkException)
    }
    this.drain()
  }

  /** The answer to a request is about to leave the broker: whether it gets lost. */
  losesAnswer(request: number): boolean {
    if (this.batches.fateOf(request) !== FATE.answerLost) return false
    const message = this.batches.firstOf(this.batches.batchOf(request))
    this.sim.emit(this, SENDER_FACTS.answerLost, message, request)
    return true
  }

  // ——— batching ———

  private batch(message: number): void {
    const partition = this.partitionFor(message)
    this.sim.emit(this, SENDER_FACTS.batched, message, partition)
    if (this.lingerUs > 0) this.sim.after(this.lingerUs, this, SENDER_TIMER.linger)
  }

  private partitionFor(message: number): number {
    const { messages } = this.sim.records
    const topic = this.connection?.topic
    const { partition } = this.settings
    const count = topic?.partitions.length ?? 1
    if (partition !== undefined) return Math.min(partition, count - 1)
    const key = messages.key(message)
    if (key !== -1) return topic?.partitionOf(key, this.sim.records) ?? 0
    return this.stickTo(count, this.sizeOf(message))
  }

  /** Keyless records go to one partition until their batch is closed, then to another one (KIP-480). */
  private stickTo(count: number, bytes: number): number {
    if (count === 1) return 0
    const grows = this.batches.open.some(
      (open) => open.partition === this.sticky && hasRoom(open, bytes, this.room),
    )
    if (this.sticky !== -1 && grows) return this.sticky
    const other = this.partitions.below(this.sticky === -1 ? count : count - 1)
    return this.sticky === -1 || other < this.sticky ? other : other + 1
  }

  private isDue(batch: OpenBatch): boolean {
    const { openedUs, messages, bytes, partition } = batch
    const { room } = this
    const isFollowed = this.batches.open.findLast((each) => each.partition === partition) !== batch
    const isFull = isFollowed || messages.length >= room.records || bytes >= room.bytes
    return isFull || this.sim.nowUs - openedUs >= this.lingerUs || this.isFlushing
  }

  /** All records of the transaction are there: nothing lingers. */
  protected get isFlushing(): boolean {
    const { transaction } = this.settings
    return transaction !== undefined && this.transaction.count >= transaction
  }

  /** Sends what may be sent: first what is tried again, then what is full or has lingered. */
  protected drain(): void {
    if (!this.isReady || this.producer.isCrashed) return
    for (let next = this.nextPending(); next; next = this.nextPending()) this.send(next)
    this.endTransactionIfFlushed()
  }

  private nextPending(): PendingBatch | undefined {
    const { batches, maxInFlight, sim } = this
    if (batches.inFlight >= maxInFlight) return undefined
    const keepsOrder = this.isIdempotent || maxInFlight === 1
    const blocked = new Set<number>()
    for (const pending of batches.pending) {
      if (pending.request !== -1) continue
      const mayGo = pending.dueUs <= sim.nowUs && !blocked.has(pending.partition)
      if (mayGo) return pending
      if (keepsOrder) blocked.add(pending.partition)
    }
    const open = batches.open.find((each) => this.isDue(each) && !blocked.has(each.partition))
    if (!open) return undefined
    const batch = batches.bookBatch(open)
    sim.emit(this, SENDER_FACTS.batchClosed, open.messages[0] ?? -1, batch)
    return batches.pending.at(-1)
  }

  private send({ batch, sequence }: PendingBatch): void {
    const { batches, sim } = this
    const message = batches.firstOf(batch)
    const { lossRate = 0 } = this.settings
    const isLost = lossRate > 0 && this.losses.unit() < lossRate
    const losesAnswer = isLost && this.losses.unit() < 0.5
    const fate = losesAnswer ? FATE.answerLost : FATE.answered
    const request = batches.bookRequest(batch, sequence, this.id, this.epoch, fate)
    sim.emit(this, SENDER_FACTS.sent, message, request)
    const { requestTimeoutMs = SENDER_DEFAULTS.requestTimeoutMs } = this.settings
    if (this.acks === 0) sim.emit(this, SENDER_FACTS.unanswered, message, request)
    else sim.after(usFromMs(requestTimeoutMs), this, SENDER_TIMER.timeout, request)
    if (isLost && !losesAnswer) sim.emit(this, SENDER_FACTS.requestLost, message, request)
    else this.connection?.produce(message, batches.countOf(batch), request)
  }

  // ——— what becomes of a batch ———

  private acknowledge({ batch }: PendingBatch, request: number): void {
    const { batches, producer, sim } = this
    sim.emit(this, SENDER_FACTS.acknowledged, batches.firstOf(batch), request)
    for (const message of batches.messagesOf(batch)) {
      sim.emit(producer, PRODUCER_FACTS.confirmed, message, -1)
    }
  }

  private afterFailure(pending: PendingBatch, code: number): void {
    const { batches, settings, sim } = this
    if (code === LOG_ERRORS.invalidProducerEpoch && this.isTransactional) {
      this.fence()
      for (const { batch } of [...batches.pending]) this.giveUp(batch)
      return
    }
    const { retries = Number.POSITIVE_INFINITY, deliveryTimeoutMs, backoffMs } = settings
    const endUs =
      batches.bornUsOf(pending.batch) +
      usFromMs(deliveryTimeoutMs ?? SENDER_DEFAULTS.deliveryTimeoutMs)
    const isFatal = code === LOG_ERRORS.invalidRecord
    if (isFatal || pending.attempts > retries || sim.nowUs >= endUs) {
      this.giveUp(pending.batch)
      return
    }
    if (this.hasLostItsPlace(pending, code)) this.bumpEpoch()
    sim.after(usFromMs(backoffMs ?? SENDER_DEFAULTS.backoffMs), this, SENDER_TIMER.retry)
  }

  /** Another producer has its id, or its transaction took too long. */
  protected fence(): void {
    this.sim.emit(this, SENDER_FACTS.fenced, -1, -1)
  }

  private giveUp(batch: number): void {
    const { batches, producer, sim } = this
    const messages = batches.messagesOf(batch)
    const before = batches.pending.find((each) => each.batch === batch)?.attempts ?? 1
    sim.emit(this, SENDER_FACTS.gaveUp, messages[0] ?? -1, messages.length)
    for (const message of messages) sim.emit(producer, PRODUCER_FACTS.gaveUp, message, before)
    // What comes after it would be out of order for ever (KIP-360).
    if (this.isIdempotent && !this.isTransactional && !this.isFenced) this.bumpEpoch()
  }

  /** The broker waits for a batch that this producer does not have any more: what it had was lost. */
  private hasLostItsPlace({ batch, partition }: PendingBatch, code: number): boolean {
    const isOut = code === LOG_ERRORS.outOfOrderSequence || code === LOG_ERRORS.invalidProducerEpoch
    if (!isOut || this.isTransactional) return false
    const first = this.batches.pending.find((each) => each.partition === partition)
    return first?.batch === batch
  }

  private bumpEpoch(): void {
    this.sim.emit(this, SENDER_FACTS.epochBumped, -1, this.epoch + 1)
  }

  // ——— transactions ———

  private endTransactionIfFlushed(): void {
    const { batches, transaction } = this
    const isHeld = batches.open.length + batches.pending.length > 0
    if (this.isFlushing && !isHeld && !transaction.isEnding) this.flushed()
  }

  /** All its records are acknowledged or given up: the transaction ends. */
  protected flushed(): void {
    const { abortRate = 0 } = this.settings
    const { hasFailed } = this.transaction
    this.endTransaction(!hasFailed && !(abortRate > 0 && this.aborts.unit() < abortRate))
  }

  protected endTransaction(commits: boolean): void {
    this.sim.emit(this, SENDER_FACTS.transactionEnding, -1, commits ? 1 : 0)
    this.connection?.endTransaction(commits)
  }

  // ——— state ———

  apply(kind: number, message: number, aux: number): void {
    const { batches, sim, transaction } = this
    switch (kind) {
      case SENDER_FACTS.batched:
        this.applyBatched(message, aux)
        break
      case SENDER_FACTS.batchClosed:
        batches.applyClosed(message)
        break
      case SENDER_FACTS.sent:
        batches.applySent(aux)
        break
      case SENDER_FACTS.duplicated:
        batches.requests = aux + 1
        break
      case SENDER_FACTS.acknowledged:
      case SENDER_FACTS.unanswered:
        batches.applySettled(message)
        break
      case SENDER_FACTS.gaveUp:
        batches.applySettled(message)
        transaction.hasFailed = true
        break
      case SENDER_FACTS.refused:
      case SENDER_FACTS.timedOut:
        batches.applyBack(message, sim.nowUs + this.backoffUs)
        break
      case SENDER_FACTS.initialized: {
        const { id, epoch } = sim.records.rowAt<Identity>(aux)
        this.id = id
        this.epoch = epoch
        break
      }
      case SENDER_FACTS.epochBumped:
        this.epoch = aux
        batches.applyRenumbered()
        break
      case SENDER_FACTS.fenced:
        this.isFenced = true
        break
      case SENDER_FACTS.forgotten:
        batches.clear()
        transaction.clear()
        this.id = -1
        this.isFenced = false
        break
      default:
        transaction.apply(kind, message, aux)
    }
  }

  archive(io: Archive): void {
    this.id = io.int(this.id)
    this.epoch = io.int(this.epoch)
    this.isFenced = io.flag(this.isFenced)
    this.sticky = io.int(this.sticky)
    this.batches.archive(io)
    this.transaction.archive(io)
  }

  private get backoffUs(): number {
    return usFromMs(this.settings.backoffMs ?? SENDER_DEFAULTS.backoffMs)
  }

  private sizeOf(message: number): number {
    const { records } = this.sim
    const key = records.messages.key(message)
    return utf8(records.body(message)).length + (key === -1 ? 0 : utf8(records.key(message)).length)
  }

  private applyBatched(message: number, partition: number): void {
    const { batches, sim } = this
    if (this.isTransactional) this.transaction.applyTaken(message)
    if (sim.records.messages.key(message) === -1) this.sticky = partition
    batches.applyBatched(message, this.sizeOf(message), partition, this.room, sim.nowUs)
  }
}
