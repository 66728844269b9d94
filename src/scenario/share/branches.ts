/** Branches share beginnings: in a link each says how many actions it has from its parent, and then only its own. */
import type { Action, Scenario } from '../document.ts'
import { type Refused, refuse } from '../schema/problem.ts'
import { parseScript } from '../validate.ts'
import type { SharedBranch } from './moment.ts'

export const BRANCHES_MAX = 100
/** Actions of all branches together, once their shared beginnings are written out. */
const ACTIONS_MAX = 100_000

/** A branch without what it shares with its parent. */
export interface PrunedBranch extends Omit<SharedBranch, 'script'> {
  /** How many actions it begins with that are its parent's. */
  shared: number
  script: unknown[]
}

export function pruneBranches(branches: readonly SharedBranch[]): PrunedBranch[] {
  const byId = new Map(branches.map((branch) => [branch.id, branch]))
  return branches.map((branch) => {
    const above = branch.parent === null ? undefined : byId.get(branch.parent)
    const shared = above ? sharedCount(above.script, branch.script) : 0
    return { ...branch, shared, script: branch.script.slice(shared) }
  })
}

/** The branches with their whole scripts, checked against the scenario. */
export function growBranches(
  pruned: readonly PrunedBranch[],
  scenario: Scenario,
): { ok: true; branches: SharedBranch[] } | Refused {
  const grown = new Map<string, SharedBranch>()
  const ids = new Set(pruned.map(({ id }) => id))
  if (ids.size < pruned.length) return refuse(['branches'], 'has one id twice; give each its own')
  let actions = 0
  // Each round grows those whose parent is there; a round that grows none has found a circle.
  for (let waiting = [...pruned.entries()]; waiting.length > 0; ) {
    const later: typeof waiting = []
    for (const [i, branch] of waiting) {
      const above = branch.parent === null ? null : grown.get(branch.parent)
      if (above === undefined) {
        later.push([i, branch])
        continue
      }
      const result = grow(branch, above, scenario, i)
      if (!result.ok) return result
      actions += result.branch.script.length
      if (actions > ACTIONS_MAX) {
        return refuse(['branches'], `hold more than ${ACTIONS_MAX} actions; delete some branches`)
      }
      grown.set(branch.id, result.branch)
    }
    if (later.length === waiting.length) {
      const [i, branch] = later[0] as [number, PrunedBranch]
      return refuse(['branches', i, 'parent'], `is "${branch.parent}", which leads to no beginning`)
    }
    waiting = later
  }
  return { ok: true, branches: pruned.map(({ id }) => grown.get(id) as SharedBranch) }
}

function grow(
  pruned: PrunedBranch,
  above: SharedBranch | null,
  scenario: Scenario,
  index: number,
): { ok: true; branch: SharedBranch } | Refused {
  const path = ['branches', index]
  const available = above?.script.length ?? 0
  if (pruned.shared > available) {
    return refuse(
      [...path, 'shared'],
      `is ${pruned.shared}, and its parent has ${available} actions`,
    )
  }
  const own = parseScript(pruned.script, scenario, [...path, 'script'])
  if (!own.ok) return own
  const script = [...(above?.script.slice(0, pruned.shared) ?? []), ...own.script]
  const lastShared = script[pruned.shared - 1]?.atUs ?? 0
  if ((own.script[0]?.atUs ?? lastShared) < lastShared) {
    return refuse([...path, 'script', 0, 'atUs'], 'is before the branch begins')
  }
  const { shared: _shared, ...rest } = pruned
  return { ok: true, branch: { ...rest, script } }
}

function sharedCount(a: readonly Action[], b: readonly Action[]): number {
  let n = 0
  while (n < a.length && n < b.length && JSON.stringify(a[n]) === JSON.stringify(b[n])) n++
  return n
}
