/** A topic: a name for some partitions, and the open batches of those who write to it without a key. */
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { Partition } from './partition.ts'
import { type Batching, partitionOfKey, StickyBatches } from './partitioner.ts'

/** Row behind `topicCreated`. */
export interface TopicRow {
  part: number
  name: string
  /** Part numbers of its partitions. */
  partitions: number[]
}

export class Topic implements Part {
  readonly partitions: readonly Partition[]
  readonly sticky: StickyBatches
  readonly node: number
  readonly name: string
  readonly row: number
  /** Partition of each key asked for so far, by its interned number: a memo, not state. */
  private readonly partitionOfKeys: number[] = []

  constructor(sim: Simulation, row: number, created: TopicRow, batching: Batching) {
    this.row = row
    this.node = created.part
    this.name = created.name
    this.sticky = new StickyBatches(sim.seed, created.name, batching)
    this.partitions = created.partitions.map((part, index) => new Partition(sim, part, this, index))
    sim.enlist(this)
  }

  /** Where records with this interned key go. */
  partitionOf(key: number, records: Records): number {
    const known = this.partitionOfKeys[key]
    if (known !== undefined) return known
    const partition = partitionOfKey(records.strings.text(key), this.partitions.length)
    this.partitionOfKeys[key] = partition
    return partition
  }

  /** Facts are about its partitions. */
  apply(): void {}

  archive(io: Archive): void {
    this.sticky.archive(io)
    for (const partition of this.partitions) partition.archive(io)
  }
}
