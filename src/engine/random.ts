/**
 * Random streams: sfc32, one a node, derived from (seed, node id). Integer operations only, so every
 * JavaScript engine draws the same numbers.
 */
import { hashText } from '../base/hash.ts'
import type { Archive } from './archive.ts'

const UNIT = 1 / 4294967296

export class Random {
  private readonly words = new Int32Array(4)

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
