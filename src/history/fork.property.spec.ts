/** Branches: a run that shares a prefix with another is the run of its own script, and leaves the other alone. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Action } from '../scenario/document.ts'
import { World } from '../scenario/world.ts'
import type { Run } from '../testing/arbitrary.ts'
import { scripts } from '../testing/arbitrary.ts'
import { systems } from '../testing/systems.ts'
import { History } from './history.ts'
import { hashOfRun } from './runHash.ts'
import { Runs } from './runs.ts'

/** So often, however large they are, that short runs have checkpoints to fork from. */
const CHECKPOINTS = { checkpointFacts: 40, checkpointBytesAFact: 1_000 }
const FACTS_MAX = 6_000
const RUNS = 120

interface Branching {
  run: Run
  /** What is done instead, from when on, for each branch. */
  branches: { share: number; script: Action[] }[]
}

const branchings: fc.Arbitrary<Branching> = systems.chain((run) =>
  fc.record({
    run: fc.constant(run),
    branches: fc.array(
      fc.record({
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        script: scripts(run.scenario, 4),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
)

const options = { factsMax: FACTS_MAX, ...CHECKPOINTS }

function finish(history: History): History {
  while (history.advance(100)) {}
  return history
}

/** The script up to a moment, then another. */
function branched(script: readonly Action[], atUs: number, instead: readonly Action[]): Action[] {
  return [
    ...script.filter((action) => action.atUs <= atUs),
    ...instead.filter((action) => action.atUs >= atUs),
  ]
}

function hash({ live }: History, facts = live.records.facts.count): string {
  return hashOfRun(live.records, facts)
}

/** Every branch of a branching, each with its script and the run that it is forked from. */
function eachBranch(
  { run, branches }: Branching,
  visit: (branch: History, parent: History, script: Action[], atUs: number) => void,
): void {
  const { scenario, seed } = run
  const known = [
    {
      script: run.script,
      history: finish(new History(scenario, run.script, { ...options, seed })),
    },
  ]
  branches.forEach(({ share, script: instead }, i) => {
    const parent = known[Math.floor(share * i)] ?? known[0]
    if (!parent) return
    const atUs = Math.floor(share * parent.history.computedUs)
    const script = branched(parent.script, atUs, instead)
    const history = finish(parent.history.fork(script))
    visit(history, parent.history, script, atUs)
    known.push({ script, history })
  })
}

describe('given any run, branches of it and branches of those', () => {
  test('when a branch is computed, then it is the run of its script computed from the beginning', () => {
    let shared = 0
    fc.assert(
      fc.property(branchings, (branching) => {
        const { scenario, seed } = branching.run
        eachBranch(branching, (branch, _parent, script) => {
          const fresh = finish(new History(scenario, script, { ...options, seed }))
          expect(hash(branch)).toBe(hash(fresh))
          expect(branch.progress).toEqual(fresh.progress)
          shared += branch.forkIndex
        })
      }),
      { numRuns: RUNS },
    )
    expect(shared).toBeGreaterThan(10_000)
  })

  test('when a branch was computed, then it is its parent up to the fork: facts, messages, hash and frames', () => {
    fc.assert(
      fc.property(branchings, (branching) => {
        eachBranch(branching, (branch, parent, _script, atUs) => {
          // What was done at the very moment of the fork comes after what was due there.
          const facts = parent.live.records.facts.countAt(atUs - 1)
          expect(facts).toBeLessThanOrEqual(branch.factCount)
          expect(branch.forkIndex).toBeLessThanOrEqual(parent.factCount)
          expect(hash(branch, facts)).toBe(hash(parent, facts))
          for (const factIndex of [facts, Math.floor(facts / 2), Math.max(0, facts - 1)]) {
            branch.seek({ factIndex })
            parent.seek({ factIndex })
            expect(branch.frame()).toEqual(parent.frame())
          }
        })
      }),
      { numRuns: RUNS },
    )
  })

  test('when branches go their own ways, then the runs before them are what they were', () => {
    fc.assert(
      fc.property(branchings, (branching) => {
        const before = new Map<History, string>()
        eachBranch(branching, (branch, parent) => {
          if (!before.has(parent)) before.set(parent, hash(parent))
          before.set(branch, hash(branch))
        })
        for (const [history, was] of before) expect(hash(history)).toBe(was)
      }),
      { numRuns: RUNS },
    )
  })

  test('when moments of a branch are sought in any order, then each is the fold of its facts from zero', () => {
    const moments = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 3,
      maxLength: 8,
    })
    fc.assert(
      fc.property(branchings, moments, (branching, shares) => {
        const { scenario, seed } = branching.run
        eachBranch(branching, (branch) => {
          const { records } = branch.live
          const empty = new World(scenario, records, seed)
          for (const share of shares) {
            const factIndex = Math.floor(share * branch.factCount)
            branch.seek({ factIndex })
            const zero = new World(scenario, records, seed)
            zero.restore(empty.save())
            zero.sim.applyFacts(0, factIndex)
            expect(branch.viewed.save()).toEqual(zero.save())
          }
        })
      }),
      { numRuns: 60 },
    )
  })
})

describe('given the runs of branches that are kept', () => {
  test('when orders come in any order, then each run is the one computed from the beginning', () => {
    fc.assert(
      fc.property(branchings, ({ run, branches }) => {
        const { scenario, seed } = run
        const runs = new Runs({ ...options, restingFactsMax: 2_000 })
        const scriptsOf = [run.script]
        for (const { share, script: instead } of branches) {
          const atUs = Math.floor(share * scenario.durationMs * 1000)
          scriptsOf.push(branched(run.script, atUs, instead))
        }
        for (const script of [...scriptsOf, ...scriptsOf.toReversed()]) {
          const history = finish(runs.open({ scenario, script, seed }))
          runs.trim(new Set([history]))
          const fresh = finish(new History(scenario, script, { ...options, seed }))
          expect(hash(history)).toBe(hash(fresh))
        }
      }),
      { numRuns: 60 },
    )
  })
})
