/** The classic protocol beside the server-side one (KIP-848), while a member joins that is slow to answer. */
import type { ExampleBody } from '../example.ts'
import { groupRun } from './groupRun.ts'

const JOINS_AT_MS = 12_000

export const serverSide: ExampleBody = groupRun({
  about:
    'At twelve seconds a member joins each group while another one is busy for four seconds. In classic everybody who has joined again waits for the busy one; in server the broker asks one member, by its heartbeat, to give up one partition, and nobody else notices. Try: close a member of each and see who notices.',
  partitions: 4,
  everyMs: 400,
  count: 100,
  keys: ['anna', 'ben', 'eva', 'quin', 'cleo', 'dan', 'hal', 'rosa'],
  members: ['classic', 'server'].flatMap((group) =>
    [1, 2, 3].map((n) => ({
      id: `${group}-${n}`,
      group,
      maxPollRecords: 1,
      service:
        n === 1
          ? {
              kind: 'trace' as const,
              ms: [400, 400, 400, 400, 400, 400, 4000, 400, 400, 400, 400],
            }
          : { kind: 'fixed' as const, ms: 400 },
      ...(group === 'server' && { protocol: 'consumer' as const }),
      ...(n === 3 && { startAtMs: JOINS_AT_MS }),
    })),
  ),
})
