/** What a member of a group speaks to: the broker of its topics and, where it commits in transactions, its own producer. */
import type { LogBroker, SeekTarget } from '../../brokers/log/broker.ts'
import type { Answer } from '../../brokers/log/share/sharing.ts'
import type { Attachment } from '../producer/producer.ts'
import type { OffsetsParcel } from './exactlyOnce/transactionalOutput.ts'

/** The consumer's end of its connection to the broker of its topics. */
export interface LogConnection {
  /** What batches are read from: a record that was sent never changes. */
  readonly broker: LogBroker
  join(incarnation: number): void
  /** Joins again and keeps some of what it has; row `Holding`. */
  rejoin(holdingRow: number): void
  heartbeat(generation: number): void
  poll(generation: number, lastBatch: number): void
  commit(generation: number, message: number, progress: number, offset: number): void
  /** consumer.seek, which asks nobody: the new position, or -1 if the partition is not its own any more. */
  seek(progress: number, to: SeekTarget): number
  leave(): void
  /** Puts offsets into the transaction of the member's producer (TxnOffsetCommit); row `TransactionOffsets`. */
  sendOffsets(row: number): void
  /** Answers one record, in a share group. */
  answer(message: number, progress: number, offset: number, how: Answer): void
  /** The process died: answers under way to it are lost. */
  hangUp(): void
}

/** Row of a member that joins again: its run, and the parts of the progresses that it keeps. */
export interface Holding {
  incarnation: number
  owned: number[]
}

/** Row behind `sendOffsets`: in which generation, and what. */
export interface TransactionOffsets {
  generation: number
  parcel: OffsetsParcel
}

/** The producer of a member that writes and commits in transactions. */
export interface Transactions extends Attachment {
  begin(): void
  commit(offsetsRow: number): void
  close(): void
  resend(): void
  receiveOffsetsAnswer(row: number, code: number): void
}
