/** What a chart says beside it. */
import { expect, test } from 'vitest'
import { rangeOf, valueText, wholeText } from './drawWatch.ts'

test('values are written with their unit and no more digits than can be told apart', () => {
  expect(valueText(3, 'number')).toBe('3')
  expect(valueText(12.345, 'rate')).toBe('12.3/s')
  expect(valueText(0.876, 'share')).toBe('87.6 %')
  expect(valueText(250_000, 'duration')).toBe('250 ms')
  expect(valueText(2_345_678, 'duration')).toBe('2.35 s')
  expect(valueText(1, 'truth')).toBe('true')
  expect(valueText(Number.NaN, 'number')).toBe('–')
})

test('a chart stands on 0, or below it where its number goes there, is never flat, and tells its least, mean and greatest', () => {
  const of = (...values: number[]) => {
    const column = Float64Array.from(values)
    return {
      problem: null,
      unit: 'number' as const,
      endUs: 1,
      min: column,
      max: column,
      mean: column,
      last: column,
      whole: { min: 2, mean: 3.25, max: 7 },
    }
  }
  expect(wholeText(of(2, 7))).toBe('min 2 · mean 3.25 · max 7')
  expect(wholeText({ ...of(0, 1), unit: 'truth', whole: { min: 0, mean: 0.3, max: 1 } })).toBe(
    'true 30 % of the time',
  )
  expect(rangeOf(of(2, 7))).toEqual({ low: 0, high: 7 })
  expect(rangeOf(of(-5, 7))).toEqual({ low: -5, high: 7 })
  expect(rangeOf(of(0, Number.NaN))).toEqual({ low: 0, high: 1 })
})
