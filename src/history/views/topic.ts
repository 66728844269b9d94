/** A topic at the playhead: its records partition by partition, and how far each group has come. */
import type { Partition } from '../../brokers/log/partition.ts'
import type { Subscription } from '../../brokers/log/subscription.ts'
import { Topic } from '../../brokers/log/topic.ts'
import type { World } from '../../scenario/world.ts'
import { type GroupState, LISTED_MAX, type PartitionState, type TopicState } from '../frame.ts'
import { logBrokerOf } from './log.ts'
import { partBase } from './view.ts'

export function viewTopic(world: World, id: string): TopicState {
  const topic = world.part(id)
  const known = topic instanceof Topic ? topic : null
  const subscriptions = known ? logBrokerOf(world, id).subscriptions : []
  return {
    ...partBase(id),
    kind: 'topic',
    partitions: known?.partitions.map(partitionState) ?? [],
    groups: subscriptions
      .filter((subscription) => subscription.topic === known)
      .map((subscription) => groupState(world, subscription)),
  }
}

function partitionState(partition: Partition): PartitionState {
  const { start, end } = partition
  const records: PartitionState['records'] = []
  for (let offset = Math.max(start, end - LISTED_MAX); offset < end; offset++) {
    records.push({ offset, message: partition.messageAt(offset) })
  }
  return { start, end, records }
}

function groupState(world: World, { group, progress }: Subscription): GroupState {
  return {
    name: group.name,
    partitions: progress.map(({ committed, position, owner }) => ({
      committed,
      position,
      member: owner === -1 ? null : world.owner(owner),
    })),
  }
}
