/**
 * Checkpoints are written and read by the same method of each part (`archive(io)`), so that what
 * is saved and what is restored cannot drift apart. Example: `this.head = io.int(this.head)`.
 */
import { assert } from '../base/assert.ts'

/** Saves into, or restores from, one flat list of numbers. */
export interface Archive {
  readonly loading: boolean
  /** Saving: stores the number and returns it. Loading: returns the stored one. Any double. */
  int(value: number): number
  /** The same for a truth value. */
  flag(value: boolean): boolean
  /** The same for a list of numbers, in place. */
  list(values: number[]): void
}

/** Writes a checkpoint. */
export class Saver implements Archive {
  readonly loading = false
  private readonly numbers: number[] = []

  int(value: number): number {
    this.numbers.push(value)
    return value
  }

  flag(value: boolean): boolean {
    this.numbers.push(value ? 1 : 0)
    return value
  }

  list(values: number[]): void {
    this.numbers.push(values.length)
    for (const value of values) this.numbers.push(value)
  }

  /** The finished checkpoint. */
  done(): Float64Array {
    return Float64Array.from(this.numbers)
  }
}

/** Reads a checkpoint back, in the order in which it was written. */
export class Loader implements Archive {
  readonly loading = true
  private next = 0
  private readonly numbers: Float64Array
  constructor(numbers: Float64Array) {
    this.numbers = numbers
  }

  int(_value: number): number {
    assert(this.next < this.numbers.length, `checkpoint ended at ${this.next}`)
    return this.numbers[this.next++] as number
  }

  flag(_value: boolean): boolean {
    return this.int(0) === 1
  }

  list(values: number[]): void {
    values.length = this.int(0)
    for (let i = 0; i < values.length; i++) values[i] = this.int(0)
  }

  /** Throws unless all of it was read: a part that saves more than it loads is our bug. */
  finish(): void {
    assert(
      this.next === this.numbers.length,
      `checkpoint has ${this.numbers.length}, read ${this.next}`,
    )
  }
}

/**
 * Archives a list of things that are only ever added to: saves how many there are and each one's
 * `row` (where its definition lies), and when loading rebuilds the list to fit; `drop` is told what did
 * not exist yet at that moment.
 */
export function archiveAll<T>(
  io: Archive,
  things: T[],
  row: (thing: T) => number,
  rebuild: (row: number) => T,
  each: (thing: T) => void,
  drop: (thing: T) => void,
): void {
  const count = io.int(things.length)
  if (io.loading) for (const gone of things.splice(count)) drop(gone)
  for (let i = 0; i < count; i++) {
    const known = things[i]
    const at = io.int(known === undefined ? -1 : row(known))
    const thing = known !== undefined && row(known) === at ? known : rebuild(at)
    things[i] = thing
    each(thing)
  }
}
