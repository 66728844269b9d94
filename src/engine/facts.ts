/**
 * The log of facts: what happened in a run, in order. Sixteen bytes a fact, in chunks that can be
 * transferred. Everything that is drawn, counted or explained is folded from this log alone.
 */
import { assert } from '../base/assert.ts'

const CHUNK_BITS = 16
const CHUNK_FACTS = 1 << CHUNK_BITS
const WORDS = 4
const DELTA_MAX = 0x7fffffff

/** Words of a fact: time since the chunk's base (µs), kind << 16 | node, message, aux. */
interface Chunk {
  baseUs: number
  words: Int32Array
}

/** Append-only. Facts are addressed by their index; `message` and `aux` are -1 where they mean nothing. */
export class FactLog {
  /** Facts in the log. */
  count = 0
  private readonly chunks: Chunk[] = []
  private words = new Int32Array(0)
  private baseUs = 0
  private slot = CHUNK_FACTS
  /** Index of each chunk's first fact: a chunk ends early when time runs out of its 32 bits. */
  private readonly firsts: number[] = []

  append(timeUs: number, kind: number, node: number, message: number, aux: number): void {
    if (this.slot === CHUNK_FACTS || timeUs - this.baseUs > DELTA_MAX) this.open(timeUs)
    const w = this.slot++ * WORDS
    const words = this.words
    words[w] = timeUs - this.baseUs
    words[w + 1] = (kind << 16) | node
    words[w + 2] = message
    words[w + 3] = aux
    this.count++
  }

  timeUs(index: number): number {
    const chunk = this.chunkOf(index)
    return (this.chunks[chunk] as Chunk).baseUs + this.word(chunk, index, 0)
  }
  kind(index: number): number {
    return this.word(this.chunkOf(index), index, 1) >>> 16
  }
  node(index: number): number {
    return this.word(this.chunkOf(index), index, 1) & 0xffff
  }
  message(index: number): number {
    return this.word(this.chunkOf(index), index, 2)
  }
  aux(index: number): number {
    return this.word(this.chunkOf(index), index, 3)
  }

  /** How many facts happened at or before `timeUs`. */
  countAt(timeUs: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.timeUs(middle) <= timeUs) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Calls `visit` for the facts from `from` up to, not including, `to`. */
  each(
    from: number,
    to: number,
    visit: (timeUs: number, kind: number, node: number, message: number, aux: number) => void,
  ): void {
    for (let index = from; index < to; ) {
      const chunk = this.chunkOf(index)
      const { baseUs, words } = this.chunks[chunk] as Chunk
      const first = this.firsts[chunk] as number
      const end = Math.min(to, this.firsts[chunk + 1] ?? this.count)
      for (; index < end; index++) {
        const w = (index - first) * WORDS
        const head = words[w + 1] as number
        visit(
          baseUs + (words[w] as number),
          head >>> 16,
          head & 0xffff,
          words[w + 2] as number,
          words[w + 3] as number,
        )
      }
    }
  }

  /** Bytes held by the log. */
  get bytes(): number {
    return this.chunks.length * CHUNK_FACTS * WORDS * 4
  }

  private word(chunk: number, index: number, word: number): number {
    const at = (index - (this.firsts[chunk] as number)) * WORDS + word
    return (this.chunks[chunk] as Chunk).words[at] as number
  }

  private chunkOf(index: number): number {
    assert(index >= 0 && index < this.count, `fact ${index} of ${this.count}`)
    let chunk = Math.min(index >> CHUNK_BITS, this.chunks.length - 1)
    // Chunks cut short by time make the guess too low, never too high.
    while (chunk + 1 < this.chunks.length && (this.firsts[chunk + 1] as number) <= index) chunk++
    return chunk
  }

  private open(timeUs: number): void {
    this.words = new Int32Array(CHUNK_FACTS * WORDS)
    this.baseUs = timeUs
    this.slot = 0
    this.chunks.push({ baseUs: timeUs, words: this.words })
    this.firsts.push(this.count)
  }
}
