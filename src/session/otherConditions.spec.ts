/** What a fold says of when it is so is marked, gone to and stopped at like what the engine says. */
import { describe, expect, test } from 'vitest'
import { conditionOf, nextOf, type TrueSpans } from './otherConditions.ts'

const at = (factIndex: number) => ({ factIndex, timeUs: factIndex * 10 })
const known: TrueSpans = {
  spans: [
    { from: at(3), to: at(5) },
    { from: at(8), to: null },
  ],
  seenUs: 100,
  over: true,
}

describe('given two stretches in which a value is so', () => {
  test('then both are marked, the last up to what is known', () => {
    const answer = conditionOf('fold a balance < 0', known)
    expect(answer).toMatchObject({ problem: null, count: 2, first: at(3), last: at(8), over: true })
    expect([...answer.marks]).toEqual([30, 50, 80, 100])
  })

  test.each([
    [-1, false, 3],
    [3, false, 8],
    [8, false, undefined],
    [99, true, 8],
    [8, true, 3],
    [3, true, undefined],
  ])('when one goes from fact %i, back: %s, then one comes to fact %s', (from, back, to) => {
    expect(nextOf(known, { from, back }).at?.factIndex).toBe(to)
  })
})

test('given a value that is not there, then one sentence says so', () => {
  expect(conditionOf('fold x y < 0', null).problem?.sentence).toMatch(/Open the fold view/)
})
