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

/**
 * The array, the same place for all agendas: V8 knows where it lies, and reads a word with one instruction. An agenda
 * that is asked lays its timers there and the other's aside. Timer `i` lies at place `i + 1`: place 0 is due never,
 * so that no step asks whether one is left, and its words tell how many there are.
 */
const times = new Float64Array(NEAR + 1).fill(Number.POSITIVE_INFINITY)
const words = new Int32Array((NEAR + 1) * WORDS)
const SIZE = 0
/** Whose timers the array has. */
let holder: Agenda | null = null

export class Agenda {
  /** Its timers while another agenda has the array: all before those in the heap, and some if there are any. */
  private asideUs: readonly number[] = []
  private asideWords: readonly number[] = []
  /** 1 while it has the array. A number, since V8 asks whether a field is true in many steps. */
  private holds = 0
  private readonly far = new TimerHeap()
  /** When the earliest of the heap is due: what is set for then or later goes there too. */
  private farUs = Number.POSITIVE_INFINITY
  /** Orders in the heap: what comes out of the array is before all others of its time, what is set new behind. */
  private firstOrder = 0
  private lastOrder = 0

  /** When the next timer is due; Infinity if none is. */
  get nextUs(): number {
    if (this.holds === 0) this.takeArray()
    return times[words[SIZE] as number] as number
  }

  /** Sets a timer for `part`; `kind` (below 2^15) and `arg` come back to it when due. */
  add(atUs: number, part: number, kind: number, arg: number): void {
    if (this.holds === 0) this.takeArray()
    // Within a loop V8 knows where they lie only by names of its own.
    const us = times
    const w = words
    let above = w[SIZE] as number
    if (above === NEAR || atUs >= this.farUs) {
      this.addFar(atUs, part, kind, arg)
      return
    }
    w[SIZE] = above + 1
    // What is set later for the same time is due later, so it lies nearer to the front of the array.
    for (; (us[above] as number) <= atUs; above = (above - 1) | 0) {
      us[(above + 1) | 0] = us[above] as number
      // A shift cannot overflow: V8 does not look whether it did.
      const from = above << 1
      w[(from + 2) | 0] = w[from] as number
      w[(from + 3) | 0] = w[from | 1] as number
    }
    us[(above + 1) | 0] = atUs
    w[((above << 1) + 2) | 0] = (kind << 16) | part
    w[((above << 1) + 3) | 0] = arg | 0
  }

  /** The same, `delayUs` from now. */
  addAfter(clock: Clock, delayUs: number, part: number, kind: number, arg: number): void {
    this.add(clock.nowUs + delayUs, part, kind, arg)
  }

  /** Part (its lower 16 bits) and kind (the upper ones) of the next timer, once `nextUs` was asked. */
  head(): number {
    return words[(words[SIZE] as number) << 1] as number
  }
  arg(): number {
    return words[((words[SIZE] as number) << 1) | 1] as number
  }

  /** Takes the next timer off. */
  pop(): void {
    const size = ((words[SIZE] as number) - 1) | 0
    words[SIZE] = size
    if (size === 0) this.refill()
  }

  archive(io: Archive): void {
    if (this.holds === 0) this.takeArray()
    words[SIZE] = io.int(words[SIZE] as number)
    for (let at = 1; at <= (words[SIZE] as number); at++) {
      times[at] = io.int(times[at] as number)
      for (let w = at * WORDS; w < (at + 1) * WORDS; w++) {
        words[w] = io.int(words[w] as number)
      }
    }
    this.far.archive(io)
    this.farUs = this.far.nextUs
    this.firstOrder = io.int(this.firstOrder)
    this.lastOrder = io.int(this.lastOrder)
  }

  private takeArray(): void {
    holder?.layAside()
    holder = this
    this.holds = 1
    times.set(this.asideUs, 1)
    words.set(this.asideWords, WORDS)
    words[SIZE] = this.asideUs.length
  }

  private layAside(): void {
    const end = (words[SIZE] as number) + 1
    this.holds = 0
    this.asideUs = [...times.subarray(1, end)]
    this.asideWords = [...words.subarray(WORDS, end * WORDS)]
  }

  /** The array is full, or the timer lies beyond it. */
  private addFar(atUs: number, part: number, kind: number, arg: number): void {
    if (words[SIZE] === NEAR) this.spill()
    if (atUs < this.farUs) this.add(atUs, part, kind, arg)
    else this.far.add(atUs, ++this.lastOrder, (kind << 16) | part, arg)
  }

  /** Makes room: the later half goes to the heap, the latest first. */
  private spill(): void {
    const count = NEAR - REFILL
    for (let at = 1; at <= count; at++) {
      const head = words[at * WORDS] as number
      this.far.add(times[at] as number, --this.firstOrder, head, words[at * WORDS + 1] as number)
    }
    times.copyWithin(1, count + 1, NEAR + 1)
    words.copyWithin(WORDS, (count + 1) * WORDS, (NEAR + 1) * WORDS)
    words[SIZE] = REFILL
    this.farUs = this.far.nextUs
  }

  private refill(): void {
    const { far } = this
    const size = Math.min(REFILL, far.size)
    words[SIZE] = size
    for (let at = size; at > 0; at--) {
      times[at] = far.nextUs
      for (let word = 0; word < WORDS; word++) words[at * WORDS + word] = far.word(word)
      far.pop()
    }
    this.farUs = far.nextUs
  }
}
