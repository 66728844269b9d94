/** The runs on event stores by id; the compiler holds the list complete. */
import type { ExampleBody } from '../example.ts'
import { account } from './account.ts'
import { audit, lateProjection, snapshots } from './accountHistory.ts'
import { accountLedger } from './accountLedger.ts'
import { accountTwoWriters } from './accountTwoWriters.ts'
import type { EventStoreExampleId } from './catalog.ts'
import { combined } from './combined.ts'
import { moneyTrail } from './moneyTrail.ts'
import { erasing, mailer, mailerGroup, rebuild, schema, staleRead } from './readModels.ts'
import { choreography, saga, seats } from './sagas.ts'
import { threePatterns } from './threePatterns.ts'
import { dualWrites, outbox, outboxRelays } from './twoWrites.ts'

export const bodies: Record<EventStoreExampleId, ExampleBody> = {
  account,
  'account-two-writers': accountTwoWriters,
  'account-ledger': accountLedger,
  'account-audit': audit,
  'account-snapshots': snapshots,
  'late-projection': lateProjection,
  'rebuild-open': rebuild,
  'stale-read': staleRead,
  'mailer-replay': mailer,
  'mailer-group': mailerGroup,
  'schema-versions': schema,
  'dual-writes': dualWrites,
  outbox,
  'outbox-relays': outboxRelays,
  'order-saga': saga,
  'order-choreography': choreography,
  'seat-booking': seats,
  'erasing-person': erasing,
  'three-patterns': threePatterns,
  combined,
  'money-trail': moneyTrail,
}
