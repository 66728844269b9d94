/** What groups promise, over random scenarios and troubles: crashes, cuts, slowness, seeks. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GroupsRun, groups } from '../../../testing/groups.ts'
import { violationsOf } from '../../../testing/invariants.ts'
import { type Action, actAt, type Script } from '../../document.ts'
import { World } from '../../world.ts'

const MEMBERS = ['a', 'b', 'c']
const TROUBLE_MS = 20_000
const END_MS = 120_000

const trouble = fc.record({
  atMs: fc.nat(TROUBLE_MS),
  forMs: fc.nat(9000),
  who: fc.constantFrom(...MEMBERS),
  what: fc.constantFrom('crash' as const, 'cut' as const, 'slow' as const),
})
const setting = fc.record({
  seed: fc.nat(),
  partitions: fc.integer({ min: 1, max: 4 }),
  latencyMs: fc.constantFrom(0, 1, 30, 150),
  keyed: fc.boolean(),
  serviceMs: fc.constantFrom(1, 60, 300),
  maxPollRecords: fc.constantFrom(1, 3, 500),
  maxPollIntervalMs: fc.constantFrom(15_000, 300_000),
  troubles: fc.array(trouble, { maxLength: 6 }),
  /** How the groups share out and rebalance. */
  terms: fc.record(
    {
      assignor: fc.constantFrom('range', 'roundrobin', 'sticky', 'cooperative-sticky'),
      staticMember: fc.boolean(),
      protocol: fc.constantFrom('classic', 'consumer', 'share'),
    },
    { requiredKeys: [] },
  ),
})
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never

function scenarioOf(given: Setting, commit: 'before' | 'after' | 'auto') {
  const { seed, partitions, latencyMs, maxPollRecords, maxPollIntervalMs } = given
  return groups({
    seed,
    partitions,
    latencyMs,
    durationMs: END_MS,
    everyMs: 200,
    count: 40,
    ...(given.keyed && { keys: ['p', 'q', 'r', 's', 't'] }),
    all: {
      service: { kind: 'uniform', minMs: 1, maxMs: given.serviceMs },
      maxPollRecords,
      maxPollIntervalMs,
      commit,
      commitEveryMs: 1500,
      ...given.terms,
      // A share group has no commits: what it promises is at least once.
      ...(commit === 'before' &&
        given.terms.protocol === 'share' && { protocol: 'classic' as const }),
    },
    members: { a: {}, b: {}, c: { group: 'search' } },
  })
}

/** Each trouble ends, so that every group can catch up before the run does. */
function scriptOf({ troubles }: Setting): Script {
  const actions = troubles.flatMap(({ atMs, forMs, who, what }): Action[] => {
    const [fromUs, toUs] = [atMs * 1000, (atMs + forMs) * 1000]
    if (what === 'crash') {
      return [actAt(fromUs, { do: 'crash', node: who }), actAt(toUs, { do: 'restart', node: who })]
    }
    if (what === 'cut') {
      const link = `poll-${who}`
      return [actAt(fromUs, { do: 'cut', link }), actAt(toUs, { do: 'mend', link })]
    }
    return [
      actAt(fromUs, { do: 'slow', node: who, factor: 30 }),
      actAt(toUs, { do: 'slow', node: who, factor: 1 }),
    ]
  })
  // Troubles may overlap; at last all is well.
  const last = (TROUBLE_MS + 10_000) * 1000
  for (const who of MEMBERS) {
    actions.push(actAt(last, { do: 'restart', node: who }))
    actions.push(actAt(last, { do: 'mend', link: `poll-${who}` }))
    actions.push(actAt(last, { do: 'slow', node: who, factor: 1 }))
  }
  return actions
}

const byText = (a: string, b: string) => (a < b ? -1 : 1)
const GROUPS = { email: ['a', 'b'], search: ['c'] }
const all = Array.from({ length: 40 }, (_, i) => `User ${i + 1}`).toSorted(byText)

function done(run: GroupsRun, members: string[]): string[] {
  return members.flatMap((id) => run.processed(id)).toSorted(byText)
}

describe('given random members, settings and troubles', () => {
  test.each(['after', 'auto'] as const)(
    'when they commit in mode %s, then each group processes every record at least once, and marks what comes again',
    (commit) => {
      fc.assert(
        fc.property(setting, (given) => {
          const run = new GroupsRun(scenarioOf(given, commit), scriptOf(given))
          expect(violationsOf(run.world.records)).toEqual([])
          for (const [group, members] of Object.entries(GROUPS)) {
            const effects = done(run, members)
            expect([...new Set(effects)]).toEqual(all)
            const marked = new Set(members.flatMap((id) => run.redelivered(id)))
            const isTold = (body: string) => marked.has(body) || given.maxPollIntervalMs < 20_000
            const twice = effects.filter((body, i) => effects[i - 1] === body)
            // Two members may work on one record at the same time; then neither knows of the other.
            if (given.troubles.every(({ what }) => what === 'crash')) {
              expect(twice.every(isTold)).toBe(true)
            }
            const ends = run.topic.partitions.map(({ end }) => (end === 0 ? [0, -1] : [end]))
            run.committed(group).forEach((offset, p) => {
              expect(ends[p]).toContain(offset)
            })
          }
        }),
        { numRuns: 40 },
      )
    },
  )

  test('when they commit before the work, then no record is processed twice', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const run = new GroupsRun(scenarioOf(given, 'before'), scriptOf(given))
        for (const members of Object.values(GROUPS)) {
          const effects = done(run, members)
          expect([...new Set(effects)]).toEqual(effects)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('when the facts are folded, then the viewed world is the one that ran, at every moment', () => {
    fc.assert(
      fc.property(
        setting,
        fc.constantFrom('before' as const, 'after' as const, 'auto' as const),
        (given, commit) => {
          const scenario = scenarioOf(given, commit)
          const live = new World(scenario)
          const seek = actAt(15_000_000, {
            do: 'seek',
            topic: 'notifications',
            group: 'email',
            to: 3,
          })
          live.start([...scriptOf(given), seek])
          const states: { count: number; state: Uint8Array }[] = []
          for (let us = 0; us <= live.endUs; us += 3_100_000) {
            live.run(us)
            states.push({ count: live.records.facts.count, state: live.save() })
          }
          const viewed = new World(scenario, live.records)
          let at = 0
          for (const { count, state } of states) {
            while (at < count) viewed.sim.applyFact(at++)
            expect(viewed.save()).toEqual(state)
          }
          const middle = states[4]
          if (!middle) return
          viewed.restore(middle.state)
          for (at = middle.count; at < live.records.facts.count; at++) viewed.sim.applyFact(at)
          expect(viewed.save()).toEqual(live.save())
        },
      ),
      { numRuns: 25 },
    )
  })

  test('when a run is repeated, then it has the same facts', () => {
    const given: Setting = {
      seed: 5,
      partitions: 3,
      latencyMs: 30,
      keyed: false,
      serviceMs: 300,
      maxPollRecords: 3,
      maxPollIntervalMs: 15_000,
      troubles: [{ atMs: 4000, forMs: 5000, who: 'a', what: 'crash' }],
      terms: {},
    }
    const states = [1, 2].map(() => {
      const { world } = new GroupsRun(scenarioOf(given, 'after'), scriptOf(given))
      return [world.records.facts.count, ...world.save()]
    })
    expect(states[0]).toEqual(states[1])
  })
})
