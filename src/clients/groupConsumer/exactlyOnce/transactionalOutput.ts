/**
 * What makes the output of a reader and its offsets one transaction, as a Kafka client does that consumes,
 * processes and produces exactly once (KIP-98, KIP-447): its records go out as they are made; when its batch is
 * done they are flushed, the offsets are sent into the transaction, and it commits. Whatever goes wrong before
 * that, a producer with the same transactional.id begins anew, which aborts what was open, and the reader begins
 * again where its group has committed. Only what goes to this one topic is in the transaction.
 */
import { usFromMs } from '../../../base/time.ts'
import { LOG_ERRORS } from '../../../brokers/log/errors.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { SENDER_DEFAULTS, type SendingClient } from '../../producer/batching/ends.ts'
import { SENDER_FACTS } from '../../producer/batching/facts.ts'
import { SENDER_TIMER, Sender } from '../../producer/batching/sender.ts'
import { type Offsets, TRANSACTIONAL_OUTPUT_FACTS } from './facts.ts'

/** The reader. */
export interface TransactionalReader extends SendingClient {
  readonly settings: { transactionTimeoutMs?: number }
  /** By the link that it reads from: its answer is `receiveOffsetsAnswer`. */
  sendOffsets(request: OffsetsParcel): void
  transactionCommitted(): void
  transactionFailed(code: number): void
}

/** What travels as one request. */
export interface OffsetsParcel extends Offsets {
  producer: number
  epoch: number
  /** Row of the offsets: the answer names it. */
  row: number
  transactionTimeoutUs: number
}

export class TransactionalOutput extends Sender {
  /** Row `Offsets` of the commit that is under way, -1 if there is none; whether the offsets are on their way. */
  private offsetsRow = -1
  private isSent = false
  /** Nothing has happened since its producer began. */
  private isNew = false
  /** Its process is gone, and the transaction that was open is not over. */
  private leftOpen = false
  private readonly reader: TransactionalReader

  constructor(
    sim: Simulation,
    node: number,
    client: string,
    link: string,
    reader: TransactionalReader,
  ) {
    super(sim, node, client, link, reader, () => ({
      transaction: Number.POSITIVE_INFINITY,
      transactionTimeoutMs:
        reader.settings.transactionTimeoutMs ?? SENDER_DEFAULTS.transactionTimeoutMs,
    }))
    this.reader = reader
  }

  /** initTransactions, unless it was just done: what is open is aborted. */
  begin(): void {
    if (this.isNew) return
    this.sim.emit(this, TRANSACTIONAL_OUTPUT_FACTS.renewed, -1, -1)
    this.start()
  }

  /** Everything made so far and these offsets (row `Offsets`) are committed together. */
  commit(row: number): void {
    this.sim.emit(this, TRANSACTIONAL_OUTPUT_FACTS.closing, -1, row)
    if (this.isFenced) this.reader.transactionFailed(LOG_ERRORS.invalidProducerEpoch)
    else this.drain()
  }

  /** The process ends in order: nothing stays open. */
  close(): void {
    if (this.transaction.count > 0 && !this.transaction.isEnding) this.endTransaction(false)
    this.sim.emit(this, TRANSACTIONAL_OUTPUT_FACTS.closed, -1, -1)
  }

  /** The link to the group works again. */
  resend(): void {
    if (this.isSent && !this.transaction.isEnding) this.sendOffsets()
  }

  receiveOffsetsAnswer(row: number, code: number): void {
    const { sim, transaction } = this
    if (row !== this.offsetsRow || !this.isSent || transaction.isEnding) return
    if (this.producer.isCrashed) return
    if (code === LOG_ERRORS.none) this.endTransaction(true)
    else if (code === LOG_ERRORS.concurrentTransactions) {
      sim.emit(this, TRANSACTIONAL_OUTPUT_FACTS.offsetsRefused, -1, code)
      sim.after(usFromMs(SENDER_DEFAULTS.backoffMs), this, SENDER_TIMER.retry)
    } else if (code === LOG_ERRORS.invalidProducerEpoch) this.fence()
    else this.reader.transactionFailed(code)
  }

  override receiveTransactionEnd(code: number): void {
    const { isEnding, commits } = this.transaction
    super.receiveTransactionEnd(code)
    if (code === LOG_ERRORS.none && isEnding && commits && !this.transaction.isEnding) {
      this.reader.transactionCommitted()
    }
  }

  protected override get isFlushing(): boolean {
    return this.offsetsRow !== -1 && !this.isSent
  }

  protected override flushed(): void {
    if (this.transaction.hasFailed) {
      this.reader.transactionFailed(LOG_ERRORS.networkException)
      return
    }
    const { progresses } = this.offsets
    this.sim.emit(this, TRANSACTIONAL_OUTPUT_FACTS.offsetsSent, -1, progresses.length)
    this.sendOffsets()
  }

  protected override fence(): void {
    super.fence()
    // While its batch is not done the reader hears of it at the commit.
    if (this.offsetsRow !== -1) this.reader.transactionFailed(LOG_ERRORS.invalidProducerEpoch)
  }

  private get offsets(): Offsets {
    return this.sim.records.rowAt<Offsets>(this.offsetsRow)
  }

  private sendOffsets(): void {
    const { id: producer, epoch, offsetsRow: row, transactionTimeoutUs } = this
    this.reader.sendOffsets({ ...this.offsets, producer, epoch, row, transactionTimeoutUs })
  }

  override apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case TRANSACTIONAL_OUTPUT_FACTS.renewed:
        this.abandon()
        this.isNew = true
        break
      case TRANSACTIONAL_OUTPUT_FACTS.closed:
        this.abandon()
        break
      case SENDER_FACTS.forgotten:
        this.forget()
        break
      case TRANSACTIONAL_OUTPUT_FACTS.closing:
        this.offsetsRow = aux
        this.isNew = false
        break
      case TRANSACTIONAL_OUTPUT_FACTS.offsetsSent:
        this.isSent = true
        break
      case TRANSACTIONAL_OUTPUT_FACTS.offsetsRefused:
        this.isSent = false
        break
      default:
        super.apply(kind, message, aux)
        if (kind === SENDER_FACTS.batched) this.isNew = false
        else if (kind === SENDER_FACTS.transactionEnded) this.endCommit()
    }
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.offsetsRow = io.int(this.offsetsRow)
    this.isSent = io.flag(this.isSent)
    this.isNew = io.flag(this.isNew)
    this.leftOpen = io.flag(this.leftOpen)
  }

  /** Whatever is open is aborted. */
  private abandon(): void {
    this.forget()
    if (this.leftOpen) this.transaction.aborted++
    this.leftOpen = false
  }

  private forget(): void {
    if (this.transaction.count > 0) this.leftOpen = true
    super.apply(SENDER_FACTS.forgotten, -1, -1)
    this.endCommit()
    this.isNew = false
  }

  private endCommit(): void {
    this.offsetsRow = -1
    this.isSent = false
  }
}
