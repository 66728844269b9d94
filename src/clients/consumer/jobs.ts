/** The work that a consumer has in progress, oldest first: rows of numbers, as many as it works on at once. */
import type { Archive } from '../../engine/archive.ts'

/** Numbers of a job: message, delivery, start ordinal, start time. */
const WORDS = 4

export class Jobs {
  count = 0
  private words = new Float64Array(WORDS)

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
    return this.words[index * WORDS + 3] as number
  }

  /** Index of the job that was begun as number `ordinal`, -1 if it is not in progress. */
  indexOf(ordinal: number): number {
    for (let i = 0; i < this.count; i++) if (this.ordinal(i) === ordinal) return i
    return -1
  }

  add(message: number, delivery: number, ordinal: number, startedUs: number): void {
    const w = this.count * WORDS
    if (w === this.words.length) this.grow()
    this.words[w] = message
    this.words[w + 1] = delivery
    this.words[w + 2] = ordinal
    this.words[w + 3] = startedUs
    this.count++
  }

  /** Takes off the job of a delivery; returns whether there was one. */
  remove(message: number, delivery: number): boolean {
    for (let i = 0; i < this.count; i++) {
      if (this.delivery(i) !== delivery || this.message(i) !== message) continue
      this.count--
      if (i < this.count)
        this.words.copyWithin(i * WORDS, (i + 1) * WORDS, (this.count + 1) * WORDS)
      return true
    }
    return false
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
    while (this.words.length < this.count * WORDS) this.grow()
    for (let w = 0; w < this.count * WORDS; w++) this.words[w] = io.int(this.words[w] as number)
  }

  private grow(): void {
    const words = new Float64Array(this.words.length * 2)
    words.set(this.words)
    this.words = words
  }
}
