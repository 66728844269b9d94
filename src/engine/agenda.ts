/**
 * The agenda: what is due, earliest first; ties in the order in which they were set. The next few
 * timers are a sorted array, latest first, because a run mostly holds tens of timers and inserting near
 * the end is then the cheapest; what lies beyond them waits in a heap.
 */
import type { Archive } from './archive.ts'
import type { Clock } from './clock.ts'
import { TimerHeap, WORDS } from './timerHeap.ts'

/** Most timers in the array, and how many come from the heap at once. */
const NEAR = 64
const REFILL = 32

export class Agenda {
  /** Timers in the array: all of them before all of those in the heap, and some if there are any. */
  private size = 0
  /** Timer `i` of the array lies at place `i + 1`: place 0 is due never, so that no step asks whether one is left. */
  private readonly times = new Float64Array(NEAR + 1).fill(Number.POSITIVE_INFINITY)
  private readonly words = new Int32Array((NEAR + 1) * WORDS)
  private readonly far = new TimerHeap()
  /** When the earliest of the heap is due: what is set for then or later goes there too. */
  private farUs = Number.POSITIVE_INFINITY
  /** Orders in the heap: what comes out of the array is before all others of its time, what is set new behind. */
  private firstOrder = 0
  private lastOrder = 0

  /** When the next timer is due; Infinity if none is. */
  get nextUs(): number {
    return this.times[this.size] as number
  }

  /** Sets a timer for `part`; `kind` (below 2^15) and `arg` come back to it when due. */
  add(atUs: number, part: number, kind: number, arg: number): void {
    if (this.size === NEAR) this.spill()
    if (atUs >= this.farUs) {
      this.far.add(atUs, ++this.lastOrder, (kind << 16) | part, arg)
      return
    }
    const { times, words } = this
    let at = ++this.size
    // What is set later for the same time is due later, so it lies nearer to the front of the array.
    for (; (times[at - 1] as number) <= atUs; at--) {
      times[at] = times[at - 1] as number
      // A shift cannot overflow: V8 does not look whether it did.
      const w = at << 1
      words[w] = words[w - 2] as number
      words[w + 1] = words[w - 1] as number
    }
    const w = at << 1
    times[at] = atUs
    words[w] = (kind << 16) | part
    words[w + 1] = arg | 0
  }

  /** The same, `delayUs` from now. */
  addAfter(clock: Clock, delayUs: number, part: number, kind: number, arg: number): void {
    this.add(clock.nowUs + delayUs, part, kind, arg)
  }

  /** Part (its lower 16 bits) and kind (the upper ones) of the next timer. */
  head(): number {
    return this.words[this.size << 1] as number
  }
  arg(): number {
    return this.words[(this.size << 1) + 1] as number
  }

  /** Takes the next timer off. */
  pop(): void {
    this.size--
    if (this.size === 0) this.refill()
  }

  archive(io: Archive): void {
    this.size = io.int(this.size)
    for (let at = 1; at <= this.size; at++) {
      this.times[at] = io.int(this.times[at] as number)
      for (let w = at * WORDS; w < (at + 1) * WORDS; w++) {
        this.words[w] = io.int(this.words[w] as number)
      }
    }
    this.far.archive(io)
    this.farUs = this.far.nextUs
    this.firstOrder = io.int(this.firstOrder)
    this.lastOrder = io.int(this.lastOrder)
  }

  /** Makes room: the later half goes to the heap, the latest first. */
  private spill(): void {
    const { times, words } = this
    const count = NEAR - REFILL
    for (let at = 1; at <= count; at++) {
      const head = words[at * WORDS] as number
      this.far.add(times[at] as number, --this.firstOrder, head, words[at * WORDS + 1] as number)
    }
    times.copyWithin(1, count + 1, NEAR + 1)
    words.copyWithin(WORDS, (count + 1) * WORDS, (NEAR + 1) * WORDS)
    this.size = REFILL
    this.farUs = this.far.nextUs
  }

  private refill(): void {
    const { far, times, words } = this
    this.size = Math.min(REFILL, far.size)
    for (let at = this.size; at > 0; at--) {
      times[at] = far.nextUs
      for (let word = 0; word < WORDS; word++) words[at * WORDS + word] = far.word(word)
      far.pop()
    }
    this.farUs = far.nextUs
  }
}
