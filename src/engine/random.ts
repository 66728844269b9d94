/**
 * Random streams: sfc32, one a node, derived from (seed, node id). Integer operations only, so every
 * JavaScript engine draws the same numbers.
 */
import { hashText } from '../base/hash.ts'
import type { Archive } from './archive.ts'

const UNIT = 1 / 4294967296

export class Random {
  /** The generator's state, and behind it what `two` drew. */
  private readonly words = new Int32Array(6)

  constructor(seed: number, id: string) {
    this.words[0] = seed | 0
    this.words[1] = hashText(id)
    this.words[2] = Math.floor(seed / 4294967296) | 0
    this.words[3] = 1
    // The first outputs still show the seed; twelve rounds mix it in (the generator's own advice).
    for (let i = 0; i < 12; i++) this.int()
  }

  /** A signed 32-bit integer, all values equally likely. */
  int(): number {
    const w = this.words
    const t = ((w[0] as number) + (w[1] as number) + (w[3] as number)) | 0
    w[3] = (w[3] as number) + 1
    w[0] = (w[1] as number) ^ ((w[1] as number) >>> 9)
    w[1] = ((w[2] as number) + ((w[2] as number) << 3)) | 0
    const rotated = ((w[2] as number) << 21) | ((w[2] as number) >>> 11)
    w[2] = (rotated + t) | 0
    return t
  }

  /**
   * Draws two integers, as `int` twice would, with one look at the state. They wait in `one` and `other`: an
   * integer of 32 bits handed back may be a new object.
   */
  two(): void {
    const w = this.words
    const b = w[1] as number
    const c = w[2] as number
    const counter = w[3] as number
    const one = ((w[0] as number) + b + counter) | 0
    const nextB = (c + (c << 3)) | 0
    const nextC = (((c << 21) | (c >>> 11)) + one) | 0
    const other = ((b ^ (b >>> 9)) + nextB + counter + 1) | 0
    w[0] = nextB ^ (nextB >>> 9)
    w[1] = (nextC + (nextC << 3)) | 0
    w[2] = (((nextC << 21) | (nextC >>> 11)) + other) | 0
    w[3] = counter + 2
    w[4] = one
    w[5] = other
  }
  get one(): number {
    return this.words[4] as number
  }
  get other(): number {
    return this.words[5] as number
  }

  /** A double in [0, 1), a multiple of 2^-32. */
  unit(): number {
    return (this.int() >>> 0) * UNIT
  }

  /** An integer in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.unit() * bound)
  }

  archive(io: Archive): void {
    for (let i = 0; i < 4; i++) this.words[i] = io.int(this.words[i] as number)
  }
}
