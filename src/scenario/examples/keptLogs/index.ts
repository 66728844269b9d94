/** The runs on how logs are written and kept by id; the compiler holds the list complete. */
import type { ExampleBody } from '../example.ts'
import { acksAndReplicas } from './acksAndReplicas.ts'
import { addingPartitions } from './addingPartitions.ts'
import type { KeptLogExampleId } from './catalog.ts'
import { compactedTable } from './compactedTable.ts'
import { exactlyOnce } from './exactlyOnce.ts'
import { hotKey } from './hotKey.ts'
import { idempotentProducer } from './idempotentProducer.ts'
import { orderingByKey } from './orderingByKey.ts'
import { readCommitted } from './readCommitted.ts'
import { replayFromZero } from './replayFromZero.ts'
import { retentionAndLag } from './retentionAndLag.ts'
import { uncleanElection } from './uncleanElection.ts'

export const bodies: Record<KeptLogExampleId, ExampleBody> = {
  'ordering-by-key': orderingByKey,
  'hot-key': hotKey,
  'adding-partitions': addingPartitions,
  'idempotent-producer': idempotentProducer,
  'read-committed': readCommitted,
  'exactly-once': exactlyOnce,
  'acks-and-replicas': acksAndReplicas,
  'unclean-election': uncleanElection,
  'retention-and-lag': retentionAndLag,
  'compacted-table': compactedTable,
  'replay-from-zero': replayFromZero,
}
