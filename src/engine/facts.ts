/**
 * The log of facts: what happened in a run, in order. Sixteen bytes a fact, in chunks that can be
 * transferred. Everything that is drawn, counted or explained is folded from this log alone.
 */
import { assert } from '../base/assert.ts'

const CHUNK_BITS = 16
const CHUNK_FACTS = 1 << CHUNK_BITS
const CHUNK_MASK = CHUNK_FACTS - 1
/** Words of a fact. */
export const WORDS = 4
/** A fact holds its time in 32 bits: an era is as long as they last, 71 simulated minutes. */
const ERA_US = 4_294_967_296

/**
 * Chunks of logs that are no longer needed, at most `SPARE_MAX`. Memory that the process has written to
 * before need not be mapped and cleared again: a run is a tenth faster on it.
 */
const spare: Int32Array[] = []
const SPARE_MAX = 64

/** Called for each fact; `message` and `aux` are -1 where they mean nothing. */
export type FactVisitor = (
  timeUs: number,
  kind: number,
  node: number,
  message: number,
  aux: number,
) => void

/** Facts that lie together: `WORDS` words each from `first` on, times counted from `baseUs`. */
export interface Stretch {
  words: Int32Array
  first: number
  count: number
  baseUs: number
}

/**
 * Append-only. Facts are addressed by their index. Their words: time since the era's base (µs, unsigned),
 * kind << 16 | node, message, aux.
 */
export class FactLog {
  /** Facts in the log. */
  count = 0
  private chunks: Int32Array[] = []
  /** The chunk that is being filled, and the first fact that has no place in it. */
  private words: Int32Array = new Int32Array(0)
  private end = 0
  /** Chunks below `ownFrom` belong to the log that this one was forked from, those below `sharedTo` to forks too. */
  private ownFrom = 0
  private sharedTo = 0
  private eraFirsts: number[] = []
  private eraBases: number[] = []
  private baseUs = Number.NEGATIVE_INFINITY

  append(timeUs: number, kind: number, node: number, message: number, aux: number): void {
    const index = this.count++
    if (index >= this.end) this.openChunk(index)
    if (timeUs - this.baseUs >= ERA_US) this.openEra(index, timeUs)
    const w = (index & CHUNK_MASK) * WORDS
    const words = this.words
    words[w] = timeUs - this.baseUs
    words[w + 1] = (kind << 16) | node
    words[w + 2] = message
    words[w + 3] = aux
  }

  timeUs(index: number): number {
    const era = this.eraOf(index)
    return (this.eraBases[era] as number) + (this.word(index, 0) >>> 0)
  }
  kind(index: number): number {
    return this.word(index, 1) >>> 16
  }
  node(index: number): number {
    return this.word(index, 1) & 0xffff
  }
  message(index: number): number {
    return this.word(index, 2)
  }
  aux(index: number): number {
    return this.word(index, 3)
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

  /** The facts from `from` on that lie together, at most up to, not including, `to`. */
  stretch(from: number, to: number): Stretch {
    const era = this.eraOf(from)
    const chunkEnd = (from | CHUNK_MASK) + 1
    const end = Math.min(to, this.count, chunkEnd, this.eraFirsts[era + 1] ?? chunkEnd)
    return {
      words: this.chunks[from >> CHUNK_BITS] as Int32Array,
      first: (from & CHUNK_MASK) * WORDS,
      count: end - from,
      baseUs: this.eraBases[era] as number,
    }
  }

  /** Calls `visit` for the facts from `from` up to, not including, `to`. */
  each(from: number, to: number, visit: FactVisitor): void {
    for (let index = from; index < to; ) {
      const { words, first, count, baseUs } = this.stretch(index, to)
      const end = first + count * WORDS
      for (let w = first; w < end; w += WORDS) {
        const head = words[w + 1] as number
        visit(
          baseUs + ((words[w] as number) >>> 0),
          head >>> 16,
          head & 0xffff,
          words[w + 2] as number,
          words[w + 3] as number,
        )
      }
      index += count
    }
  }

  /** Bytes held by the log. */
  get bytes(): number {
    return this.chunks.length * CHUNK_FACTS * WORDS * 4
  }

  private word(index: number, word: number): number {
    if (index < 0 || index >= this.count) assert(false, `fact ${index} of ${this.count}`)
    const words = this.chunks[index >> CHUNK_BITS] as Int32Array
    return words[(index & CHUNK_MASK) * WORDS + word] as number
  }

  /** The era of a fact, mostly the first or the last. */
  private eraOf(index: number): number {
    let low = 0
    let high = this.eraFirsts.length - 1
    if (index >= (this.eraFirsts[high] as number)) return high
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((this.eraFirsts[middle] as number) <= index) low = middle
      else high = middle - 1
    }
    return low
  }

  /** A log with the first `count` facts that goes its own way from there: whole chunks are shared. */
  fork(count: number): FactLog {
    const fork = new FactLog()
    const chunks = Math.ceil(count / CHUNK_FACTS)
    const eras = count === 0 ? 0 : this.eraOf(count - 1) + 1
    fork.count = count
    fork.end = count
    fork.chunks = this.chunks.slice(0, chunks)
    fork.ownFrom = chunks
    fork.eraFirsts = this.eraFirsts.slice(0, eras)
    fork.eraBases = this.eraBases.slice(0, eras)
    fork.baseUs = fork.eraBases.at(-1) ?? Number.NEGATIVE_INFINITY
    this.sharedTo = Math.max(this.sharedTo, chunks)
    return fork
  }

  /** Gives its memory to the next log, but for what it shares. Nothing is left to read here. */
  release(): void {
    for (const chunk of this.chunks.slice(Math.max(this.ownFrom, this.sharedTo))) {
      if (spare.length < SPARE_MAX) spare.push(chunk)
    }
    this.chunks = []
    this.words = new Int32Array(0)
    this.count = 0
    this.end = 0
  }

  private openChunk(index: number): void {
    const number = index >> CHUNK_BITS
    const chunk = spare.pop() ?? new Int32Array(CHUNK_FACTS * WORDS)
    const shared = this.chunks[number]
    if (shared !== undefined) chunk.set(shared.subarray(0, (index & CHUNK_MASK) * WORDS))
    this.chunks[number] = chunk
    this.ownFrom = Math.min(this.ownFrom, number)
    this.words = chunk
    this.end = (number + 1) << CHUNK_BITS
  }

  private openEra(first: number, timeUs: number): void {
    this.baseUs = timeUs
    this.eraFirsts.push(first)
    this.eraBases.push(timeUs)
  }
}
