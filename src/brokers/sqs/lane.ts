/**
 * Messages that can be received, in the order in which they became available: all of a standard queue, or
 * those of one message group. A lane is an append-only column with a cursor, and the few entries below
 * the cursor that are available again or were passed over.
 */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'

/** Nobody has received it yet. */
export const NEVER_RECEIVED = -1

export class Lane {
  /** Interned message group; -1 in a standard queue. */
  readonly group: number
  tail = 0
  /** Entries from here on were never taken nor passed over. */
  next = 0
  /** Messages of it that are in flight: a message group with any is locked. */
  inFlight = 0
  /** Pairs: entry, its last receipt. Ascending by entry. */
  private readonly back: number[] = []
  /** Position in the queue of each entry. */
  private readonly positions: IntColumn

  constructor(group: number, positions: IntColumn) {
    this.group = group
    this.positions = positions
  }

  get available(): number {
    return this.back.length / 2 + this.tail - this.next
  }

  /** Writes down what the next entry stands for, before the fact that adds it. Returns the entry. */
  book(position: number): number {
    this.positions.put(this.tail, position)
    return this.tail
  }

  /** Adds the entry that is booked. Called while a fact is applied. */
  add(): void {
    this.tail++
  }

  positionOf(entry: number): number {
    return this.positions.get(entry)
  }

  /** The entry that is `place` places behind the first available one. */
  entryAt(place: number): number {
    const waiting = this.back.length / 2
    return place < waiting ? (this.back[place * 2] as number) : this.next + place - waiting
  }

  /** The receipt of the last time that an available entry was received. */
  receiptOf(entry: number): number {
    const at = this.placeInBack(entry)
    return at < this.back.length && this.back[at] === entry
      ? (this.back[at + 1] as number)
      : NEVER_RECEIVED
  }

  isAvailable(entry: number): boolean {
    if (entry >= this.next) return entry < this.tail
    return this.back[this.placeInBack(entry)] === entry
  }

  /** Takes an available entry out. Called while a fact is applied. */
  take(entry: number): void {
    if (entry < this.next) {
      this.back.splice(this.placeInBack(entry), 2)
      return
    }
    for (let passed = this.next; passed < entry; passed++) this.back.push(passed, NEVER_RECEIVED)
    this.next = entry + 1
  }

  /** An entry is available again, at its old place. Called while a fact is applied. */
  putBack(entry: number, receipt: number): void {
    this.back.splice(this.placeInBack(entry), 0, entry, receipt)
  }

  /** Everything is gone. Called while a fact is applied. */
  clear(): void {
    this.back.length = 0
    this.next = this.tail
    this.inFlight = 0
  }

  archive(io: Archive): void {
    this.tail = io.int(this.tail)
    this.next = io.int(this.next)
    this.inFlight = io.int(this.inFlight)
    io.list(this.back)
  }

  /** Where an entry lies in `back`, or would lie. */
  private placeInBack(entry: number): number {
    let low = 0
    let high = this.back.length / 2
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.back[middle * 2] as number) < entry) low = middle + 1
      else high = middle
    }
    return low * 2
  }
}
