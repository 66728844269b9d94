/**
 * The agenda: what is due, earliest first; ties in the order in which they were set. A sorted array,
 * latest first, because a run holds tens of timers and inserting near the end is then the cheapest.
 */
import type { Archive } from './archive.ts'

export class Agenda {
  private size = 0
  private times = new Float64Array(64)
  /** part, kind, arg of each slot, three words a slot. */
  private words = new Int32Array(64 * 3)

  /** Whether nothing is due any more. */
  get empty(): boolean {
    return this.size === 0
  }

  /** When the next timer is due; Infinity if none is. */
  get nextUs(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : (this.times[this.size - 1] as number)
  }

  /** Sets a timer for `part`; `kind` and `arg` come back to it when due. */
  add(atUs: number, part: number, kind: number, arg: number): void {
    if (this.size === this.times.length) this.grow()
    const { times, words } = this
    let i = this.size++
    // What is set later for the same time is due later, so it lies nearer to the front of the array.
    for (; i > 0 && (times[i - 1] as number) <= atUs; i--) {
      times[i] = times[i - 1] as number
      const w = i * 3
      words[w] = words[w - 3] as number
      words[w + 1] = words[w - 2] as number
      words[w + 2] = words[w - 1] as number
    }
    times[i] = atUs
    const w = i * 3
    words[w] = part
    words[w + 1] = kind
    words[w + 2] = arg
  }

  /** Part, kind and arg of the next timer. */
  part(): number {
    return this.words[(this.size - 1) * 3] as number
  }
  kind(): number {
    return this.words[(this.size - 1) * 3 + 1] as number
  }
  arg(): number {
    return this.words[(this.size - 1) * 3 + 2] as number
  }

  /** Takes the next timer off. */
  pop(): void {
    this.size--
  }

  archive(io: Archive): void {
    this.size = io.int(this.size)
    while (this.times.length < this.size) this.grow()
    for (let i = 0; i < this.size; i++) {
      this.times[i] = io.int(this.times[i] as number)
      for (let w = i * 3; w < i * 3 + 3; w++) this.words[w] = io.int(this.words[w] as number)
    }
  }

  private grow(): void {
    const capacity = this.times.length * 2
    const times = new Float64Array(capacity)
    const words = new Int32Array(capacity * 3)
    times.set(this.times)
    words.set(this.words)
    this.times = times
    this.words = words
  }
}
