/**
 * Which delivery tags of a channel are still unacknowledged: a window from the oldest open tag to the
 * next new one, with a bit for each tag settled out of order.
 */
import type { Archive } from '../../engine/archive.ts'

export class TagWindow {
  /** All tags below are settled. Tags start at 1, as RabbitMQ's do. */
  floor = 1
  /** The next delivery gets this tag. */
  next = 1
  /** Open tags. */
  open = 0
  /** A bit for each tag from the floor on, in a place of its own, and what is left of a tag to find that. */
  private settledBits = new Uint8Array(64)
  private mask = 63

  /** Opens the next tag and returns it. */
  take(): number {
    const tag = this.next
    if (tag - this.floor > this.mask) this.grow()
    this.settledBits[tag & this.mask] = 0
    this.next = tag + 1
    this.open++
    return tag
  }

  /** Takes a tag that is settled from the start (deliveries without acknowledgement). */
  takeSettled(): number {
    const tag = this.take()
    this.settle(tag)
    return tag
  }

  isOpen(tag: number): boolean {
    if (tag < this.floor || tag >= this.next) return false
    return this.settledBits[tag & this.mask] === 0
  }

  /** Settles a tag; returns whether it was open. */
  settleOpen(tag: number): boolean {
    if (!this.isOpen(tag)) return false
    this.settle(tag)
    return true
  }

  settle(tag: number): void {
    this.open--
    if (tag !== this.floor) {
      this.settledBits[tag & this.mask] = 1
      return
    }
    let floor = tag + 1
    while (floor < this.next && this.settledBits[floor & this.mask] === 1) floor++
    this.floor = floor
  }

  /** Opens a settled tag again: a rolled back transaction gives acknowledgements back. */
  reopen(tag: number): void {
    const floor = Math.min(this.floor, tag)
    while (this.next - floor > this.settledBits.length) this.grow()
    const { mask } = this
    for (let passed = floor; passed < this.floor; passed++) this.settledBits[passed & mask] = 1
    this.floor = floor
    this.settledBits[tag & mask] = 0
    this.open++
  }

  /** Open tags up to and including `last`, oldest first. */
  openUpTo(last: number): number[] {
    const tags: number[] = []
    for (let tag = this.floor; tag <= last && tag < this.next; tag++) {
      if (this.isOpen(tag)) tags.push(tag)
    }
    return tags
  }

  archive(io: Archive): void {
    this.floor = io.int(this.floor)
    this.next = io.int(this.next)
    this.open = io.int(this.open)
    while (this.next - this.floor > this.settledBits.length) this.grow()
    const { mask } = this
    // Thirty-two tags a word, so that a large window stays a small checkpoint.
    for (let first = this.floor; first < this.next; first += 32) {
      let word = 0
      const end = Math.min(first + 32, this.next)
      for (let tag = first; tag < end; tag++) {
        if (this.settledBits[tag & mask] === 1) word |= 1 << (tag - first)
      }
      word = io.int(word)
      for (let tag = first; tag < end; tag++) {
        this.settledBits[tag & mask] = (word >>> (tag - first)) & 1
      }
    }
  }

  private grow(): void {
    const old = this.settledBits
    const bits = new Uint8Array(old.length * 2)
    for (let tag = this.floor; tag < this.next; tag++) {
      bits[tag & (bits.length - 1)] = old[tag & (old.length - 1)] as number
    }
    this.settledBits = bits
    this.mask = bits.length - 1
  }
}
