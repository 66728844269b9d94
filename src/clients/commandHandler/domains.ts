/** The built-in domains. A new one is a decider in a file of its own and one line here. */
import { account } from './account.ts'
import type { Domain } from './decider.ts'
import type { CommandHandlerSettings } from './settings.ts'

export const DOMAINS: Record<CommandHandlerSettings['domain'], Domain> = {
  account: account as Domain,
}
