/**
 * Timers that lie far ahead, when there are more than a sorted array likes: a binary heap by (time,
 * order). Equal times come out by their orders, the least first.
 */
import type { Archive } from './archive.ts'

/** Words of a timer: kind << 16 | part, arg. */
export const WORDS = 2

export class TimerHeap {
  size = 0
  private times = new Float64Array(64)
  private orders = new Float64Array(64)
  private words = new Int32Array(64 * WORDS)

  /** When the earliest is due; Infinity if there is none. */
  get nextUs(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : (this.times[0] as number)
  }

  /** Head (0) or arg (1) of the earliest. */
  word(which: number): number {
    return this.words[which] as number
  }

  add(atUs: number, order: number, head: number, arg: number): void {
    if (this.size === this.times.length) this.grow()
    let at = this.size++
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!this.isBefore(atUs, order, above)) break
      this.move(above, at)
      at = above
    }
    this.times[at] = atUs
    this.orders[at] = order
    this.words[at * WORDS] = head
    this.words[at * WORDS + 1] = arg
  }

  /** Takes the earliest off. */
  pop(): void {
    const last = --this.size
    const atUs = this.times[last] as number
    const order = this.orders[last] as number
    let at = 0
    for (let below = 1; below < last; below = 2 * at + 1) {
      if (below + 1 < last && this.isLess(below + 1, below)) below++
      if (this.isBefore(atUs, order, below)) break
      this.move(below, at)
      at = below
    }
    this.move(last, at)
  }

  archive(io: Archive): void {
    this.size = io.int(this.size)
    while (this.times.length < this.size) this.grow()
    for (let at = 0; at < this.size; at++) {
      this.times[at] = io.int(this.times[at] as number)
      this.orders[at] = io.int(this.orders[at] as number)
      for (let w = at * WORDS; w < (at + 1) * WORDS; w++) {
        this.words[w] = io.int(this.words[w] as number)
      }
    }
  }

  private isBefore(atUs: number, order: number, other: number): boolean {
    const otherUs = this.times[other] as number
    return atUs < otherUs || (atUs === otherUs && order < (this.orders[other] as number))
  }

  private isLess(one: number, other: number): boolean {
    return this.isBefore(this.times[one] as number, this.orders[one] as number, other)
  }

  private move(from: number, to: number): void {
    this.times[to] = this.times[from] as number
    this.orders[to] = this.orders[from] as number
    this.words[to * WORDS] = this.words[from * WORDS] as number
    this.words[to * WORDS + 1] = this.words[from * WORDS + 1] as number
  }

  private grow(): void {
    const capacity = this.times.length * 2
    const times = new Float64Array(capacity)
    const orders = new Float64Array(capacity)
    const words = new Int32Array(capacity * WORDS)
    times.set(this.times)
    orders.set(this.orders)
    words.set(this.words)
    this.times = times
    this.orders = orders
    this.words = words
  }
}
