/**
 * Append-only columns. What a node has held is written here once and never changed, so that a
 * checkpoint needs only cursors, and the running and the viewed world can share the contents.
 */

/** A growing column of 32-bit integers. `put` at a position already written rewrites the same value. */
export class IntColumn {
  private data: Int32Array
  constructor(capacity = 64) {
    this.data = new Int32Array(capacity)
  }

  put(index: number, value: number): void {
    if (index >= this.data.length) this.grow(index)
    this.data[index] = value
  }

  get(index: number): number {
    return this.data[index] as number
  }

  private grow(index: number): void {
    const next = new Int32Array(Math.max(index + 1, this.data.length * 2))
    next.set(this.data)
    this.data = next
  }
}

/** A growing column of doubles: simulated times, which pass 2^31 microseconds after 36 minutes. */
export class TimeColumn {
  private data: Float64Array
  constructor(capacity = 64) {
    this.data = new Float64Array(capacity)
  }

  put(index: number, value: number): void {
    if (index >= this.data.length) this.grow(index)
    this.data[index] = value
  }

  get(index: number): number {
    return this.data[index] as number
  }

  private grow(index: number): void {
    const next = new Float64Array(Math.max(index + 1, this.data.length * 2))
    next.set(this.data)
    this.data = next
  }
}
