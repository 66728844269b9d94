/**
 * Old numbers in less memory, each still readable alone: lanes of values that grow about evenly are kept
 * as a straight line and small distances from it. Ids that count up take no bytes, times four of eight.
 */

/** A packed list of numbers in `lanes` that take turns: value `i` belongs to lane `i % lanes`. */
export class Packed {
  readonly length: number
  private readonly lanes: readonly Lane[]

  constructor(values: Int32Array | Float64Array, lanes: number) {
    this.length = values.length
    const made: Lane[] = []
    for (let lane = 0; lane < lanes; lane++) made.push(new Lane(values, lane, lanes))
    this.lanes = made
  }

  get(index: number): number {
    const { lanes } = this
    if (lanes.length === 1) return (lanes[0] as Lane).get(index)
    return (lanes[index % lanes.length] as Lane).get(Math.floor(index / lanes.length))
  }

  /** The value of a lane in a row of all lanes. */
  at(row: number, lane: number): number {
    return (this.lanes[lane] as Lane).get(row)
  }

  /** Values of a lane from a row on, into a list from `at` up to `end`. */
  copyLane(lane: number, row: number, into: Int32Array | Float64Array, at: number, end: number) {
    ;(this.lanes[lane] as Lane).copy(row, into, at, end)
  }

  unpack(into: Int32Array | Float64Array): void {
    const { lanes } = this
    if (lanes.length === 1) (lanes[0] as Lane).copy(0, into, 0, this.length)
    else for (let i = 0; i < this.length; i++) into[i] = this.get(i)
  }

  get bytes(): number {
    return this.lanes.reduce((sum, lane) => sum + lane.bytes, 0)
  }
}

type Distances = Uint8Array | Uint16Array | Int32Array | Float64Array

class Lane {
  private base: number
  private slope: number
  /** Distances from the line, none where every value lies on it. */
  private readonly distances: Distances | null

  constructor(values: Int32Array | Float64Array, lane: number, lanes: number) {
    const count = Math.floor((values.length - lane + lanes - 1) / lanes)
    const first = values[lane] as number
    const last = values[lane + (count - 1) * lanes] as number
    this.base = first
    this.slope = count > 1 ? (last - first) / (count - 1) : 0
    this.distances = this.isStraight(values, lane, lanes)
      ? null
      : this.measure(values, lane, lanes, count)
  }

  /** Whether all values lie on the line: most lanes stay the same or count up. */
  private isStraight(values: Int32Array | Float64Array, lane: number, lanes: number): boolean {
    const step = this.slope
    if (!Number.isSafeInteger(step)) return false
    let expected = this.base
    for (let at = lane; at < values.length; at += lanes) {
      if (values[at] !== expected) return false
      expected += step
    }
    return Number.isSafeInteger(expected)
  }

  private measure(
    values: Int32Array | Float64Array,
    lane: number,
    lanes: number,
    count: number,
  ): Distances | null {
    let least = 0
    let most = 0
    let isWhole = true
    for (let i = 0, at = lane; i < count; i++, at += lanes) {
      const value = values[at] as number
      const distance = value - this.line(i)
      if (distance < least) least = distance
      if (distance > most) most = distance
      isWhole &&= Number.isSafeInteger(value)
    }
    const width = most - least
    let distances: Distances
    // What is no whole number makes no line: such values are kept as they are.
    if (!isWhole || width > 0x7fffffff) {
      this.base = 0
      this.slope = 0
      distances = new Float64Array(count)
    } else {
      this.base += least
      if (width < 256) distances = new Uint8Array(count)
      else distances = width < 65_536 ? new Uint16Array(count) : new Int32Array(count)
    }
    for (let i = 0, at = lane; i < count; i++, at += lanes) {
      distances[i] = (values[at] as number) - this.line(i)
    }
    return distances
  }

  get(index: number): number {
    const { distances } = this
    return distances === null ? this.line(index) : this.line(index) + (distances[index] as number)
  }

  /** The same as `get` for each from `index` on: what all have in common is asked once. */
  copy(index: number, into: Int32Array | Float64Array, at: number, end: number): void {
    const { base, slope, distances } = this
    const shift = index - at
    if (slope === 0 && distances === null) into.fill(base, at, end)
    else if (distances === null) {
      for (let i = at; i < end; i++) into[i] = base + Math.floor(slope * (i + shift))
    } else if (slope === 0) {
      for (let i = at; i < end; i++) into[i] = base + (distances[i + shift] as number)
    } else {
      for (let i = at; i < end; i++) {
        into[i] = base + Math.floor(slope * (i + shift)) + (distances[i + shift] as number)
      }
    }
  }

  get bytes(): number {
    return this.distances?.byteLength ?? 0
  }

  private line(index: number): number {
    return this.base + Math.floor(this.slope * index)
  }
}
