/**
 * Checkpoints are written and read by the same method of each part (`archive(io)`), so that what
 * is saved and what is restored cannot drift apart. Example: `this.head = io.int(this.head)`.
 */
import { assert } from '../base/assert.ts'

/** Saves into, or restores from, one flat list of numbers. -0 comes back as 0. */
export interface Archive {
  readonly loading: boolean
  /** Saving: stores the number and returns it. Loading: returns the stored one. Any double. */
  int(value: number): number
  /** The same for a truth value. */
  flag(value: boolean): boolean
  /** The same for a list of numbers, in place. */
  list(values: number[]): void
}

/**
 * Numbers are written seven bits a byte, sign last, so that a small one takes one byte. What is no whole
 * number below `LARGEST` follows `ESCAPE`, which no number begins with, as a double.
 */
const LARGEST = 2_251_799_813_685_248
const ESCAPE = [0x80, 0x00] as const

/** Writes a checkpoint. */
export class Saver implements Archive {
  readonly loading = false
  private bytes = new Uint8Array(512)
  private size = 0

  int(value: number): number {
    if (this.size + 10 > this.bytes.length) this.grow()
    if (value === (value | 0)) this.varint(((value << 1) ^ (value >> 31)) >>> 0)
    else if (Number.isInteger(value) && Math.abs(value) < LARGEST) {
      this.varint(value < 0 ? -2 * value - 1 : 2 * value)
    } else this.double(value)
    return value
  }

  flag(value: boolean): boolean {
    this.int(value ? 1 : 0)
    return value
  }

  list(values: number[]): void {
    this.int(values.length)
    for (const value of values) this.int(value)
  }

  /** The finished checkpoint. */
  done(): Uint8Array {
    return this.bytes.slice(0, this.size)
  }

  private varint(value: number): void {
    let rest = value
    while (rest >= 128) {
      this.bytes[this.size++] = (rest % 128) + 128
      rest = Math.floor(rest / 128)
    }
    this.bytes[this.size++] = rest
  }

  private double(value: number): void {
    this.bytes.set(ESCAPE, this.size)
    new DataView(this.bytes.buffer).setFloat64(this.size + ESCAPE.length, value)
    this.size += ESCAPE.length + 8
  }

  private grow(): void {
    const bytes = new Uint8Array(this.bytes.length * 2)
    bytes.set(this.bytes)
    this.bytes = bytes
  }
}

/** Reads a checkpoint back, in the order in which it was written. */
export class Loader implements Archive {
  readonly loading = true
  private next = 0
  private readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  int(_value: number): number {
    const { bytes } = this
    if (this.next >= bytes.length) assert(false, `checkpoint ended at ${this.next}`)
    if (bytes[this.next] === ESCAPE[0] && bytes[this.next + 1] === ESCAPE[1]) return this.double()
    let value = 0
    let unit = 1
    let byte = 0
    do {
      byte = bytes[this.next++] as number
      value += (byte & 127) * unit
      unit *= 128
    } while (byte >= 128)
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
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
      this.next === this.bytes.length,
      `checkpoint has ${this.bytes.length} bytes, read ${this.next}`,
    )
  }

  private double(): number {
    const { buffer, byteOffset } = this.bytes
    const at = this.next + ESCAPE.length
    this.next = at + 8
    return new DataView(buffer).getFloat64(byteOffset + at)
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
