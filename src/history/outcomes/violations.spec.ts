/** Broken promises as a timeline marks them: there as the run grows, the same in a branch as from the beginning. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import { findExample } from '../../scenario/examples/index.ts'
import { systems } from '../../testing/systems.ts'
import { History } from '../history.ts'
import { OutcomeReader } from './reader.ts'
import { Violations } from './violations.ts'

const BROKEN = [
  'lost',
  'duplicated',
  'outOfOrder',
  'negativeBalance',
  'misfolded',
  'miscounted',
  'overPrefetch',
] as const
const FACTS_MAX = 4_000

function brokenIn({ counts }: OutcomeReader): number {
  return BROKEN.reduce((sum, kind) => sum + counts[kind], 0)
}

function marked({ violations }: OutcomeReader): number {
  return violations.list().reduce((sum, { count }) => sum + count, 0)
}

/** Reads while the run is computed, a few facts at a time; looks after each time. */
function readGrowing(history: History, look: (reader: OutcomeReader) => void): OutcomeReader {
  const reader = new OutcomeReader(history.live)
  while (history.advance(97)) {
    reader.read()
    look(reader)
  }
  reader.read()
  reader.finish()
  return reader
}

describe('given any run', () => {
  test('when it grows, then what is marked stays, each broken promise is counted, and the end has what one look at all has', () => {
    let seen = 0
    fc.assert(
      fc.property(systems, ({ scenario, script, seed }) => {
        const history = new History(scenario, script, { seed, factsMax: FACTS_MAX })
        let before = 0
        const grown = readGrowing(history, (reader) => {
          expect(marked(reader)).toBe(brokenIn(reader))
          expect(marked(reader)).toBeGreaterThanOrEqual(before)
          before = marked(reader)
        })
        seen += before
        const atOnce = new OutcomeReader(history.live)
        atOnce.read()
        atOnce.finish()
        expect(grown.violations.list()).toEqual(atOnce.violations.list())
        expect(marked(grown)).toBe(brokenIn(grown))
      }),
      { numRuns: 100 },
    )
    expect(seen).toBeGreaterThan(100)
  })
})

describe('given two workers, one of which is crashed', () => {
  const { scenario } = must(findExample('orders-workers'), 'orders-workers')

  test('when that is a branch, then its marks are those of its script computed from the beginning', () => {
    const options = { seed: 1, checkpointFacts: 40, checkpointBytesAFact: 1_000 }
    const parent = new History(scenario, [], options)
    while (parent.advance()) {}
    const script = [{ atUs: 5_000_000, do: 'crash' as const, node: 'worker-1' }]
    const branch = parent.fork(script)
    expect(branch.forkIndex).toBeGreaterThan(0)
    const ofBranch = readGrowing(branch, () => {})
    const fresh = readGrowing(new History(scenario, script, options), () => {})
    expect(ofBranch.violations.list().length).toBeGreaterThan(0)
    expect(ofBranch.violations.list()).toEqual(fresh.violations.list())
  })
})

describe('given many broken promises at one place', () => {
  test('then the earliest is marked, and it says how many there are; far ones are marked for themselves', () => {
    const violations = new Violations(1_000_000)
    const at = (timeUs: number, kind: 'lost' | 'deadLettered' = 'lost') =>
      violations.add({ kind, factIndexes: [timeUs], timeUs, node: '', sentence: `${timeUs}` })
    for (const timeUs of [120, 110, 130, 900_000]) at(timeUs)
    at(115, 'deadLettered')
    expect(violations.list()).toMatchObject([
      { timeUs: 110, count: 3 },
      { timeUs: 900_000, count: 1 },
    ])
  })
})
