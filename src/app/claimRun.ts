/** The run that shows a statement of the comparison: looked up when one is opened. */
import type { Scenario } from '../scenario/document.ts'
import type { Session } from '../session/session.ts'

export interface ClaimRun {
  scenario: Scenario
  options: NonNullable<Parameters<Session['open']>[1]>
}

export async function findClaimRun(_id: string): Promise<ClaimRun | null> {
  return null
}
