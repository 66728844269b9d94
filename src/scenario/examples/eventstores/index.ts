/** The runs on event stores by id; the compiler holds the list complete. */
import type { ExampleBody } from '../example.ts'
import { account } from './account.ts'
import { accountLedger } from './accountLedger.ts'
import { accountTwoWriters } from './accountTwoWriters.ts'
import type { EventStoreExampleId } from './catalog.ts'
import { combined } from './combined.ts'

export const bodies: Record<EventStoreExampleId, ExampleBody> = {
  account,
  'account-two-writers': accountTwoWriters,
  'account-ledger': accountLedger,
  combined,
}
