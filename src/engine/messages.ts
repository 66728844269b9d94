/** The messages of a run as rows of integers: what each is made of, who made it and when. */
import { Packed } from '../base/packed.ts'
import { Pool } from '../base/pool.ts'
import { type Clock, clockAt, ERA_US } from './clock.ts'

/** What a message is made of. Text is interned; `{n}` in a template stands for the ordinal. */
export interface MessageRow {
  /** Interned body, `{n}` still in it. */
  template: number
  /** Which one of its producer it is, from 1. */
  ordinal: number
  /** Interned key or routing key, -1 if none. */
  key: number
  /** Row of `Records.rows` with headers and properties, -1 if none. */
  props: number
  /** The message that this one came from (relayed, produced by a handler, dead-lettered), or -1. */
  parent: number
  /** The part that made it. */
  source: number
}

/** Words of a message: when it was born (era and time since its begin), then its row. */
const WORDS = 8
const CHUNK_BITS = 12
const CHUNK_ROWS = 1 << CHUNK_BITS
const CHUNK_MASK = CHUNK_ROWS - 1
/** Chunks that `tidy` leaves as they are. */
const HOT_CHUNKS = 128

const pool = new Pool<Int32Array>(256, () => new Int32Array(CHUNK_ROWS * WORDS))

/** Rows that lie together, shared by all tables that have them: `words`, or `packed` when they are old. */
interface Chunk {
  /** Its first message. Where a table was forked within a chunk, those before it are in the chunk that it left. */
  readonly first: number
  readonly before: Chunk | null
  words: Int32Array | null
  packed: Packed | null
}
/** The first chunk of a table or fork begins small, for as many messages, and doubles: many runs are short. */
const FIRST_ROWS = 16

/** The message table: one row a message, written once, in chunks so that growing copies nothing. */
export class MessageTable {
  count = 0
  private chunks: Chunk[] = []
  /** The words that are being filled, their first message, and the first one that has no place in them. */
  private words: Int32Array = new Int32Array(0)
  private first = 0
  private end = 0
  /** The first message that has no place in the last chunk. */
  private chunkEnd = 0
  /** Chunks below are packed. */
  private packedTo = 0
  /** Chunks below `ownFrom` belong to the table that this one was forked from, those below `sharedTo` to forks too. */
  private ownFrom = 0
  private sharedTo = 0
  /** 1 once a message has had properties: until then nobody need look at a row to know that it has none. */
  private withProps = 0

  /** Adds a message and returns its number. */
  add(bornUs: number, row: MessageRow): number {
    const { template, ordinal, key, props, parent, source } = row
    return this.addRow(bornUs, template, ordinal, key, props, parent, source)
  }

  /** The same without an object. */
  addRow(
    bornUs: number,
    template: number,
    ordinal: number,
    key: number,
    props: number,
    parent: number,
    source: number,
  ): number {
    return this.addNow(clockAt(bornUs), template, ordinal, key, props, parent, source)
  }

  /** The same for a message that is born now, for the hot path. */
  addNow(
    clock: Clock,
    template: number,
    ordinal: number,
    key: number,
    props: number,
    parent: number,
    source: number,
  ): number {
    const id = this.count++
    if (id >= this.end) this.makeRoom(id)
    if (props !== -1) this.withProps = 1
    // Within a chunk for V8 to see: no word's place can be out of bounds for an integer.
    const w = ((id - this.first) & CHUNK_MASK) * WORDS
    const { words } = this
    words[w] = clock.era
    words[w + 1] = clock.stamp
    words[w + 2] = template | 0
    words[w + 3] = ordinal | 0
    words[w + 4] = key | 0
    words[w + 5] = props | 0
    words[w + 6] = parent | 0
    words[w + 7] = source | 0
    return id
  }

  bornUs(id: number): number {
    return this.word(id, 0) * ERA_US + this.word(id, 1)
  }
  template(id: number): number {
    return this.word(id, 2)
  }
  ordinal(id: number): number {
    return this.word(id, 3)
  }
  key(id: number): number {
    return this.word(id, 4)
  }
  props(id: number): number {
    return this.withProps === 0 ? -1 : this.word(id, 5)
  }
  parent(id: number): number {
    return this.word(id, 6)
  }
  source(id: number): number {
    return this.word(id, 7)
  }

  /** Templates, keys and properties of messages that follow one another: faster than one by one. */
  copyBodies(from: number, templates: Int32Array, keys: Int32Array, props: Int32Array): void {
    for (let at = 0; at < templates.length; ) {
      const id = from + at
      let chunk = this.chunks[id >> CHUNK_BITS] as Chunk
      let bound = ((id >> CHUNK_BITS) + 1) << CHUNK_BITS
      while (id < chunk.first) {
        bound = chunk.first
        chunk = chunk.before as Chunk
      }
      const { first, words, packed } = chunk
      const row = id - first
      const count = Math.min(bound - id, templates.length - at)
      const end = at + count
      if (words) {
        for (let i = at, w = row * WORDS; i < end; i++, w += WORDS) {
          templates[i] = words[w + 2] as number
          keys[i] = words[w + 4] as number
          props[i] = words[w + 5] as number
        }
      } else if (packed) {
        packed.copyLane(2, row, templates, at, end)
        packed.copyLane(4, row, keys, at, end)
        packed.copyLane(5, row, props, at, end)
      }
      at = end
    }
  }

  /** Packs old chunks, so that long runs keep within memory. Called from time to time while a run grows. */
  tidy(): void {
    const end = (this.count >> CHUNK_BITS) - HOT_CHUNKS
    for (; this.packedTo < end; this.packedTo++) {
      const chunk = this.chunks[this.packedTo] as Chunk
      if (!chunk.words) continue
      const length = (CHUNK_ROWS - (chunk.first & CHUNK_MASK)) * WORDS
      chunk.packed = new Packed(chunk.words.subarray(0, length), WORDS)
      giveBack(chunk.words)
      chunk.words = null
    }
  }

  /** Bytes of all chunks. */
  get bytes(): number {
    let bytes = 0
    for (const last of this.chunks) {
      for (let chunk: Chunk | null = last; chunk; chunk = chunk.before) {
        bytes += chunk.words?.byteLength ?? chunk.packed?.bytes ?? 0
      }
    }
    return bytes
  }

  /** A table with the first `count` messages that goes its own way from there: all of them are shared. */
  fork(count: number): MessageTable {
    const fork = new MessageTable()
    fork.count = count
    fork.withProps = this.withProps
    fork.first = count
    fork.end = count
    fork.chunkEnd = count
    fork.chunks = this.chunks.slice(0, Math.ceil(count / CHUNK_ROWS))
    fork.ownFrom = fork.chunks.length
    this.sharedTo = Math.max(this.sharedTo, fork.chunks.length)
    return fork
  }

  /** Gives its memory to the next table, but for what it shares. Nothing is left to read here. */
  release(): void {
    for (const { words } of this.chunks.slice(Math.max(this.ownFrom, this.sharedTo))) {
      if (words) giveBack(words)
    }
    this.chunks = []
    this.words = new Int32Array(0)
    this.count = 0
    this.first = 0
    this.end = 0
    this.chunkEnd = 0
  }

  private word(id: number, word: number): number {
    // Mostly it is about a message that came a moment ago.
    if (id >= this.first) return this.words[(id - this.first) * WORDS + word] as number
    const { first, words, packed } = this.chunkOf(id)
    const row = id - first
    return words ? (words[row * WORDS + word] as number) : (packed as Packed).at(row, word)
  }

  private chunkOf(id: number): Chunk {
    let chunk = this.chunks[id >> CHUNK_BITS] as Chunk
    while (id < chunk.first) chunk = chunk.before as Chunk
    return chunk
  }

  private makeRoom(id: number): void {
    if (id >= this.chunkEnd) this.openChunk(id)
    else {
      const chunk = this.chunks[id >> CHUNK_BITS] as Chunk
      const rows = (2 * this.words.length) / WORDS
      const words = rows === CHUNK_ROWS ? pool.take() : new Int32Array(rows * WORDS)
      words.set(this.words)
      chunk.words = words
      this.words = words
    }
    this.end = Math.min(this.chunkEnd, this.first + this.words.length / WORDS)
  }

  private openChunk(id: number): void {
    const number = id >> CHUNK_BITS
    const isWithin = number < this.chunks.length
    const before = isWithin ? this.chunkOf(id - 1) : null
    const words = number === 0 || isWithin ? new Int32Array(FIRST_ROWS * WORDS) : pool.take()
    this.chunks[number] = { first: id, before, words, packed: null }
    this.ownFrom = Math.min(this.ownFrom, number)
    this.words = words
    this.first = id
    this.chunkEnd = (number + 1) << CHUNK_BITS
  }
}

function giveBack(words: Int32Array): void {
  if (words.length === CHUNK_ROWS * WORDS) pool.give(words)
}
