/** A topic at the playhead: its records partition by partition, and how far each group has come. */
import type { Member } from '../../brokers/log/member.ts'
import type { Partition } from '../../brokers/log/partition.ts'
import type { Progress } from '../../brokers/log/progress.ts'
import type { Subscription } from '../../brokers/log/subscription.ts'
import { Topic } from '../../brokers/log/topic.ts'
import type { World } from '../../scenario/world.ts'
import {
  type GroupState,
  LISTED_MAX,
  type PartitionState,
  type SharedRecord,
  type TopicState,
} from '../frame.ts'
import { keptSide } from './keptSide.ts'
import { keyPlaces } from './keyPlaces.ts'
import { logBrokerOf } from './log.ts'
import { partBase } from './view.ts'

export function viewTopic(world: World, id: string): TopicState {
  const topic = world.part(id)
  const known = topic instanceof Topic ? topic : null
  const kept = keptSide.views
  const cluster = known ? kept?.clusterState(world, id) : undefined
  const subscriptions = known ? logBrokerOf(world, id).subscriptions : []
  return {
    ...partBase(id),
    changed: (known && kept?.changedSettings(world, id, known)) ?? {},
    kind: 'topic',
    partitions: known?.partitions.map((partition) => partitionState(world, id, partition)) ?? [],
    ...(cluster && { cluster }),
    added: known ? known.partitions.length - known.partitionsBefore : 0,
    keys: known ? keyPlaces(world, id, known) : [],
    groups: subscriptions
      .filter((subscription) => subscription.topic === known)
      .map((subscription) => groupState(world, subscription)),
  }
}

function partitionState(world: World, id: string, partition: Partition): PartitionState {
  const { start, end, keeping } = partition
  const records: PartitionState['records'] = []
  for (let offset = Math.max(start, end - LISTED_MAX); offset < end; offset++) {
    const message = partition.messageAt(offset)
    const fate = keeping && message !== -1 ? keptSide.views?.fateOf(partition, offset) : undefined
    if (message !== -1) records.push({ offset, message, ...(fate && { fate }) })
  }
  const kept = keeping ? keptSide.views?.keptState(world, id, partition) : undefined
  return { start, end, records, ...(kept && { kept }) }
}

function groupState(world: World, { group, progress }: Subscription): GroupState {
  const { name, phase, generation, startedUs, completedUs, members } = group
  const waiting = phase === 'preparing' ? members.filter((part) => !hasJoined(world, part)) : []
  return {
    name,
    phase,
    generation,
    startedUs,
    completedUs,
    waitsFor: waiting.map((part) => world.owner(part)),
    partitions: progress.map((each) => ({
      committed: each.committed,
      position: each.position,
      member: each.owner === -1 ? null : world.owner(each.owner),
      before: each.lastOwner === -1 ? null : world.owner(each.lastOwner),
      leaving: each.isLeaving,
      pending: each.pending,
      oldestUs: oldestUs(world, each),
      share: sharedOf(world, each),
    })),
  }
}

function hasJoined(world: World, member: number): boolean {
  return (world.sim.parts[member] as Member).hasJoined
}

function sharedOf(world: World, { share }: Progress): SharedRecord[] | null {
  if (share === null) return null
  const records: SharedRecord[] = []
  const end = Math.min(share.end, share.start + LISTED_MAX)
  for (let offset = share.start; offset < end; offset++) {
    const state = share.stateAt(offset)
    const member = state === 'acquired' ? world.owner(share.memberAt(offset)) : null
    records.push({ offset, state, count: share.countAt(offset), member })
  }
  return records
}

/** When the first record that is not committed was made: how far the group is behind in time. */
function oldestUs(world: World, { committed, partition }: Progress): number {
  const { messages } = world.records
  const first = Math.max(committed, partition.start)
  for (let offset = first; offset < Math.min(partition.end, first + LISTED_MAX); offset++) {
    const message = partition.messageAt(offset)
    if (message >= 0) return messages.bornUs(message)
  }
  return -1
}
