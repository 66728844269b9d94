/** Branches as a list: what acting, forking and deleting make of it. */
import { describe, expect, test } from 'vitest'
import { actOn, rerunOf, withoutBranch } from './branches.ts'
import type { Branch } from './session.ts'

const main: Branch = { id: 'main', name: 'main', parent: null, forkUs: 0, seed: 1, script: [] }
const crash = { do: 'crash', node: 'worker' } as const

describe('given one branch', () => {
  test('when someone acts at the edge of what they have seen, then the branch goes on', () => {
    const next = actOn([main], 'main', 5_000, 5_000, crash)
    expect(next.forked).toBe(false)
    expect(next.branches).toEqual([{ ...main, script: [{ atUs: 5_000, ...crash }] }])
  })

  test('when someone acts in the past, then a new branch leaves there and the old one stays', () => {
    const next = actOn([main], 'main', 5_000, 9_000, crash)
    expect(next.branches).toHaveLength(2)
    expect(next.branches[0]).toBe(main)
    expect(next.branches[1]).toMatchObject({ parent: 'main', forkUs: 5_000, name: 'crash worker' })
    expect(next.branchId).toBe(next.branches[1]?.id)
  })

  test('when later actions exist, then acting before them forks without them', () => {
    const acted = { ...main, script: [{ atUs: 8_000, ...crash }] }
    const next = actOn([acted], 'main', 5_000, 0, { do: 'restart', node: 'worker' })
    expect(next.forked).toBe(true)
    expect(next.branches[1]?.script).toEqual([{ atUs: 5_000, do: 'restart', node: 'worker' }])
  })
})

describe('given a link with two ends', () => {
  test('when something is done to it in the past, then the branch is told by the names of its ends', () => {
    const nameOf = (id: string) => (id === 'l3' ? 'shop → orders' : id)
    const cut = { do: 'cut', link: 'l3' } as const
    const { branches } = actOn([main], 'main', 5_000, 9_000, cut, nameOf)
    expect(branches[1]?.name).toBe('cut shop → orders')
  })
})

describe('given a branch of a branch', () => {
  const a: Branch = { ...main, id: 'a', parent: 'main', forkUs: 10 }
  const b: Branch = { ...main, id: 'b', parent: 'a', forkUs: 20 }

  test('when the middle one is deleted, then its child hangs on its parent', () => {
    expect(withoutBranch([main, a, b], 'a')).toEqual([main, { ...b, parent: 'main' }])
  })

  test('when the first one is to be deleted, then nothing happens', () => {
    expect(withoutBranch([main, a], 'main')).toEqual([main, a])
  })
})

describe('given a branch that is run again with another seed', () => {
  const acted: Branch = { ...main, name: 'crash worker', script: [{ atUs: 5, ...crash }] }

  test('then the new branch does the same with a seed that no other has', () => {
    const once = rerunOf([acted], 'main')
    const twice = rerunOf(once.branches, 'main')
    expect(twice.branches.map(({ seed }) => seed)).toEqual([1, 2, 3])
    expect(twice.branches[2]).toMatchObject({
      id: twice.branchId,
      name: 'crash worker, seed 3',
      parent: 'main',
      forkUs: 0,
      script: acted.script,
    })
  })

  test('then the greatest seed is followed by 0', () => {
    const last = { ...acted, seed: Number.MAX_SAFE_INTEGER }
    expect(rerunOf([last], 'main').branches[1]?.seed).toBe(0)
  })
})
