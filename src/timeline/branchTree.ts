/**
 * The branches as a tree that is drawn on the scale of the track: each is a line that leaves its parent's at the moment
 * of the fork. Later forks come first under a parent, so that no line crosses another.
 */
import type { Scenario } from '../scenario/document.ts'
import { actionText } from '../session/names.ts'
import type { Branch } from '../session/session.ts'

export interface BranchRow {
  branch: Branch
  /** Row of the parent, above this one; -1 for the first branch. */
  parentRow: number
  depth: number
  /** What was done there instead. */
  done: string
}

export function branchRows(branches: readonly Branch[], scenario: Scenario): BranchRow[] {
  const rows: BranchRow[] = []
  const known = new Set(branches.map((branch) => branch.id))
  const add = (branch: Branch, parent: Branch | null, parentRow: number, depth: number) => {
    const row = rows.length
    rows.push({ branch, parentRow, depth, done: whatWasDone(branch, parent, scenario) })
    const children = branches.filter((child) => child.parent === branch.id)
    children.sort((a, b) => b.forkUs - a.forkUs)
    for (const child of children) add(child, branch, row, depth + 1)
  }
  for (const branch of branches) {
    // A branch whose parent is gone stands on its own.
    if (branch.parent === null || !known.has(branch.parent)) add(branch, null, -1, 0)
  }
  return rows
}

/** The first thing in a branch's script that its parent's has not. */
function whatWasDone(branch: Branch, parent: Branch | null, scenario: Scenario): string {
  if (!parent) return ''
  if (branch.seed !== parent.seed) return `run again with seed ${branch.seed}`
  const shared = branch.script.findIndex(
    (action, i) => JSON.stringify(action) !== JSON.stringify(parent.script[i]),
  )
  const action = branch.script[shared]
  return action ? actionText(action, scenario) : 'nothing more is done'
}
