/** The examples by id. A new one is a file beside this one and one line here; the compiler holds the list complete. */
import { account } from './account.ts'
import { combined } from './combined.ts'
import type { Example } from './example.ts'
import { mm1 } from './mm1.ts'
import { notifications } from './notifications.ts'
import { notificationsTeam } from './notificationsTeam.ts'
import { orders } from './orders.ts'
import { ordersWorkers } from './ordersWorkers.ts'

export type { Example } from './example.ts'

export const EXAMPLE_IDS = [
  'orders',
  'orders-workers',
  'notifications',
  'notifications-team',
  'account',
  'combined',
  'mm1',
] as const

export type ExampleId = (typeof EXAMPLE_IDS)[number]

const BY_ID: Record<ExampleId, Example> = {
  orders,
  'orders-workers': ordersWorkers,
  notifications,
  'notifications-team': notificationsTeam,
  account,
  combined,
  mm1,
}

/** All examples, in the order in which they are offered. */
export const EXAMPLES: readonly Example[] = EXAMPLE_IDS.map((id) => BY_ID[id])

/** The example of that id, if there is one. */
export function findExample(id: string): Example | undefined {
  return EXAMPLES.find((example) => example.id === id)
}
