/** Branches stand under their parents, latest fork first, and say what was done otherwise. */
import { describe, expect, it } from 'vitest'
import type { Action, Scenario } from '../scenario/document.ts'
import type { Branch } from '../session/session.ts'
import { branchRows } from './branchTree.ts'

const scenario = {
  nodes: [{ id: 'n1', name: 'worker' }],
  links: [{ id: 'l1', from: 'n1', to: 'n2' }],
} as unknown as Scenario

const crash: Action = { atUs: 3, do: 'crash', node: 'n1' }
const cut: Action = { atUs: 5, do: 'cut', link: 'l1' }

function branch(id: string, parent: string | null, forkUs: number, script: Action[] = []): Branch {
  return { id, name: id, parent, forkUs, seed: 1, script }
}

function outline(branches: Branch[]): string[] {
  return branchRows(branches, scenario).map((row) => '-'.repeat(row.depth) + row.branch.id)
}

describe('the tree of branches', () => {
  it('given forks of one parent, then the latest fork comes first, so that no line crosses another', () => {
    const rows = [branch('main', null, 0), branch('a', 'main', 3), branch('b', 'main', 5)]
    expect(outline(rows)).toEqual(['main', '-b', '-a'])
  })

  it('given a fork of a fork, then it stands under its parent and knows its row', () => {
    const rows = branchRows(
      [
        branch('main', null, 0),
        branch('a', 'main', 3),
        branch('b', 'main', 5),
        branch('c', 'b', 7),
      ],
      scenario,
    )
    expect(rows.map((row) => [row.branch.id, row.parentRow])).toEqual([
      ['main', -1],
      ['b', 0],
      ['c', 1],
      ['a', 0],
    ])
  })

  it('given a branch whose parent was deleted, then it is still there', () => {
    expect(outline([branch('main', null, 0), branch('a', 'gone', 3)])).toEqual(['main', 'a'])
  })

  it('says the first thing that was done otherwise than in the parent', () => {
    const rows = [
      branch('main', null, 0, [crash]),
      branch('a', 'main', 5, [crash, cut]),
      branch('b', 'main', 3, []),
      { ...branch('c', 'main', 0, [crash]), seed: 42 },
    ]
    const done = Object.fromEntries(
      branchRows(rows, scenario).map((row) => [row.branch.id, row.done]),
    )
    expect(done).toEqual({
      main: '',
      a: 'cut worker → n2',
      b: 'nothing more is done',
      c: 'run again with seed 42',
    })
  })
})
