/** The same crash in the middle of the work, once after the commit and once before it. */
import type { ExampleBody } from '../example.ts'
import { groupRun } from './groupRun.ts'

export const commitAndCrash: ExampleBody = groupRun({
  about:
    'Both readers get the same orders in batches of three and crash at eleven seconds, in the middle of a batch. The one that commits before the work goes on after the batch and loses the rest of it; the one that commits after it does the beginning of the batch a second time. Try: commit every record, or crash just after the commit.',
  partitions: 1,
  everyMs: 800,
  count: 40,
  members: [
    {
      id: 'commit-before',
      group: 'at-most-once',
      commit: 'before',
      maxPollRecords: 3,
      service: { kind: 'fixed', ms: 700 },
      crashAtMs: 11_000,
      restartAfterMs: 1000,
    },
    {
      id: 'commit-after',
      group: 'at-least-once',
      commit: 'after',
      maxPollRecords: 3,
      service: { kind: 'fixed', ms: 700 },
      crashAtMs: 11_000,
      restartAfterMs: 1000,
    },
  ],
})
