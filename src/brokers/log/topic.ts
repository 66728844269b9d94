/** A topic: a name for some partitions, and the open batches of those who write to it without a key. */
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import type { Keeping, TopicSettings } from './keeping.ts'
import { Partition } from './partition.ts'
import { type Batching, partitionOfKey, StickyBatches } from './partitioner.ts'

/** Row behind `topicCreated`. */
export interface TopicRow {
  part: number
  name: string
  /** Part numbers of its partitions. */
  partitions: number[]
  /** What it is asked to keep, if anything. Replicas have the parts after that of their partition. */
  settings?: TopicSettings
}

/** Row behind `partitionsAdded`. */
export interface GrowthRow {
  topic: number
  /** Parts of the new partitions, and for each group that reads the topic those of its progress in them. */
  partitions: number[]
  progress: number[][]
}

export class Topic implements Part {
  readonly partitions: Partition[] = []
  readonly settings: TopicSettings | undefined
  readonly sticky: StickyBatches
  readonly node: number
  readonly name: string
  readonly row: number
  /** Parts of the partitions that were added to those of the beginning. */
  private readonly added: number[] = []
  /** Partition of each key asked for so far, by its interned number: a memo, not state. */
  private readonly partitionOfKeys: number[] = []
  private readonly sim: Simulation
  private readonly keep: ((partition: Partition) => Keeping) | null

  constructor(
    sim: Simulation,
    row: number,
    created: TopicRow,
    batching: Batching,
    keep: ((partition: Partition) => Keeping) | null = null,
  ) {
    this.sim = sim
    this.keep = keep
    this.row = row
    this.node = created.part
    this.name = created.name
    this.sticky = new StickyBatches(sim.seed, created.name, batching)
    this.settings = created.settings
    for (const part of created.partitions) this.addPartition(part)
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

  /** More partitions, the new ones empty: most keys have another place from now on. */
  grow(parts: readonly number[]): void {
    for (const part of parts) {
      this.addPartition(part)
      this.added.push(part)
    }
    this.partitionOfKeys.length = 0
  }

  /** How many partitions it had before any was added. */
  get partitionsBefore(): number {
    return this.partitions.length - this.added.length
  }

  /** Facts are about its partitions. */
  apply(): void {}

  archive(io: Archive): void {
    this.sticky.archive(io)
    this.archiveAdded(io)
    for (const partition of this.partitions) partition.archive(io)
  }

  private addPartition(part: number): void {
    const partition = new Partition(this.sim, part, this, this.partitions.length)
    partition.keeping = this.keep?.(partition) ?? null
    this.partitions.push(partition)
  }

  private archiveAdded(io: Archive): void {
    const { added, partitions } = this
    const before = this.partitionsBefore
    io.list(added)
    if (!io.loading || partitions.length === before + added.length) return
    for (const gone of partitions.splice(before)) this.sim.delist(gone)
    this.grow(added.splice(0))
  }
}
