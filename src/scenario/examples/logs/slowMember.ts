/** A job that takes longer than max.poll.interval.ms: the member leaves, the group rebalances, the work is done again. */
import type { ExampleBody } from '../example.ts'
import { groupRun } from './groupRun.ts'

export const slowMember: ExampleBody = groupRun({
  about:
    'The fourth order of slow takes nine seconds, and max.poll.interval.ms is five: slow leaves its group, steady gets its partition and does the same order again, and the commit of slow is refused. Try: raise the longest time between polls, or let a record of steady outlast it too.',
  partitions: 2,
  everyMs: 700,
  count: 40,
  keys: ['eva', 'ben', 'rosa', 'anna'],
  members: [
    {
      id: 'slow',
      group: 'packing',
      service: { kind: 'trace', ms: [600, 600, 600, 9000, 600, 600] },
      maxPollRecords: 1,
      maxPollIntervalMs: 5000,
    },
    {
      id: 'steady',
      group: 'packing',
      service: { kind: 'fixed', ms: 500 },
      maxPollIntervalMs: 5000,
    },
  ],
})
