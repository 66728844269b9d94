/** What a topic that is kept has besides its records at the playhead: replicas, segments, transactions. */
import { DurableLog, keepingOf } from '../../brokers/log/durable/durableLog.ts'
import type { Partition } from '../../brokers/log/partition.ts'
import type { Topic } from '../../brokers/log/topic.ts'
import { ALTERABLE } from '../../scenario/topicConfigs.ts'
import type { World } from '../../scenario/world.ts'
import { LISTED_MAX } from '../frame.ts'
import type { ClusterState, KeptState, RecordFate } from '../kept.ts'
import { logBrokerOf } from './log.ts'

export function keptState(world: World, topic: string, partition: Partition): KeptState {
  const { replication, retention, compaction, isCompacted, ...rest } = keepingView(partition)
  const { leader, epoch, isAvailable } = replication
  const { extension } = logBrokerOf(world, topic)
  const log = extension as DurableLog
  return {
    leader,
    epoch,
    isAvailable,
    ...rest,
    replicas: replication.replicas.map((replica) => ({
      broker: replica.broker,
      end: replica.broker === leader ? partition.end : replica.end,
      highWatermark: replica.broker === leader ? replication.highWatermark : replica.highWatermark,
      leads: replica.broker === leader,
      inSync: replication.isr.includes(replica.broker),
      down: !log.isUp(replica.broker),
      cut: log.isCut(replica.broker),
    })),
    segments: retention.bases,
    bytes: retention.bytes,
    cleanTo: isCompacted ? compaction.cleanTo : -1,
    control: controlRecords(partition),
  }
}

function keepingView(partition: Partition) {
  const keeping = keepingOf(partition)
  const { replication, retention, compaction, isCompacted, highWatermark, lastStable } = keeping
  return { replication, retention, compaction, isCompacted, highWatermark, lastStable }
}

/** What became of the record at an offset; undefined if nothing did. */
export function fateOf(partition: Partition, offset: number): RecordFate | undefined {
  const { producers, compaction, replication } = keepingOf(partition)
  const entry = replication.entryOf(offset)
  const removed = compaction.isRemoved(entry)
  const transaction = producers.transactionOf(entry, offset)
  if (!removed && transaction === null) return undefined
  return {
    ...(removed && { removed }),
    ...(transaction !== null && { transaction, producer: producers.producerOf(entry) }),
  }
}

function controlRecords(partition: Partition): KeptState['control'] {
  const { producers, replication } = keepingOf(partition)
  const found: KeptState['control'] = []
  for (
    let offset = Math.max(partition.start, partition.end - LISTED_MAX);
    offset < partition.end;
    offset++
  ) {
    const entry = replication.entryOf(offset)
    if (producers.isMarker(entry)) {
      found.push({ offset, commit: producers.transactionOf(entry, offset) === 'committed' })
    }
  }
  return found
}

/** The brokers of the topic's log, if it has such. */
export function clusterState(world: World, topic: string): ClusterState | undefined {
  const doc = world.scenario.nodes.find(({ id }) => id === topic)
  const { extension } = logBrokerOf(world, topic)
  if (!(extension instanceof DurableLog) || doc?.kind !== 'topic') return undefined
  const brokers = Array.from({ length: extension.size }, (_, index) => index)
  return {
    broker: doc.broker,
    size: extension.size,
    down: brokers.filter((index) => !extension.isUp(index)),
    cut: brokers.filter((index) => extension.isCut(index)),
  }
}

/** Settings of the topic that differ from the document by an act; null where one was taken away. */
export function changedSettings(world: World, id: string, topic: Topic): Record<string, unknown> {
  const { extension } = logBrokerOf(world, id)
  if (!(extension instanceof DurableLog)) return {}
  const now = extension.settingsOf(topic)
  return Object.fromEntries(
    ALTERABLE.flatMap((name) =>
      now[name] === topic.settings?.[name] ? [] : [[name, now[name] ?? null]],
    ),
  )
}
