/** A member joins two groups that differ in their assignor only: in one everybody stops, in the other nobody does. */
import type { ExampleBody } from '../example.ts'
import { groupRun } from './groupRun.ts'

const JOINS_AT_MS = 15_000

export const eagerOrCooperative: ExampleBody = groupRun({
  about:
    'Two groups read the same topic, and at fifteen seconds a third member joins each. In eager (range) all give up everything and wait for each other; in cooperative only the partitions of the newcomer change hands, in two steps, and all others are read on. Try: crash a member of each group and compare how far their lag grows.',
  partitions: 6,
  everyMs: 300,
  count: 140,
  keys: ['eva', 'ben', 'hal', 'dan', 'nora', 'cleo'],
  members: ['eager', 'cooperative'].flatMap((group) =>
    [1, 2, 3].map((n) => ({
      id: `${group}-${n}`,
      group,
      service: { kind: 'fixed' as const, ms: 400 },
      ...(group === 'cooperative' && { assignor: 'cooperative-sticky' as const }),
      ...(n === 3 && { startAtMs: JOINS_AT_MS }),
    })),
  ),
})
