/** Times of day in a run that begins at one. */
import { expect, test } from 'vitest'
import { readTimeOfDay, timeOfDayText } from './timeOfDay.ts'

const END_US = 300_000_000

test.each([
  ['14:03', '14:00', 180_000_000],
  ['14:03:20', '14:00', 200_000_000],
  ['0:01', '23:59', 120_000_000],
  ['14:06', '14:00', null],
  ['13:59', '14:00', null],
  ['3:00', '14:00', null],
  ['14:03', undefined, null],
  ['180', '14:00', null],
])('given %s in a run that begins at %s, then it is %s', (text, beginsAt, timeUs) => {
  expect(readTimeOfDay(text, beginsAt, END_US)?.timeUs ?? null).toBe(timeUs)
})

test('given a moment of the run, then the clock on the wall says so, past midnight too', () => {
  expect(timeOfDayText(180_000_000, '14:00')).toBe('14:03:00')
  expect(timeOfDayText(155_400_000, '23:58')).toBe('00:00:35')
})
