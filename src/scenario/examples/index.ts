/** The examples by id. A new one is a file beside this one and one line here; the compiler holds the list complete. */
import { account } from './account.ts'
import { accountLedger } from './accountLedger.ts'
import { accountTwoWriters } from './accountTwoWriters.ts'
import { combined } from './combined.ts'
import { deliveryLimit } from './deliveryLimit.ts'
import type { Example } from './example.ts'
import { fairDispatch } from './fairDispatch.ts'
import { headers } from './headers.ts'
import { mm1 } from './mm1.ts'
import { notifications } from './notifications.ts'
import { notificationsTeam } from './notificationsTeam.ts'
import { orders } from './orders.ts'
import { ordersFanout } from './ordersFanout.ts'
import { ordersWorkers } from './ordersWorkers.ts'
import { outage } from './outage.ts'
import { overload } from './overload.ts'
import { poison } from './poison.ts'
import { priority } from './priority.ts'
import { retry } from './retry.ts'
import { routing } from './routing.ts'
import { rpc } from './rpc.ts'
import { singleActive } from './singleActive.ts'
import { sqsJobs } from './sqsJobs.ts'
import { topics } from './topics.ts'

export type { Example } from './example.ts'

export const EXAMPLE_IDS = [
  'orders',
  'orders-workers',
  'orders-fanout',
  'fair-dispatch',
  'routing',
  'topics',
  'headers',
  'rpc',
  'retry',
  'priority',
  'overload',
  'poison',
  'delivery-limit',
  'single-active',
  'outage',
  'sqs-jobs',
  'notifications',
  'notifications-team',
  'account',
  'account-two-writers',
  'account-ledger',
  'combined',
  'mm1',
] as const

export type ExampleId = (typeof EXAMPLE_IDS)[number]

const BY_ID: Record<ExampleId, Example> = {
  orders,
  'orders-workers': ordersWorkers,
  'orders-fanout': ordersFanout,
  'fair-dispatch': fairDispatch,
  routing,
  topics,
  headers,
  rpc,
  retry,
  priority,
  overload,
  poison,
  'delivery-limit': deliveryLimit,
  'single-active': singleActive,
  outage,
  'sqs-jobs': sqsJobs,
  notifications,
  'notifications-team': notificationsTeam,
  account,
  'account-two-writers': accountTwoWriters,
  'account-ledger': accountLedger,
  combined,
  mm1,
}

/** All examples, in the order in which they are offered. */
export const EXAMPLES: readonly Example[] = EXAMPLE_IDS.map((id) => BY_ID[id])

/** The example of that id, if there is one. */
export function findExample(id: string): Example | undefined {
  return EXAMPLES.find((example) => example.id === id)
}
