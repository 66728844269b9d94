/**
 * What a topic with settings has besides records at offsets: replicas, retention, compaction, producers
 * with sequence numbers, transactions. The plain partition asks for it through this shape only, so that
 * what does it (`durable/`) is loaded with the first scenario that has such a topic.
 */
import type { Archive } from '../../engine/archive.ts'
import type { Partition } from './partition.ts'

/** The settings of a topic, under the names that they have in Kafka. What is not given is not kept. */
export interface TopicSettings {
  /** On how many brokers of the cluster each partition lies (replication.factor). */
  replicationFactor?: number
  /** With acks=all, so many replicas must be in sync for a write (min.insync.replicas). */
  minInsyncReplicas?: number
  /** A replica that was not in sync may become leader (unclean.leader.election.enable). */
  uncleanLeaderElection?: boolean
  /** A follower that has not caught up for so long is not in sync (replica.lag.time.max.ms). */
  replicaLagMs?: number
  /** A round of a follower: its fetch and the answer. Kafka has no such setting: it is the network's. */
  replicaFetchMs?: number
  /** Records may be deleted when they are older (retention.ms) or when the partition is larger (retention.bytes). */
  retentionMs?: number
  retentionBytes?: number
  /** A segment is closed at this size (segment.bytes) or age (segment.ms). Only whole segments are deleted. */
  segmentBytes?: number
  segmentMs?: number
  /** How often it is looked for what to delete or compact (log.retention.check.interval.ms, log.cleaner.backoff.ms). */
  checkMs?: number
  /** cleanup.policy: `delete` unless stated. */
  cleanup?: 'delete' | 'compact' | 'compact,delete'
  /** Compaction begins when so much of the log is dirty (min.cleanable.dirty.ratio). */
  dirtyRatio?: number
  /** A tombstone stays for so long after it was compacted (delete.retention.ms). */
  deleteRetentionMs?: number
}

/** The keeping of one partition. */
export interface Keeping {
  /** Records that were ever written. */
  readonly written: number
  /** Up to where records are on all replicas in sync; -1 while the partition has no leader. */
  readonly highWatermark: number
  /** The first offset of the oldest open transaction, or the high watermark: where read_committed ends. */
  readonly lastStable: number
  /** Where the record of an offset was written down: offsets may be given again after a loss. */
  entryOf(offset: number): number
  /** False for control records and for what compaction took away. */
  isRecord(offset: number): boolean
  /** Whether it belongs to a transaction that was aborted. */
  isAborted(offset: number): boolean
  /** Writes a record of whoever asks for no answer. */
  append(message: number): void
  apply(kind: number, message: number, aux: number): void
  archive(io: Archive): void
  due(kind: number, arg: number): void
}

/** What a broker with such topics has besides: a cluster, a transaction coordinator, requests that wait. */
export interface LogExtension {
  keep(partition: Partition): Keeping
  /** These partitions are new: what is done from time to time begins. */
  begin(partitions: readonly Partition[]): void
  apply(kind: number, message: number, aux: number): void
  archive(io: Archive): void
  due(kind: number, arg: number): void
}
