/** What the present branch can be compared with: the other branches, and what ran before the last change. */
import type { Scenario } from '../../scenario/document.ts'
import type { LiveSession } from '../../session/react.tsx'
import type { Branch } from '../../session/session.ts'

/** One side of a comparison: a run by what it is made of, with its name. */
export interface Side {
  name: string
  scenario: Scenario
  branch: Branch
}

export interface Opposite extends Side {
  /** What the stage view's parameter says for it. */
  id: string
  /** Whether it is one of the branches, in which a person can act. */
  isBranch: boolean
}

/** Stands for what ran before the last change; no branch has this id. */
const EARLIER = '~earlier'

/** In the order in which they are offered; the first is compared with where nothing was chosen. */
export function oppositesOf(
  session: LiveSession,
  scenario: Scenario,
  branches: readonly Branch[],
  present: Branch,
): Opposite[] {
  const others = branches.filter(({ id }) => id !== present.id)
  const nearFirst = others.toSorted((a, b) => nearness(b, present) - nearness(a, present))
  const found: Opposite[] = nearFirst.map((branch) => ({
    id: branch.id,
    name: branch.name,
    scenario,
    branch,
    isBranch: true,
  }))
  const earlier = session.earlier()
  if (earlier) found.push({ id: EARLIER, name: 'the run before', ...earlier, isBranch: false })
  return found
}

/** The parent is what a branch is most often compared with, then what left it. */
function nearness(branch: Branch, present: Branch): number {
  if (branch.id === present.parent) return 2
  return branch.parent === present.id ? 1 : 0
}
