/** Random topics that keep, and random producers that batch, for random scenarios. */
import fc from 'fast-check'

export const topicDrafts = fc.record(
  {
    kind: fc.constant('topic' as const),
    second: fc.boolean(),
    partitions: fc.integer({ min: 1, max: 4 }),
    replicationFactor: fc.integer({ min: 1, max: 3 }),
    replicaLagMs: fc.constantFrom(500, 3000),
    uncleanLeaderElection: fc.boolean(),
    retentionMs: fc.constantFrom(1000, 5000),
    segmentBytes: fc.constantFrom(10, 50),
    cleanup: fc.constantFrom('delete' as const, 'compact' as const, 'compact,delete' as const),
    dirtyRatio: fc.constantFrom(0, 0.5),
    deleteRetentionMs: fc.constantFrom(0, 2000),
  },
  { requiredKeys: ['kind', 'second', 'partitions'] },
)

/** Settings by which a producer batches its records and waits for answers. */
export const batchingSettings = {
  acks: fc.constantFrom('0', '1', 'all'),
  idempotent: fc.boolean(),
  transaction: fc.constantFrom(2, 5),
  abortRate: fc.constantFrom(0, 0.5),
  lingerMs: fc.constantFrom(0, 300),
  batchRecords: fc.integer({ min: 1, max: 4 }),
  batchBytes: fc.constantFrom(1, 20, 16_384),
  maxInFlight: fc.integer({ min: 1, max: 5 }),
  requestTimeoutMs: fc.constantFrom(200, 2000),
  deliveryTimeoutMs: fc.constantFrom(500, 10_000),
  lossRate: fc.constantFrom(0, 0.3),
}
