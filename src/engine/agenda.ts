/**
 * The agenda: what is due, earliest first; ties in the order in which they were set. The next few
 * timers are a sorted array, latest first, because a run mostly holds tens of timers and inserting near
 * the end is then the cheapest; what lies beyond them waits in a heap.
 */
import type { Archive } from './archive.ts'
import { TimerHeap, WORDS } from './timerHeap.ts'

/** Most timers in the array, and how many come from the heap at once. */
const NEAR = 64
const REFILL = 32

export class Agenda {
  /** Timers in the array: all of them before all of those in the heap, and some if there are any. */
  private size = 0
  private readonly times = new Float64Array(NEAR)
  private readonly words = new Int32Array(NEAR * WORDS)
  private readonly far = new TimerHeap()
  /** When the earliest of the heap is due: what is set for then or later goes there too. */
  private farUs = Number.POSITIVE_INFINITY
  /** Orders in the heap: what comes out of the array is before all others of its time, what is set new behind. */
  private firstOrder = 0
  private lastOrder = 0

  /** When the next timer is due; Infinity if none is. */
  get nextUs(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : (this.times[this.size - 1] as number)
  }

  /** Sets a timer for `part`; `kind` and `arg` come back to it when due. */
  add(atUs: number, part: number, kind: number, arg: number): void {
    if (this.size === NEAR) this.spill()
    if (atUs >= this.farUs) {
      this.far.add(atUs, ++this.lastOrder, part, kind, arg)
      return
    }
    const { times, words } = this
    let i = this.size++
    // What is set later for the same time is due later, so it lies nearer to the front of the array.
    for (; i > 0 && (times[i - 1] as number) <= atUs; i--) {
      times[i] = times[i - 1] as number
      const w = i * WORDS
      words[w] = words[w - 3] as number
      words[w + 1] = words[w - 2] as number
      words[w + 2] = words[w - 1] as number
    }
    times[i] = atUs
    const w = i * WORDS
    words[w] = part
    words[w + 1] = kind
    words[w + 2] = arg
  }

  /** Part, kind and arg of the next timer. */
  part(): number {
    return this.words[(this.size - 1) * WORDS] as number
  }
  kind(): number {
    return this.words[(this.size - 1) * WORDS + 1] as number
  }
  arg(): number {
    return this.words[(this.size - 1) * WORDS + 2] as number
  }

  /** Takes the next timer off. */
  pop(): void {
    this.size--
    if (this.size === 0) this.refill()
  }

  archive(io: Archive): void {
    this.size = io.int(this.size)
    for (let i = 0; i < this.size; i++) this.times[i] = io.int(this.times[i] as number)
    for (let w = 0; w < this.size * WORDS; w++) this.words[w] = io.int(this.words[w] as number)
    this.far.archive(io)
    this.farUs = this.far.nextUs
    this.firstOrder = io.int(this.firstOrder)
    this.lastOrder = io.int(this.lastOrder)
  }

  /** Makes room: the later half goes to the heap, the latest first. */
  private spill(): void {
    const { times, words } = this
    const count = NEAR - REFILL
    for (let i = 0; i < count; i++) {
      const w = i * WORDS
      const part = words[w] as number
      const kind = words[w + 1] as number
      this.far.add(times[i] as number, --this.firstOrder, part, kind, words[w + 2] as number)
    }
    times.copyWithin(0, count, NEAR)
    words.copyWithin(0, count * WORDS, NEAR * WORDS)
    this.size = REFILL
    this.farUs = this.far.nextUs
  }

  private refill(): void {
    const { far, times, words } = this
    this.size = Math.min(REFILL, far.size)
    for (let i = this.size - 1; i >= 0; i--) {
      times[i] = far.nextUs
      for (let word = 0; word < WORDS; word++) words[i * WORDS + word] = far.word(word)
      far.pop()
    }
    this.farUs = far.nextUs
  }
}
