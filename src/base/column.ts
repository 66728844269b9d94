/**
 * Append-only columns. What a node has held is written here once and never changed, so that a
 * checkpoint needs only cursors, and the running and the viewed world can share the contents. A column
 * is a list of chunks; a branch shares those of its parent and copies one when it first writes there.
 */

const CHUNK_BITS = 11
const CHUNK = 1 << CHUNK_BITS
const CHUNK_MASK = CHUNK - 1
/** Many columns stay short: the first chunk begins small and doubles. */
const FIRST_LENGTH = 64

type Chunk = Int32Array | Float64Array

/** What the two kinds of columns have in common: everything but reading and writing one value. */
abstract class Column<C extends Chunk> {
  protected chunks: (C | undefined)[] = []
  /** Which chunks belong to this column alone and may be written to. */
  private readonly owned: boolean[] = []
  /** The chunk last written to, and the position of its first value. */
  protected window: C
  protected first = 0

  constructor() {
    this.window = this.allocate(0)
  }

  /**
   * A column with the same contents that goes its own way from here: nothing is copied until it writes.
   * The parent may write on in its own chunks, since the fork never looks beyond what it had at the cut
   * or has written itself.
   */
  protected share(into: Column<C>): void {
    into.chunks = this.chunks.slice()
  }

  protected abstract allocate(length: number): C

  /** `put` outside the window. */
  protected putElsewhere(index: number, value: number): void {
    const number = index >> CHUNK_BITS
    const chunk = this.chunks[number]
    const at = index & CHUNK_MASK
    // A value other than 0 was written by the parent, which never changes it: no need for a copy.
    if (value !== 0 && chunk !== undefined && !this.owned[number] && chunk[at] === value) return
    this.window = this.writable(number, at)
    this.first = number << CHUNK_BITS
    this.window[at] = value
  }

  protected getElsewhere(index: number): number {
    return this.chunks[index >> CHUNK_BITS]?.[index & CHUNK_MASK] as number
  }

  /** A chunk of this column's own that is long enough for position `at` in it. */
  private writable(number: number, at: number): C {
    const chunk = this.chunks[number]
    if (chunk !== undefined && this.owned[number] && at < chunk.length) return chunk
    let length = number === 0 ? FIRST_LENGTH : CHUNK
    while (length <= at || (chunk !== undefined && length < chunk.length)) length *= 2
    const own = this.allocate(length)
    if (chunk !== undefined) own.set(chunk)
    this.chunks[number] = own
    this.owned[number] = true
    return own
  }
}

/** A growing column of 32-bit integers. `put` at a position already written rewrites the same value. */
export class IntColumn extends Column<Int32Array> {
  put(index: number, value: number): void {
    const at = index - this.first
    if (at >= 0 && at < this.window.length) this.window[at] = value
    else this.putElsewhere(index, value)
  }

  get(index: number): number {
    const at = index - this.first
    return at >= 0 && at < this.window.length
      ? (this.window[at] as number)
      : this.getElsewhere(index)
  }

  fork(): IntColumn {
    const fork = new IntColumn()
    this.share(fork)
    return fork
  }

  protected allocate(length: number): Int32Array {
    return new Int32Array(length)
  }
}

/** A growing column of doubles: simulated times, which pass 2^31 microseconds after 36 minutes. */
export class TimeColumn extends Column<Float64Array> {
  put(index: number, value: number): void {
    const at = index - this.first
    if (at >= 0 && at < this.window.length) this.window[at] = value
    else this.putElsewhere(index, value)
  }

  get(index: number): number {
    const at = index - this.first
    return at >= 0 && at < this.window.length
      ? (this.window[at] as number)
      : this.getElsewhere(index)
  }

  fork(): TimeColumn {
    const fork = new TimeColumn()
    this.share(fork)
    return fork
  }

  protected allocate(length: number): Float64Array {
    return new Float64Array(length)
  }
}
