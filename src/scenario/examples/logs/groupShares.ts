/** One group shares a topic: partitions are divided among its members, records within a partition keep their order. */
import type { ExampleBody } from '../example.ts'
import { groupRun } from './groupRun.ts'

export const groupShares: ExampleBody = groupRun({
  about:
    'Two members of one group share four partitions: each record goes to one of them, and each customer’s orders stay in order, because a key always has the same partition. Try: crash a member and see its partitions move after the session timeout, or pause one and see its lag grow.',
  partitions: 4,
  everyMs: 600,
  count: 70,
  keys: ['anna', 'ben', 'eva', 'quin', 'cleo', 'dan', 'hal', 'rosa'],
  members: [
    { id: 'packer-1', group: 'packing', service: { kind: 'fixed', ms: 800 } },
    { id: 'packer-2', group: 'packing', service: { kind: 'fixed', ms: 800 } },
  ],
})
