/** A share group: a topic as a queue, with locks that time out and a limit of deliveries. */
import type { ExampleBody } from '../example.ts'
import { groupRun } from './groupRun.ts'

export const shareQueue: ExampleBody = groupRun({
  about:
    'Three workers share one partition: each record goes to whoever asks, is acquired for four seconds and answered by itself. The third record of worker-1 takes six seconds: its lock times out and another one does it too. Some work fails and is released; what fails a second time is archived. Try: crash a worker that has records, or let worker-1 renew its locks every two seconds.',
  partitions: 1,
  everyMs: 500,
  count: 60,
  members: [1, 2, 3].map((n) => ({
    id: `worker-${n}`,
    group: 'packing',
    protocol: 'share' as const,
    lockMs: 4000,
    deliveryLimit: 2,
    maxPollRecords: 2,
    failureRate: 0.15,
    onFailure: 'retry' as const,
    service:
      n === 1
        ? { kind: 'trace' as const, ms: [900, 900, 6000, 900, 900, 900, 900, 900] }
        : { kind: 'fixed' as const, ms: 900 },
  })),
})
