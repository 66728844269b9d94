/** What came to nothing stands at its handler, at every playhead, with the reason or with both writers. */
import { describe, expect, test } from 'vitest'
import type { Scenario } from '../scenario/document.ts'
import { exampleCalled } from '../scenario/examples/index.ts'
import type { StateOf } from './frame.ts'
import { History } from './history.ts'
import { latestRefusal } from './refusal.ts'

const S = 1_000_000
const twoWriters = exampleCalled('account-two-writers').scenario

function run(scenario: Scenario) {
  const history = new History(scenario, [])
  while (history.advance()) {}
  return (handler: string, atS: number) => {
    history.seek({ atUs: atS * S })
    const state = history.frame().nodes.find(({ id }) => id === handler)
    return latestRefusal(state as StateOf<'commandHandler'>)
  }
}

describe('given two writers of one stream', () => {
  const refusal = run(twoWriters)
  const seen = (atS: number) => {
    const { conflict = null, reason = '', atUs = -1 } = refusal('web-shop', atS) ?? {}
    return {
      atUs,
      reason,
      expected: conflict?.expected,
      won: conflict?.won,
      found: conflict?.found,
    }
  }
  const none = { atUs: -1, reason: '', expected: undefined, won: undefined, found: undefined }
  const of = (atS: number, expected: string, found: string) => {
    return { atUs: atS * S, reason: '', expected, won: expected, found }
  }

  test.each([
    [8.8, none],
    [17.5, of(16.9, 'version 2', 'version 3')],
    [8.9, of(8.9, 'version 0', 'version 1')],
    [18.4, { ...none, atUs: 18.4 * S, reason: 'The balance is 70: 90 cannot be withdrawn.' }],
    [12, of(8.9, 'version 0', 'version 1')],
    [1, none],
  ])('at %s s, forwards or back, then the latest is the one of that moment', (atS, expected) => {
    expect(seen(atS)).toEqual(expected)
  })

  test('then both writers are named, and the one that was faster lost nothing', () => {
    expect(refusal('web-shop', 17.5)?.conflict).toMatchObject({
      ...{ loserName: 'web shop', winnerName: 'cash desk' },
      ...{ loser: 'web-shop', winner: 'cash-desk', stream: 'account-acc1' },
    })
    expect(refusal('cash-desk', 30)).toBeNull()
  })
})

test('given a faster writer that expects any version, then that is what it is said to have expected', () => {
  const nodes = twoWriters.nodes.map((node) =>
    node.id === 'cash-desk' ? { ...node, expects: 'any' as const } : node,
  )
  const refusal = run({ ...twoWriters, nodes } as Scenario)
  expect(refusal('web-shop', 17.5)?.conflict).toMatchObject({
    ...{ expected: 'version 2', won: 'any version', found: 'version 3' },
  })
})

test('given no retry, then the conflict stands with what it led to', () => {
  const nodes = twoWriters.nodes.map((node) =>
    node.kind === 'commandHandler' ? { ...node, retries: 0 } : node,
  )
  const refusal = run({ ...twoWriters, nodes })('web-shop', 17.5)
  expect(refusal?.conflict?.found).toBe('version 2')
  expect(refusal?.reason).toBe('Another writer was faster, and no retry is left.')
})
