/** The built-in domains. A new one is a decider in `domains/` and one line here. */
import type { Domain } from './decider.ts'
import { account } from './domains/account.ts'
import { inventory } from './domains/inventory.ts'
import { order } from './domains/order.ts'
import { payments } from './domains/payments.ts'
import { seats } from './domains/seats.ts'
import type { CommandHandlerSettings } from './settings.ts'

export const DOMAINS: Record<CommandHandlerSettings['domain'], Domain> = {
  account: account as Domain,
  payments: payments as Domain,
  order: order as Domain,
  inventory: inventory as Domain,
  seats: seats as Domain,
}
