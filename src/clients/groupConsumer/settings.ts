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
  /** Commit before the work, after each batch, or at the first poll after every `commitEveryMs`. */
  commit: 'before' | 'after' | 'auto'
  /** auto.commit.interval.ms: 5000 if the scenario does not say. */
  commitEveryMs?: number
  /** Where a group without a committed offset starts. */
  offsetReset: 'earliest' | 'latest'
  /** Share of records whose handler throws, 0 to 1. */
  failureRate?: number
  /** What it does then: go on with the next record, or try the same one again until it succeeds. */
  onFailure?: 'skip' | 'retry'
  /** Silence after which the group goes on without it; signs of life come three times as often. 3000 if not said. */
  sessionTimeoutMs?: number
  /** Longest time between two polls; beyond it the member leaves its group. 300 000 if not said, as in Kafka. */
  maxPollIntervalMs?: number
  /** What the handler does, shown in the ledger of effects: `Sending email for: {body}`. */
  effect?: string
  /** Body of what it publishes, `{body}` is the consumed one. Only with a link out. */
  output?: string
}

export const DEFAULT_SESSION_TIMEOUT_MS = 3000
export const DEFAULT_MAX_POLL_INTERVAL_MS = 300_000
export const DEFAULT_COMMIT_EVERY_MS = 5000
