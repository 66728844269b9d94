/**
 * What was sent to members, as an append-only list of runs: a batch is one or more runs of neighbouring
 * offsets. The parcel to the client names the batch by its first run and holds nothing itself.
 */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'

export class Segments {
  count = 0
  private readonly progress: IntColumn
  private readonly from: IntColumn
  private readonly length: IntColumn
  private readonly first: IntColumn

  constructor(records: Records, node: number) {
    this.progress = records.ints(node, 'segmentProgress')
    this.from = records.ints(node, 'segmentFrom')
    this.length = records.ints(node, 'segmentLength')
    this.first = records.ints(node, 'segmentFirst')
  }

  /** Writes down the next run, before the fact that counts it. `first` is the first run of its batch. */
  book(progress: number, from: number, length: number, first: number): void {
    this.progress.put(this.count, progress)
    this.from.put(this.count, from)
    this.length.put(this.count, length)
    this.first.put(this.count, first)
  }

  /** Part of the progress, first offset and number of records of a run; first run of its batch. */
  progressOf(segment: number): number {
    return this.progress.get(segment)
  }
  fromOf(segment: number): number {
    return this.from.get(segment)
  }
  lengthOf(segment: number): number {
    return this.length.get(segment)
  }
  firstOf(segment: number): number {
    return this.first.get(segment)
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
  }
}
