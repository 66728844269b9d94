/** A group's reading of one topic: how far it has come in each of the partitions. */
import type { Archive } from '../../engine/archive.ts'
import type { Group } from './group.ts'
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
  readonly progress: readonly Progress[]
  readonly group: Group
  readonly topic: Topic
  readonly row: number

  constructor(
    broker: ProgressContext,
    row: number,
    group: Group,
    topic: Topic,
    parts: readonly number[],
  ) {
    this.row = row
    this.group = group
    this.topic = topic
    this.progress = topic.partitions.map(
      (partition, at) => new Progress(broker, parts[at] as number, group, partition),
    )
  }

  archive(io: Archive): void {
    for (const progress of this.progress) progress.archive(io)
  }
}
