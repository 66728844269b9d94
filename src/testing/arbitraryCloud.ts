/** What random designs have of cloud topics. */
import fc from 'fast-check'

const second = fc.boolean()

export const cloudDrafts = {
  cloudTopic: fc.record({ kind: fc.constant('cloudTopic' as const), second }),
  cloudSubscription: fc.record(
    {
      kind: fc.constant('cloudSubscription' as const),
      second,
      push: fc.boolean(),
      ackDeadlineMs: fc.constantFrom(200, 2000),
      retentionMs: fc.constantFrom(5000, 60_000),
      filter: fc.constantFrom('', 'attributes.type = "pdf"', 'NOT attributes:type'),
      ordering: fc.boolean(),
      minBackoffMs: fc.constantFrom(100, 1000),
      maxBackoffMs: fc.constantFrom(1000, 4000),
      pushMax: fc.constantFrom(1, 3),
    },
    { requiredKeys: ['kind', 'second'] },
  ),
}
