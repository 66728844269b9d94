/** A member that writes and commits in one transaction, for programs in any language: which of its outlets that is about. */

import type { Scenario } from '../document.ts'
import { isAwaiting } from '../topicSettings.ts'
import { type Outlet, outletsOf, type Role, sourcesOf } from './plan.ts'

/** The outlet whose messages are in the member's transactions; null if it has none. */
export function transactionalOutlet(
  scenario: Scenario,
  role: Role<'groupConsumer'>,
): Outlet | null {
  const [member] = role.docs
  if (!isAwaiting(member)) return null
  const logs = sourcesOf(scenario, role).flatMap((node) =>
    node.kind === 'topic' ? [node.broker] : [],
  )
  const found = outletsOf(scenario, role).find(
    ({ to }) => to.kind === 'topic' && logs.includes(to.broker),
  )
  return found ?? null
}
