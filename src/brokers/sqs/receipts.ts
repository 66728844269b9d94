/** Receipts: one a time that a message is received, written once. A receipt handle is the number of one. */
import type { IntColumn } from '../../base/column.ts'
import type { Records } from '../../engine/records.ts'

const WORDS = 5

export interface Receipt {
  /** Position of the message in its queue. */
  position: number
  lane: number
  /** Its entry in the lane. */
  entry: number
  /** How often it has been received, this time included (ApproximateReceiveCount). */
  count: number
  /** Part of the client that received it. */
  by: number
}

export class Receipts {
  private readonly words: IntColumn

  constructor(records: Records, node: number) {
    this.words = records.ints(node, 'receipts')
  }

  write(receipt: number, { position, lane, entry, count, by }: Receipt): void {
    const w = receipt * WORDS
    this.words.put(w, position)
    this.words.put(w + 1, lane)
    this.words.put(w + 2, entry)
    this.words.put(w + 3, count)
    this.words.put(w + 4, by)
  }

  position(receipt: number): number {
    return this.words.get(receipt * WORDS)
  }
  lane(receipt: number): number {
    return this.words.get(receipt * WORDS + 1)
  }
  entry(receipt: number): number {
    return this.words.get(receipt * WORDS + 2)
  }
  count(receipt: number): number {
    return this.words.get(receipt * WORDS + 3)
  }
  by(receipt: number): number {
    return this.words.get(receipt * WORDS + 4)
  }
}
