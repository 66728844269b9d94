/** The runs on Redis streams by id; the compiler holds the list complete. */
import type { ExampleBody } from '../example.ts'
import type { RedisStreamExampleId } from './catalog.ts'
import { deadConsumer } from './deadConsumer.ts'
import { historyAtRestart } from './historyAtRestart.ts'
import { poisonEntry } from './poisonEntry.ts'
import { trimming } from './trimming.ts'

export const bodies: Record<RedisStreamExampleId, ExampleBody> = {
  'redis-dead-consumer': deadConsumer,
  'redis-history': historyAtRestart,
  'redis-trimming': trimming,
  'redis-poison': poisonEntry,
}
