/** The domains beside the account. A new one is a decider in `domains/` and one line here. */
import type { Domain } from './decider.ts'
import { inventory } from './domains/inventory.ts'
import { order } from './domains/order.ts'
import { payments } from './domains/payments.ts'
import { seats } from './domains/seats.ts'
import { takeDomains } from './domains.ts'

takeDomains({
  payments: payments as Domain,
  order: order as Domain,
  inventory: inventory as Domain,
  seats: seats as Domain,
})
