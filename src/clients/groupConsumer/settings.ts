/** Parameters of this kind of client, as the scenario document states them. */
import type { AssignorName } from '../../brokers/log/member.ts'
import type { Duration } from '../../engine/distributions.ts'
import type { InboxSettings } from '../client.ts'

/** A member of a consumer group (log). Members with the same `group` share the partitions of the topic. */
export interface GroupConsumerSettings extends InboxSettings {
  group: string
  service: Duration
  /** Most records of one poll. */
  maxPollRecords: number
  /** How long a poll waits for records before it returns empty. */
  fetchMaxWaitMs: number
  /**
   * Commit before the work, after it, at the first poll after every `commitEveryMs`, or after it in one transaction
   * with what it writes to the topic that it is linked to.
   */
  commit: 'before' | 'after' | 'auto' | 'transaction'
  /** After so long the broker aborts its open transaction (transaction.timeout.ms); 60 000 if not said. */
  transactionTimeoutMs?: number
  /** auto.commit.interval.ms: 5000 if the scenario does not say. */
  commitEveryMs?: number
  /** After the work: only when so many records are done since the last commit. Each batch if not said. */
  commitEveryRecords?: number
  /** Where a group without a committed offset starts; with `none` the client ends with an error. */
  offsetReset: 'earliest' | 'latest' | 'none'
  /** Members of a group agree on it; range if not said. */
  assignor?: AssignorName
  /** group.protocol: `consumer` is the server-side one, in which the assignor is the broker's. */
  protocol?: 'classic' | 'consumer' | 'share'
  /**
   * In a share group, which is a queue on a topic: how long a record is a member's own, and how often it is
   * delivered at most. A failed record is given up (`skip`) or given back (`retry`).
   */
  lockMs?: number
  deliveryLimit?: number
  /** In a share group: every so often it renews the locks of what it has in hand; never if not said. */
  renewEveryMs?: number
  /** It has a group.instance.id (its own name), so that it can come back without a rebalance. */
  staticMember?: boolean
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
  /** isolation.level: whether it waits for the end of transactions; read_uncommitted if not said. */
  isolation?: 'read_uncommitted' | 'read_committed'
  /** It starts so late; from the beginning if not said. */
  startAtMs?: number
  /** Its process is stopped in order at this time (consumer.close()), or dies at this time. */
  closeAtMs?: number
  crashAtMs?: number
  /** How long after that it starts again; never if not said. */
  restartAfterMs?: number
}

export const DEFAULT_SESSION_TIMEOUT_MS = 3000
export const DEFAULT_MAX_POLL_INTERVAL_MS = 300_000
export const DEFAULT_COMMIT_EVERY_MS = 5000

/** Whether a member keeps what it owns while its group rebalances. */
export function isIncremental({ assignor, protocol }: GroupConsumerSettings): boolean {
  return assignor === 'cooperative-sticky' || protocol === 'consumer'
}
