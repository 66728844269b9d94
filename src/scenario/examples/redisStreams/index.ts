/** The runs on Redis streams by id; the compiler holds the list complete. */
import type { ExampleBody } from '../example.ts'
import type { RedisStreamExampleId } from './catalog.ts'
import { claimedTwice } from './claimedTwice.ts'
import { deadConsumer } from './deadConsumer.ts'
import { historyAtRestart } from './historyAtRestart.ts'
import { lateGroups } from './lateGroups.ts'
import { plainReaders } from './plainReaders.ts'
import { poisonEntry } from './poisonEntry.ts'
import { trimming } from './trimming.ts'

export const bodies: Record<RedisStreamExampleId, ExampleBody> = {
  'redis-dead-consumer': deadConsumer,
  'redis-history': historyAtRestart,
  'redis-trimming': trimming,
  'redis-poison': poisonEntry,
  'redis-late-groups': lateGroups,
  'redis-readers': plainReaders,
  'redis-claimed-twice': claimedTwice,
}
