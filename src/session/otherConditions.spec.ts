/** What a fold says of when it is so is marked, gone to and stopped at like what the engine says. */
import { describe, expect, test } from 'vitest'
import {
  answerOther,
  completionsOf,
  conditionOf,
  nextOf,
  type TrueSpans,
} from './otherConditions.ts'

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

describe('given a condition about a fold that is being written', () => {
  const numbers = ['fold account-acc1 balance', 'fold account-acc1 seen', 'fold totals in']
  const labels = (before: string) => completionsOf(numbers, before).map(({ label }) => label)

  test('then the numbers that may follow are offered, and after a number how it compares', () => {
    expect(labels('fold ')).toEqual(numbers)
    expect(labels('fold account-acc1 b')).toEqual(['fold account-acc1 balance'])
    expect(labels('fold account-acc1 balance ')).toEqual(['<', '<=', '>', '>=', '=', '!='])
    expect(labels('fold account-acc1 balance <')).toEqual(['<='])
    expect(labels('fold account-acc1 balance < 5')).toEqual([])
    expect(labels('fold nobody')).toEqual([])
  })

  test('then what is taken stands where it belongs, whatever is written after the caret', async () => {
    const offered = async () => numbers
    const answerer = { whenTrue: async () => null, offered }
    const text = 'fold account-acc1 bal < 0'
    const answer = await answerOther(answerer, 'complete', { text, caret: 21 })
    const item = {
      insert: 'fold account-acc1 balance ',
      from: 0,
      label: 'fold account-acc1 balance',
    }
    expect(answer).toEqual({ items: [{ ...item, meaning: 'a number of the fold' }], examples: [] })
    expect(await answerOther(null, 'complete', { text, caret: 21 })).toEqual({
      items: [],
      examples: [],
    })
  })
})
