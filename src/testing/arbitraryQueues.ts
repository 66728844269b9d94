/** Random queues of the SQS family, for random scenarios. */
import fc from 'fast-check'

export const sqsQueueDrafts = fc.record(
  {
    kind: fc.constant('sqsQueue' as const),
    second: fc.boolean(),
    fifo: fc.boolean(),
    contentDeduplication: fc.boolean(),
    visibilityTimeoutMs: fc.constantFrom(0, 200, 2000),
    delayMs: fc.constantFrom(0, 300),
    retentionMs: fc.constant(60_000),
    duplicateRate: fc.constantFrom(0.2, 0.5),
    disorderRate: fc.constantFrom(0.2, 0.5),
  },
  { requiredKeys: ['kind', 'second'] },
)
