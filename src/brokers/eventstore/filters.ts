/** What passes each filter that somebody subscribes to a store with: positions, counted as events are written. */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'
import { type Filter, passes, readFilter } from './filter.ts'
import { type FilterIndex, filtering } from './filtering.ts'

interface Filtered {
  name: string
  filter: Filter
  /** Positions of the events that have passed. */
  positions: IntColumn
}

class Filters implements FilterIndex {
  private readonly all: Filtered[] = []
  /** By filter: how many events have passed. */
  private readonly sizes: number[] = []
  private readonly records: Records
  private readonly node: number

  constructor(records: Records, node: number) {
    this.records = records
    this.node = node
  }

  add(name: string): void {
    const filter = readFilter(name)
    if (!filter || this.all.some((each) => each.name === name)) return
    this.all.push({ name, filter, positions: this.records.ints(this.node, name) })
    this.sizes.push(0)
  }

  put(position: number, type: string, stream: string): void {
    for (const [i, { filter, positions }] of this.all.entries()) {
      if (!passes(filter, type, stream)) continue
      const size = this.sizes[i] as number
      positions.put(size, position)
      this.sizes[i] = size + 1
    }
  }

  has(name: string, type: string, stream: string): boolean {
    const known = this.all.find((each) => each.name === name)
    return known !== undefined && passes(known.filter, type, stream)
  }

  sizeOf(name: string): number {
    return this.sizes[this.all.findIndex((each) => each.name === name)] ?? 0
  }

  positionIn(name: string, at: number): number {
    return this.all.find((each) => each.name === name)?.positions.get(at) ?? -1
  }

  archive(io: Archive): void {
    io.list(this.sizes)
  }
}

filtering.make = (records, node) => new Filters(records, node)
