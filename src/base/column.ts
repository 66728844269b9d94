/**
 * Append-only columns. What a node has held is written here once and never changed, so that a
 * checkpoint needs only cursors, and the running and the viewed world can share the contents. A column
 * is a list of chunks; a branch shares those of its parent and copies one when it first writes there.
 */

import { Packed } from './packed.ts'
import { Pool } from './pool.ts'

const CHUNK_BITS = 12
const CHUNK = 1 << CHUNK_BITS
const CHUNK_MASK = CHUNK - 1
/** Many columns stay short: the first chunk begins small and doubles. */
const FIRST_LENGTH = 64
/** Chunks that `tidy` leaves as they are. */
const HOT_CHUNKS = 64

const POOL_MAX = 2048
const intPool = new Pool<Int32Array>(POOL_MAX, () => new Int32Array(CHUNK))
const timePool = new Pool<Float64Array>(POOL_MAX, () => new Float64Array(CHUNK))

type Values = Int32Array | Float64Array

/** Values that lie together, shared by all columns that have them: `values`, or `packed` when they are old. */
interface Chunk<V extends Values> {
  values: V | null
  packed: Packed | null
}

/** What the two kinds of columns have in common: everything but reading and writing one value. */
abstract class Column<V extends Values> {
  private chunks: (Chunk<V> | undefined)[] = []
  /** Which chunks belong to this column alone and may be written to. */
  private readonly owned: boolean[] = []
  /** Chunks below are packed, those that are shared with the parent apart. */
  private packedTo = 0
  /** Chunks below are shared with forks, if there are any. */
  private sharedTo = 0
  /** The chunk last written to, the position of its first value, and the first one that has no place in it. */
  protected window: V
  protected first = 0
  protected end = 0
  /** Values that take turns, such as two numbers of each row. */
  protected readonly lanes: number

  constructor(lanes = 1) {
    this.lanes = lanes
    this.window = this.allocate(0)
  }

  /** Packs old chunks, so that long runs keep within memory. Called from time to time while a run grows. */
  tidy(): void {
    const end = this.chunks.length - HOT_CHUNKS
    for (; this.packedTo < end; this.packedTo++) {
      const chunk = this.chunks[this.packedTo]
      if (!chunk?.values || !this.owned[this.packedTo]) continue
      if (chunk.values === this.window) return
      chunk.packed = new Packed(chunk.values, this.lanes)
      this.giveBack(chunk.values)
      chunk.values = null
    }
  }

  /** Bytes of all chunks. */
  get bytes(): number {
    let bytes = 0
    for (const chunk of this.chunks) bytes += chunk?.values?.byteLength ?? chunk?.packed?.bytes ?? 0
    return bytes
  }

  /** Hands the memory of chunks that no fork has to other columns. Nothing is left to read here. */
  release(): void {
    for (let number = this.sharedTo; number < this.chunks.length; number++) {
      const values = this.chunks[number]?.values
      if (values && this.owned[number]) this.giveBack(values)
    }
    this.chunks = []
    this.owned.length = 0
    this.window = this.allocate(0)
    this.first = 0
    this.end = 0
  }

  /**
   * Gives a fork the same contents; nothing is copied until it writes. The parent may write on in its own
   * chunks, since the fork never looks beyond what it had at the cut or has written itself.
   */
  protected share(fork: Column<V>): void {
    fork.chunks = this.chunks.slice()
    this.sharedTo = this.chunks.length
  }

  /** Copies what lies from `from` on into all of a list: faster than value by value. */
  copy(from: number, into: V): void {
    for (let at = 0; at < into.length; ) {
      const first = (from + at) & CHUNK_MASK
      const end = Math.min(CHUNK, first + into.length - at)
      const { values, packed } = this.chunks[(from + at) >> CHUNK_BITS] as Chunk<V>
      if (values) into.set(values.subarray(first, end), at)
      else if (this.lanes === 1) {
        ;(packed as Packed).copyLane(0, first, into, at, at + end - first)
      } else for (let i = first; i < end; i++) into[at + i - first] = (packed as Packed).get(i)
      at += end - first
    }
  }

  /** An array of zeros, and the way back for those as long as a chunk. */
  protected abstract allocate(length: number): V
  protected abstract giveBack(values: V): void

  protected putPairElsewhere(index: number, one: number, other: number): void {
    this.putElsewhere(index, one)
    this.putElsewhere(index + 1, other)
  }

  /** `put` outside the window. */
  protected putElsewhere(index: number, value: number): void {
    const number = index >> CHUNK_BITS
    const chunk = this.chunks[number]
    const at = index & CHUNK_MASK
    if (chunk !== undefined && !(this.owned[number] && chunk.values)) {
      const known = this.read(chunk, at)
      // Old values stay, and one other than 0 was written by the parent and stays too: no need for a copy.
      if (known === value && (value !== 0 || !chunk.values)) return
    }
    this.window = this.writable(number, at)
    this.first = number << CHUNK_BITS
    this.end = this.first + this.window.length
    this.window[at] = value
  }

  protected getElsewhere(index: number): number {
    const chunk = this.chunks[index >> CHUNK_BITS]
    return chunk === undefined ? (undefined as never) : this.read(chunk, index & CHUNK_MASK)
  }

  private read({ values, packed }: Chunk<V>, at: number): number {
    return values ? (values[at] as number) : (packed as Packed).get(at)
  }

  /** A chunk of this column's own that is long enough for position `at` in it. */
  private writable(number: number, at: number): V {
    const chunk = this.chunks[number]
    const known = chunk?.values
    if (known && this.owned[number] && at < known.length) return known
    const used = known?.length ?? chunk?.packed?.length ?? 0
    let length = number === 0 ? FIRST_LENGTH : CHUNK
    while (length <= at || length < used) length *= 2
    const values = this.allocate(length)
    if (known) values.set(known)
    else chunk?.packed?.unpack(values)
    this.chunks[number] = { values, packed: null }
    this.owned[number] = true
    return values
  }
}

/** A growing column of 32-bit integers. `put` at a position already written rewrites the same value. */
export class IntColumn extends Column<Int32Array> {
  put(index: number, value: number): void {
    const { first } = this
    if (index >= first && index < this.end) this.window[index - first] = value | 0
    else this.putElsewhere(index, value)
  }

  /** Writes two neighbours, the first of them at an even position. */
  putPair(index: number, one: number, other: number): void {
    const { first } = this
    if (index >= first && index < this.end) {
      const { window } = this
      const at = index - first
      window[at] = one | 0
      window[at + 1] = other | 0
    } else this.putPairElsewhere(index, one, other)
  }

  get(index: number): number {
    const { first } = this
    return index >= first && index < this.end
      ? (this.window[index - first] as number)
      : this.getElsewhere(index)
  }

  /** A column with the same contents that goes its own way from here. */
  fork(): IntColumn {
    const fork = new IntColumn(this.lanes)
    this.share(fork)
    return fork
  }

  protected allocate(length: number): Int32Array {
    return length === CHUNK ? intPool.take().fill(0) : new Int32Array(length)
  }

  protected giveBack(values: Int32Array): void {
    if (values.length === CHUNK) intPool.give(values)
  }
}

/** A growing column of doubles: simulated times, which pass 2^31 microseconds after 36 minutes. */
export class TimeColumn extends Column<Float64Array> {
  put(index: number, value: number): void {
    const { first } = this
    if (index >= first && index < this.end) this.window[index - first] = value
    else this.putElsewhere(index, value)
  }

  /** Writes two neighbours, the first of them at an even position. */
  putPair(index: number, one: number, other: number): void {
    const { first } = this
    if (index >= first && index < this.end) {
      const { window } = this
      const at = index - first
      window[at] = one
      window[at + 1] = other
    } else this.putPairElsewhere(index, one, other)
  }

  get(index: number): number {
    const { first } = this
    return index >= first && index < this.end
      ? (this.window[index - first] as number)
      : this.getElsewhere(index)
  }

  /** A column with the same contents that goes its own way from here. */
  fork(): TimeColumn {
    const fork = new TimeColumn(this.lanes)
    this.share(fork)
    return fork
  }

  protected allocate(length: number): Float64Array {
    return length === CHUNK ? timePool.take().fill(0) : new Float64Array(length)
  }

  protected giveBack(values: Float64Array): void {
    if (values.length === CHUNK) timePool.give(values)
  }
}
