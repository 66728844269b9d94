/** The domains besides the account, as programs write them. */
import type { CommandHandlerSettings } from '../../clients/commandHandler/settings.ts'

export type FurtherDomain = Exclude<CommandHandlerSettings['domain'], 'account'>

/** By which field of a command its stream is named, and how that begins. */
export const KEYED: Record<FurtherDomain, { field: string; prefix: string }> = {
  order: { field: 'order', prefix: 'order-' },
  inventory: { field: 'item', prefix: 'stock-' },
  payments: { field: 'account', prefix: 'account-' },
  seats: { field: 'show', prefix: 'show-' },
}
