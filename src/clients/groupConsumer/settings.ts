/** Parameters of this kind of client, as the scenario document states them. */
import type { Duration } from '../../engine/distributions.ts'

/** A member of a consumer group (log). Members with the same `group` share the partitions of the topic. */
export interface GroupConsumerSettings {
  group: string
  service: Duration
  /** Most records of one poll. */
  maxPollRecords: number
  /** How long a poll waits for records before it returns empty. */
  fetchMaxWaitMs: number
  /** Commit before the work, after each batch, or every `commitEveryMs` in the background. */
  commit: 'before' | 'after' | 'auto'
  commitEveryMs?: number
  /** Where a group without a committed offset starts. */
  offsetReset: 'earliest' | 'latest'
  failureRate?: number
  effect?: string
  output?: string
}
