/** Going to a finding: the playhead behind the fact that completes it, its facts lit, its message selected. */
import type { Outcome } from '../history/outcomes/outcome.ts'
import type { LiveSession } from './react.tsx'

/** Goes to a finding: behind its last fact, or behind the one that is given. */
export function goToFinding(
  session: LiveSession,
  { factIndexes, message }: Pick<Outcome, 'factIndexes'> & { message?: number | undefined },
  factIndex = factIndexes.at(-1) ?? 0,
): void {
  session.seek({ factIndex: factIndex + 1 })
  if (message !== undefined) session.select({ type: 'message', id: message })
  session.store.setState({ pointedAt: factIndexes })
}
