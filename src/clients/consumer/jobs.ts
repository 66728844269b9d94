/** The work that a consumer has in progress, oldest first: rows of numbers, as many as it works on at once. */
import type { Archive } from '../../engine/archive.ts'

/** Words of a job: message, delivery, start ordinal. */
const WORDS = 3

export class Jobs {
  count = 0
  private words = new Int32Array(WORDS)
  private starts = new Float64Array(1)

  message(index: number): number {
    return this.words[index * WORDS] as number
  }
  delivery(index: number): number {
    return this.words[index * WORDS + 1] as number
  }
  ordinal(index: number): number {
    return this.words[index * WORDS + 2] as number
  }
  startedUs(index: number): number {
    return this.starts[index] as number
  }

  /** Index of the job that was begun as number `ordinal`, -1 if it is not in progress. */
  indexOf(ordinal: number): number {
    for (let i = 0; i < this.count; i++) if (this.ordinal(i) === ordinal) return i
    return -1
  }

  add(message: number, delivery: number, ordinal: number, startedUs: number): void {
    const index = this.count
    if (index === this.starts.length) this.grow()
    this.words[index * WORDS] = message
    this.words[index * WORDS + 1] = delivery
    this.words[index * WORDS + 2] = ordinal
    this.starts[index] = startedUs
    this.count++
  }

  /** Takes off the job of a delivery; returns whether there was one. */
  remove(message: number, delivery: number): boolean {
    for (let i = 0; i < this.count; i++) {
      if (this.delivery(i) !== delivery || this.message(i) !== message) continue
      this.removeAt(i)
      return true
    }
    return false
  }

  removeAt(index: number): void {
    const { words, starts } = this
    const last = --this.count
    for (let w = index * WORDS; w < last * WORDS; w++) words[w] = words[w + WORDS] as number
    for (let i = index; i < last; i++) starts[i] = starts[i + 1] as number
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
    while (this.starts.length < this.count) this.grow()
    for (let i = 0; i < this.count; i++) {
      for (let w = i * WORDS; w < (i + 1) * WORDS; w++)
        this.words[w] = io.int(this.words[w] as number)
      this.starts[i] = io.int(this.starts[i] as number)
    }
  }

  private grow(): void {
    const words = new Int32Array(this.words.length * 2)
    words.set(this.words)
    this.words = words
    const starts = new Float64Array(this.starts.length * 2)
    starts.set(this.starts)
    this.starts = starts
  }
}
