/** The run that shows a statement of the comparison, ready to be opened at its moment. */
import type { Claim } from '../scenario/claims.ts'
import type { Scenario } from '../scenario/document.ts'
import { loadExample } from '../scenario/examples/load.ts'
import { findVerdict, type Verdict } from '../scenario/verdicts.ts'
import type { Session } from '../session/session.ts'

export interface ClaimRun {
  claim: Claim & Verdict
  scenario: Scenario
  options: NonNullable<Parameters<Session['open']>[1]>
}

export async function loadClaimRun(id: string): Promise<ClaimRun | null> {
  const claim = findVerdict(id)
  const example = claim && (await loadExample(claim.run.exampleId))
  if (!claim || !example) return null
  const { scenario } = example
  const { script, timeUs, selection, exampleId } = claim.run
  const main = { id: 'main', name: 'main', parent: null, forkUs: 0, seed: scenario.seed }
  return {
    claim,
    scenario,
    options: { exampleId, branches: [{ ...main, script: [...script] }], timeUs, selection },
  }
}
