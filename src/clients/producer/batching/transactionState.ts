/** Where a producer is in its transactions: how many records the present one has, and what waits for the next. */
import type { Archive } from '../../../engine/archive.ts'
import { SENDER_FACTS } from './facts.ts'

export class TransactionState {
  /** Records of the present transaction. */
  count = 0
  hasFailed = false
  isEnding = false
  /** How it ends. */
  commits = false
  /** Transactions that were committed and aborted. */
  committed = 0
  aborted = 0
  readonly held: number[] = []

  /** Whether one more record fits in. */
  takes(most: number): boolean {
    return !this.isEnding && this.count < most && this.held.length === 0
  }

  /** The records of the next transaction, taken off those that wait. */
  release(most: number): number[] {
    return this.held.slice(0, most)
  }

  clear(): void {
    this.count = 0
    this.hasFailed = false
    this.isEnding = false
    this.held.length = 0
  }

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case SENDER_FACTS.held:
        this.held.push(message)
        break
      case SENDER_FACTS.transactionEnding:
        this.isEnding = true
        this.commits = aux === 1
        break
      case SENDER_FACTS.transactionEnded:
        if (aux === 1) this.committed++
        else this.aborted++
        this.count = 0
        this.hasFailed = false
        this.isEnding = false
        break
    }
  }

  /** A record that waited is in the present transaction now. */
  applyTaken(message: number): void {
    if (this.held[0] === message) this.held.shift()
    this.count++
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
    this.hasFailed = io.flag(this.hasFailed)
    this.isEnding = io.flag(this.isEnding)
    this.commits = io.flag(this.commits)
    this.committed = io.int(this.committed)
    this.aborted = io.int(this.aborted)
    io.list(this.held)
  }
}
