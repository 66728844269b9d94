/**
 * Random streams: sfc32, one a node, derived from (seed, node id). Integer operations only, so every
 * JavaScript engine draws the same numbers.
 */
import { hashText } from '../base/hash.ts'
import type { Archive } from './archive.ts'
import { drawExponentials } from './ziggurat.ts'

const UNIT = 1 / 4294967296
/** Words of the generator's state. */
const STATE = 4
/** Most exponential draws that are made ahead of need. */
const AHEAD = 64

export class Random {
  /** The generator's state, and behind it what `two` drew. */
  private readonly words = new Int32Array(STATE + 2)
  /**
   * Exponential draws made ahead of need, many in one go: a stream that is asked for one is mostly asked for
   * another. Whoever asks for something else finds the state as if none had been: it is drawn anew from `before`.
   */
  private readonly ahead = new Float64Array(AHEAD)
  private readonly before = new Int32Array(STATE)
  private next = 0
  private drawn = 0

  constructor(seed: number, id: string) {
    this.words[0] = seed | 0
    this.words[1] = hashText(id)
    this.words[2] = Math.floor(seed / 4294967296) | 0
    this.words[3] = 1
    // The first outputs still show the seed; twelve rounds mix it in (the generator's own advice).
    for (let i = 0; i < 12; i++) this.int()
  }

  /** A draw from the exponential distribution with mean 1. */
  exponential(): number {
    if (this.next === this.drawn) this.drawAhead()
    return this.ahead[this.next++] as number
  }

  /** A signed 32-bit integer, all values equally likely. */
  int(): number {
    if (this.drawn !== 0) this.takeBack()
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
    if (this.drawn !== 0) this.takeBack()
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
    this.takeBack()
    for (let i = 0; i < STATE; i++) this.words[i] = io.int(this.words[i] as number)
  }

  /** Twice as many as last time, so that a stream of which something else is asked in between loses little. */
  private drawAhead(): void {
    const { ahead, before, words } = this
    const count = Math.max(1, Math.min(AHEAD, this.drawn * 2))
    this.next = 0
    this.drawn = 0
    for (let i = 0; i < STATE; i++) before[i] = words[i] as number
    drawExponentials(this, words, ahead, count)
    this.drawn = count
  }

  /** Puts the state where it is after the draws that were asked for. */
  private takeBack(): void {
    const { before, next, words } = this
    const isAhead = next < this.drawn
    this.next = 0
    this.drawn = 0
    if (!isAhead) return
    for (let i = 0; i < STATE; i++) words[i] = before[i] as number
    drawExponentials(this, words, this.ahead, next)
  }
}
