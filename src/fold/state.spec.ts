/** What an event changed in a state. */
import { expect, test } from 'vitest'
import { countBefore } from './edge.ts'
import { differencesOf, leavesOf, pathText, valueText } from './state.ts'

const changes = (before: unknown, after: unknown) =>
  differencesOf(JSON.stringify(before), JSON.stringify(after)).map(
    ({ path, before: was, value, change }) => [pathText(path), was, value, change],
  )

test('given a value that changes, then it alone is told as other', () => {
  expect(changes({ balance: 0, id: 'a' }, { balance: 100, id: 'a' })).toEqual([
    ['balance', 0, 100, 'other'],
    ['id', 'a', 'a', 'same'],
  ])
})

test('given the first event, then its state is new, and the nothing before it is not told as gone', () => {
  expect(changes(null, { balance: 0 })).toEqual([['balance', undefined, 0, 'new']])
})

test('given lists and objects, then their parts come and go one by one', () => {
  expect(changes({ items: ['a', 'b'], open: {} }, { items: ['a'], open: { x: 1 } })).toEqual([
    ['items.0', 'a', 'a', 'same'],
    ['open.x', undefined, 1, 'new'],
    ['items.1', 'b', undefined, 'gone'],
  ])
})

test('given a state without parts, then it is one leaf', () => {
  expect(leavesOf(7)).toEqual([{ path: [], value: 7 }])
  expect([valueText(null), valueText('a'), valueText(undefined)]).toEqual(['nothing', 'a', '–'])
})

test('given entries in the order of facts, then those before a moment are counted', () => {
  const entries = [3, 5, 5, 9].map((factIndex) => ({ factIndex }))
  expect([0, 3, 4, 5, 6, 10].map((facts) => countBefore(entries, facts))).toEqual([
    0, 0, 1, 1, 3, 4,
  ])
})
