/**
 * The built-in domains. The account is always here; the others come with the family `sourcing`, which a scenario
 * that has one of them loads (`furtherDomains.ts`).
 */
import type { Domain } from './decider.ts'
import { account } from './domains/account.ts'
import type { CommandHandlerSettings } from './settings.ts'

type DomainName = CommandHandlerSettings['domain']

/** Those that are here. Whoever runs or views a scenario has loaded what it needs. */
export const DOMAINS = { account: account as Domain } as Record<DomainName, Domain>

export function takeDomains(domains: Record<Exclude<DomainName, 'account'>, Domain>): void {
  Object.assign(DOMAINS, domains)
}
