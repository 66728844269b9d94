/**
 * The log of facts: what happened in a run, in order. Sixteen bytes a fact in chunks that are written
 * once; old chunks are packed. Everything that is drawn, counted or explained is folded from this log alone.
 */
import { assert } from '../base/assert.ts'
import { Pool } from '../base/pool.ts'
import { type Clock, ERA_US } from './clock.ts'
import { type PackedFacts, packFacts, unpackFacts } from './packedFacts.ts'

const CHUNK_BITS = 13
const CHUNK_FACTS = 1 << CHUNK_BITS
const CHUNK_MASK = CHUNK_FACTS - 1
/** Words of a fact. */
export const WORDS = 4

/** Chunks that are left as they are: three million facts. Those before are packed. */
const HOT_CHUNKS = 384
/** Packed chunks that are kept unpacked while somebody reads them. */
const THAWED_MAX = 6

const pool = new Pool<Int32Array>(512, () => new Int32Array(CHUNK_FACTS * WORDS))

/** Facts that lie together, shared by all logs that have them. Has `words` or is `packed`. */
interface Chunk {
  /** Its first fact. Where a log was forked within a chunk, those before it are in the chunk that it left. */
  readonly first: number
  readonly before: Chunk | null
  words: Int32Array | null
  packed: PackedFacts | null
}
/** The first chunk of a log or fork begins small, for as many facts, and doubles: many runs are short. */
const FIRST_FACTS = 64

/** A packed chunk's words while they are read. Nobody takes them away while `readers` are at it. */
interface Thawed {
  chunk: Chunk
  words: Int32Array
  readers: number
}

/**
 * Where facts are written first, the same place for all logs: V8 knows where it lies, and writes a word with one
 * instruction. From time to time they are laid into the log's chunk. Behind them the pen has the place of the next
 * one, since V8 counts faster there than in a field.
 */
const PEN_FACTS = 1024
const PEN_MASK = PEN_FACTS - 1
const PEN_END = PEN_FACTS * WORDS
const NEXT = PEN_END
const pen = new Int32Array(PEN_END + 1)
/** Whose facts the pen has. */
let writer: FactLog | null = null

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
 * Append-only. Facts are addressed by their index. Their words: time since the era's begin (µs),
 * kind << 16 | node, message, aux.
 */
export class FactLog {
  private chunks: Chunk[] = []
  /** When the first fact of each chunk happened. */
  private firstUs: number[] = []
  /** The first fact that has no place in the last chunk. */
  private chunkEnd = 0
  /** The first fact that does not lie in its chunk yet. */
  private laid = 0
  /** How many there were when it gave the pen away. */
  private known = 0
  /** While it has the pen: the fact at its first place, and where the pen ends; else 0. */
  private penFirst = 0
  private end = 0
  /** Chunks below `ownFrom` belong to the log that this one was forked from, those below `sharedTo` to forks too. */
  private ownFrom = 0
  private sharedTo = 0
  /** Chunks below are packed. */
  private packedTo = 0
  /** Last read first. */
  private readonly thawed: Thawed[] = []
  private eraFirsts: number[] = []
  private eraBases: number[] = []
  /** Number of the era of the last fact, -1 before the first. */
  private era = -1

  /** Writes a fact down at the present moment of `clock`. */
  append(clock: Clock, kind: number, node: number, message: number, aux: number): void {
    const words = pen
    const { stamp } = clock
    let w = words[NEXT] as number
    if (w >= this.end || clock.era !== this.era) {
      this.makeRoom(clock)
      w = words[NEXT] as number
    }
    words[NEXT] = w + WORDS
    // Known to be integers, numbers are written as they are and not by way of a double.
    words[w] = stamp
    words[w | 1] = (kind << 16) | node
    words[w | 2] = message | 0
    words[w | 3] = aux | 0
  }

  /** Facts in the log. */
  get count(): number {
    return this.end > 0 ? this.penFirst + ((pen[NEXT] as number) >> 2) : this.known
  }

  timeUs(index: number): number {
    const era = this.eraOf(index)
    return (this.eraBases[era] as number) + this.word(index, 0)
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
    // The chunks' first facts first, so that at most one chunk is unpacked for the answer.
    const chunk = firstAbove(0, this.chunks.length, (at) => this.firstUs[at] as number, timeUs) - 1
    if (chunk < 0) return 0
    const first = chunk << CHUNK_BITS
    return firstAbove(
      first,
      Math.min(this.count, first + CHUNK_FACTS),
      (at) => this.timeUs(at),
      timeUs,
    )
  }

  /**
   * The facts from `from` on that lie together, at most up to, not including, `to`. They are there until
   * something else is read from the log.
   */
  stretch(from: number, to: number): Stretch {
    const era = this.eraOf(from)
    let chunkEnd = (from | CHUNK_MASK) + 1
    let chunk = this.chunks[from >> CHUNK_BITS] as Chunk
    for (; from < chunk.first; chunk = chunk.before as Chunk) chunkEnd = chunk.first
    const end = Math.min(to, this.count, chunkEnd, this.eraFirsts[era + 1] ?? chunkEnd)
    return {
      words: this.wordsOf(chunk),
      first: (from - chunk.first) * WORDS,
      count: end - from,
      baseUs: this.eraBases[era] as number,
    }
  }

  /** Calls `visit` for the facts from `from` up to, not including, `to`. */
  each(from: number, to: number, visit: FactVisitor): void {
    for (let index = from; index < to; ) {
      const { words, first, count, baseUs } = this.stretch(index, to)
      const thawed = this.thawed.find((one) => one.words === words)
      if (thawed) thawed.readers++
      const end = first + count * WORDS
      for (let w = first; w < end; w += WORDS) {
        const head = words[w + 1] as number
        visit(
          baseUs + (words[w] as number),
          head >>> 16,
          head & 0xffff,
          words[w + 2] as number,
          words[w + 3] as number,
        )
      }
      if (thawed) thawed.readers--
      index += count
    }
  }

  /** Packs old chunks, so that long runs keep within memory. Called from time to time while a run grows. */
  tidy(): void {
    const end = (this.count >> CHUNK_BITS) - HOT_CHUNKS
    for (; this.packedTo < end; this.packedTo++) {
      const chunk = this.chunks[this.packedTo] as Chunk
      if (chunk.words === null) continue
      chunk.packed = packFacts(chunk.words, lengthOf(chunk))
      giveBack(chunk.words)
      chunk.words = null
    }
  }

  /** Facts that are packed, and their bytes. */
  get cold(): { facts: number; bytes: number } {
    let facts = 0
    let bytes = 0
    for (const chunk of this.chunks) {
      const { packed } = chunk
      if (!packed) continue
      facts += lengthOf(chunk)
      bytes += packed.bytes.byteLength + packed.heads.byteLength
    }
    return { facts, bytes }
  }

  /** Bytes held by the log. */
  get bytes(): number {
    this.lay(this.count)
    let { bytes } = this.cold
    for (const last of this.chunks) {
      for (let chunk: Chunk | null = last; chunk; chunk = chunk.before) {
        bytes += chunk.words?.byteLength ?? 0
      }
    }
    for (const { words } of this.thawed) bytes += words.byteLength
    return bytes
  }

  private word(index: number, word: number): number {
    if (index < 0 || index >= this.count) assert(false, `fact ${index} of ${this.count}`)
    const chunk = this.chunkOf(index)
    return this.wordsOf(chunk)[(index - chunk.first) * WORDS + word] as number
  }

  private chunkOf(index: number): Chunk {
    let chunk = this.chunks[index >> CHUNK_BITS] as Chunk
    while (index < chunk.first) chunk = chunk.before as Chunk
    return chunk
  }

  private wordsOf(chunk: Chunk): Int32Array {
    if (this.laid < this.count) this.lay(this.count)
    return chunk.words ?? this.thaw(chunk)
  }

  /** Lays the facts below `to` from the pen into their chunk. */
  private lay(to: number): void {
    const first = this.laid
    if (first >= to) return
    const from = (first & PEN_MASK) * WORDS
    const chunk = this.chunks[first >> CHUNK_BITS] as Chunk
    const words = withRoom(chunk.words as Int32Array, to - chunk.first)
    words.set(pen.subarray(from, from + (to - first) * WORDS), (first - chunk.first) * WORDS)
    chunk.words = words
    this.laid = to
  }

  /** The words of a packed chunk, in place of those that nobody has read for longest. */
  private thaw(chunk: Chunk): Int32Array {
    const { thawed } = this
    let at = thawed.findIndex((one) => one.chunk === chunk)
    if (at === -1) {
      at = thawed.length < THAWED_MAX ? -1 : thawed.findLastIndex((one) => one.readers === 0)
      const words = thawed[at]?.words ?? pool.take()
      unpackFacts(chunk.packed as PackedFacts, words, lengthOf(chunk))
      if (at !== -1) thawed.splice(at, 1)
      thawed.unshift({ chunk, words, readers: 0 })
      return words
    }
    const [one] = thawed.splice(at, 1) as [Thawed]
    thawed.unshift(one)
    return one.words
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

  /** A log with the first `count` facts that goes its own way from there: all of them are shared. */
  fork(count: number): FactLog {
    this.lay(this.count)
    const fork = new FactLog()
    const chunks = Math.ceil(count / CHUNK_FACTS)
    const eras = count === 0 ? 0 : this.eraOf(count - 1) + 1
    fork.known = count
    fork.chunkEnd = count
    fork.laid = count
    fork.chunks = this.chunks.slice(0, chunks)
    fork.firstUs = this.firstUs.slice(0, chunks)
    fork.ownFrom = chunks
    fork.eraFirsts = this.eraFirsts.slice(0, eras)
    fork.eraBases = this.eraBases.slice(0, eras)
    fork.era = eras === 0 ? -1 : (fork.eraBases[eras - 1] as number) / ERA_US
    this.sharedTo = Math.max(this.sharedTo, chunks)
    return fork
  }

  /** Gives its memory to the next log, but for what it shares. Nothing is left to read here. */
  release(): void {
    for (const { words } of this.chunks.slice(Math.max(this.ownFrom, this.sharedTo))) {
      if (words) giveBack(words)
    }
    for (const { words } of this.thawed) pool.give(words)
    this.thawed.length = 0
    this.chunks = []
    if (writer === this) writer = null
    this.known = 0
    this.chunkEnd = 0
    this.laid = 0
    this.end = 0
  }

  /** Sees to it that the next fact has a place in the pen. */
  private makeRoom(clock: Clock): void {
    const index = this.count
    if ((pen[NEXT] as number) >= this.end) this.takePen(index, clock.nowUs)
    if (clock.era !== this.era) this.openEra(index, clock.era)
  }

  private takePen(index: number, timeUs: number): void {
    if (writer === this) this.lay(index)
    else {
      writer?.givePenAway()
      writer = this
    }
    if (index >= this.chunkEnd) this.openChunk(index, timeUs)
    const place = index & PEN_MASK
    pen[NEXT] = place * WORDS
    this.laid = index
    this.penFirst = index - place
    this.end = PEN_END
  }

  private givePenAway(): void {
    this.known = this.count
    this.lay(this.known)
    this.end = 0
  }

  private openChunk(index: number, timeUs: number): void {
    const number = index >> CHUNK_BITS
    const isWithin = number < this.chunks.length
    const before = isWithin ? this.chunkOf(index - 1) : null
    const words = number === 0 || isWithin ? new Int32Array(0) : pool.take()
    if (!isWithin) this.firstUs[number] = timeUs
    this.chunks[number] = { first: index, before, words, packed: null }
    this.ownFrom = Math.min(this.ownFrom, number)
    this.chunkEnd = (number + 1) << CHUNK_BITS
  }

  private openEra(first: number, era: number): void {
    this.era = era
    this.eraFirsts.push(first)
    this.eraBases.push(era * ERA_US)
  }
}

/** How many facts a chunk has when it is full. */
function lengthOf({ first }: Chunk): number {
  return CHUNK_FACTS - (first & CHUNK_MASK)
}

/** The same words where they have room for so many facts, else in twice the room or more. */
function withRoom(words: Int32Array, facts: number): Int32Array {
  if (words.length >= facts * WORDS) return words
  let room = FIRST_FACTS
  while (room < facts) room *= 2
  const wider = room === CHUNK_FACTS ? pool.take() : new Int32Array(room * WORDS)
  wider.set(words)
  return wider
}

function giveBack(words: Int32Array): void {
  if (words.length === CHUNK_FACTS * WORDS) pool.give(words)
}

/** The first place from `from` on, up to `to`, whose value is above `limit`; values never fall. */
function firstAbove(
  from: number,
  to: number,
  valueAt: (at: number) => number,
  limit: number,
): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (valueAt(middle) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
