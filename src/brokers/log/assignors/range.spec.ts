/** The range assignor against the cases of Apache Kafka's own unit test. */
import { describe, expect, test } from 'vitest'
import { cases } from '../vectors/assignors.json'
import { assignRange } from './range.ts'

interface Round {
  partitions: Record<string, number>
  members: Record<string, { topics: string[]; instanceId?: string }>
  expect: { assignment: Record<string, string[]>; order?: string }
}

describe.each(cases.filter(({ assignors }) => assignors.includes('range')))(
  'given Kafka’s case $name ($teaches)',
  ({ rounds }) => {
    test('when partitions are assigned, then each member gets what Kafka gives it', () => {
      for (const round of rounds as unknown as Round[]) {
        const members = Object.entries(round.members).map(([id, { topics, instanceId }]) => ({
          id,
          topics,
          ...(instanceId !== undefined && { instanceId }),
        }))
        const shares = assignRange(new Map(Object.entries(round.partitions)), members)
        const seen = Object.fromEntries(
          [...shares].map(([id, list]) => [
            id,
            list.map(({ topic, partition }) => `${topic}-${partition}`),
          ]),
        )
        expect(seen).toEqual(round.expect.assignment)
      }
    })
  },
)

describe('given members named against the order of their joining', () => {
  test('when partitions are assigned, then the order of the names counts', () => {
    const members = ['b', 'a'].map((id) => ({ id, topics: ['t'] }))
    expect(assignRange(new Map([['t', 3]]), members).get('a')).toHaveLength(2)
  })
})
