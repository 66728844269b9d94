/** All assignors against the cases of Apache Kafka's own unit tests, and what holds for any group. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kafkaCases } from '../../conformance/kafka.ts'
import assignors from '../vectors/assignors.json'
import chains from '../vectors/chains.json'
import murmur2 from '../vectors/murmur2.json'
import { type Assignee, type Share, shareName } from './assignee.ts'
import { assignRange } from './range.ts'
import { assignRoundRobin } from './roundRobin.ts'
import { assignCooperative, assignSticky } from './sticky.ts'

describe('given the facts that Kafka’s tests state, and what its assignors gave to groups at random', () => {
  test.for([assignors, chains, murmur2].flatMap((facts) => kafkaCases(facts) ?? []))(
    '$name',
    ({ problem }) => {
      expect(problem).toBeNull()
    },
  )

  test('when an expectation is wrong, then the case fails', () => {
    const [first] = assignors.cases.filter(({ rounds }) => rounds.length === 1)
    const rounds = [{ ...first?.rounds[0], expect: { assignment: { consumer1: ['nothing-0'] } } }]
    const [verdict] = kafkaCases({ ...assignors, cases: [{ ...first, rounds }] }) ?? []
    expect(verdict?.problem).toContain('nothing-0')
  })
})

const TOPICS = ['a', 'b', 'c']
const groups = fc.record({
  partitions: fc
    .tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 }), fc.nat({ max: 6 }))
    .map((counts) => new Map(TOPICS.map((topic, i) => [topic, counts[i] as number]))),
  members: fc
    .array(fc.subarray(TOPICS, { minLength: 1 }), { minLength: 1, maxLength: 6 })
    .map((lists): Assignee[] => lists.map((topics, i) => ({ id: `m${i}`, topics }))),
})
const equal = groups.map(({ partitions, members }) => ({
  partitions,
  members: members.map((member) => ({ ...member, topics: TOPICS })),
}))

type Group = { partitions: ReadonlyMap<string, number>; members: readonly Assignee[] }

/** Partitions that someone reads. */
function readable({ partitions, members }: Group): string[] {
  const topics = [...partitions].filter(([topic]) => members.some((m) => m.topics.includes(topic)))
  return topics.flatMap(([topic, n]) => Array.from({ length: n }, (_, i) => `${topic}-${i}`))
}

function given(shares: ReadonlyMap<string, readonly Share[]>): string[] {
  return [...shares.values()].flat().map(shareName)
}

/** Each partition that someone reads is given once. */
function expectOwned(shares: ReadonlyMap<string, readonly Share[]>, group: Group): void {
  const names = given(shares)
  expect(new Set(names)).toEqual(new Set(readable(group)))
  expect(names).toHaveLength(readable(group).length)
}

function owning(members: readonly Assignee[], shares: ReadonlyMap<string, readonly Share[]>) {
  return members.map((member) => ({
    ...member,
    owned: shares.get(member.id) ?? [],
    generation: (member.generation ?? 0) + 1,
  }))
}

describe('given any group', () => {
  test('then each partition that is read has one owner, who reads it, whatever the assignor', () => {
    fc.assert(
      fc.property(groups, (group) => {
        const { partitions, members } = group
        const all = [
          assignRange(partitions, members),
          assignRoundRobin(partitions, members),
          assignSticky(partitions, members).shares,
          assignCooperative(partitions, members).shares,
        ]
        for (const shares of all) {
          expectOwned(shares, group)
          for (const { id, topics } of members) {
            for (const { topic } of shares.get(id) ?? []) expect(topics).toContain(topic)
          }
        }
      }),
    )
  })

  test('then sticky shares of the same topics differ by one at most', () => {
    fc.assert(
      fc.property(equal, ({ partitions, members }) => {
        const { shares } = assignSticky(partitions, members)
        const sizes = [...shares.values()].map((list) => list.length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('when nothing changes, then a sticky assignor moves nothing', () => {
    fc.assert(
      fc.property(groups, ({ partitions, members }) => {
        const first = assignSticky(partitions, members)
        const second = assignSticky(partitions, owning(members, first.shares))
        for (const { id } of members) {
          const [before, after] = [first, second].map(
            ({ shares }) => new Set((shares.get(id) ?? []).map(shareName)),
          )
          expect(after).toEqual(before)
        }
        expect(second.transferring.size).toBe(0)
      }),
    )
  })

  test('when a member leaves, then the others keep all that they had', () => {
    fc.assert(
      fc.property(equal, ({ partitions, members }) => {
        const first = assignSticky(partitions, members)
        const rest = owning(members.slice(1), first.shares)
        const { shares } = assignSticky(partitions, rest)
        for (const { id, owned } of rest) {
          expect(given(shares.size > 0 ? new Map([[id, shares.get(id) ?? []]]) : shares)).toEqual(
            expect.arrayContaining(owned.map(shareName)),
          )
        }
      }),
    )
  })

  test('when one joins, then a cooperative partition never goes from hand to hand in one round', () => {
    fc.assert(
      fc.property(groups, ({ partitions, members }) => {
        const before = assignCooperative(partitions, members.slice(1)).shares
        const newcomer = members[0] as Assignee
        const all = [newcomer, ...owning(members.slice(1), before)]
        const first = assignCooperative(partitions, all)
        for (const { id } of all) {
          for (const share of first.shares.get(id) ?? []) {
            const owner = all.find((other) =>
              other.owned?.some((o) => shareName(o) === shareName(share)),
            )
            expect(owner === undefined || owner.id === id).toBe(true)
          }
        }
        const second = assignCooperative(partitions, owning(all, first.shares))
        expectOwned(second.shares, { partitions, members: all })
      }),
    )
  })
})
