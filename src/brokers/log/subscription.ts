/** A group's reading of one topic: how far it has come in each of the partitions. */
import type { Archive } from '../../engine/archive.ts'
import type { Group } from './group.ts'
import type { Partition } from './partition.ts'
import { Progress, type ProgressContext } from './progress.ts'
import type { Topic } from './topic.ts'

/** Row behind `subscribed`. */
export interface SubscriptionRow {
  group: number
  topic: number
  /** Part numbers of the progress in each partition. */
  progress: number[]
}

export class Subscription {
  readonly progress: Progress[] = []
  readonly group: Group
  readonly topic: Topic
  readonly row: number
  /** Parts for the partitions that were added while it was there. */
  private readonly added: number[] = []
  private readonly broker: ProgressContext

  constructor(
    broker: ProgressContext,
    row: number,
    group: Group,
    topic: Topic,
    parts: readonly number[],
  ) {
    this.broker = broker
    this.row = row
    this.group = group
    this.topic = topic
    this.add(parts)
  }

  /** The topic has more partitions now: nothing is committed in the new ones. */
  grow(parts: readonly number[]): void {
    this.added.push(...parts)
    this.add(parts)
  }

  private add(parts: readonly number[]): void {
    for (const part of parts) {
      const partition = this.topic.partitions[this.progress.length] as Partition
      this.progress.push(new Progress(this.broker, part, this.group, partition))
    }
  }

  archive(io: Archive): void {
    const before = this.progress.length - this.added.length
    io.list(this.added)
    if (io.loading && this.progress.length !== before + this.added.length) {
      this.progress.length = before
      this.add(this.added)
    }
    for (const progress of this.progress) progress.archive(io)
  }
}
