/** The numbers that can be asked about have names, and a condition about one is read as it was written. */
import { describe, expect, test } from 'vitest'
import {
  COMPARISONS,
  conditionText,
  numbersOfState,
  numbersOfTables,
  readCondition,
} from './numbers.ts'

const numbers = [
  ...numbersOfState('account-acc 1', '{"balance":1,"owner":"Ann","items":{"tea":2}}'),
  ...numbersOfTables([
    { name: 'turnover', rows: { acc1: { in: 3, out: 1 }, acc2: { in: 0, out: 0 } } },
    { name: 'total', rows: [{ sum: 5 }] },
    {
      name: 'lines',
      rows: [
        { account: 'a', n: 1 },
        { account: 'a', n: 2 },
      ],
    },
  ]),
]

test('given a state and tables, then each number is offered by where it stands', () => {
  expect(numbers.map(({ name }) => name)).toEqual([
    'balance',
    'items.tea',
    'turnover acc1 in',
    'turnover acc1 out',
    'turnover acc2 in',
    'turnover acc2 out',
    'total sum',
    'lines 0 n',
    'lines 1 n',
  ])
})

describe('given a condition about one of them', () => {
  test.each(COMPARISONS)(
    'when it compares with %s, then it is read as it was written',
    (comparison) => {
      for (const number of numbers) {
        for (const value of [0, -3.5, 1e21]) {
          const text = conditionText(number, comparison, value)
          expect(readCondition(text, numbers)).toEqual({ number, comparison, value })
        }
      }
    },
  )

  test.each([
    'fold account-acc 1 balance <',
    'fold nobody < 3',
    'balance < 0',
    'fold total sum < x',
  ])('when it is %j, then it is about none of them', (text) =>
    expect(readCondition(text, numbers)).toBeNull(),
  )
})
