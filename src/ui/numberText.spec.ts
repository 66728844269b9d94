/** Numbers as people type and read them in fields. */
import { expect, test } from 'vitest'
import { readNumber, stepNumber } from './numberText.ts'

test('given a number with spaces or a decimal comma, when it is read, then it is taken', () => {
  expect(readNumber(' 1 000 ', {})).toEqual({ value: 1000 })
  expect(readNumber('0,25', { step: 0.05 })).toEqual({ value: 0.25 })
})

test('given no number, when it is read, then the sentence says what to enter', () => {
  expect(readNumber('', { min: 1, max: 9 })).toEqual({ problem: 'Enter a number from 1 to 9.' })
  expect(readNumber('many', {})).toEqual({ problem: 'Enter a number.' })
})

test('given a number out of range, when it is read, then the sentence names the range', () => {
  expect(readNumber('-1', { min: 0 })).toEqual({ problem: 'Enter a number of 0 or more.' })
  expect(readNumber('11', { max: 10 })).toEqual({ problem: 'Enter a number of 10 or less.' })
})

test('given whole steps, when a fraction is read, then a whole number is asked for', () => {
  expect(readNumber('1.5', {})).toEqual({ problem: 'Enter a whole number.' })
})

test('given steps of a tenth, when stepping, then no binary dust appears and the range holds', () => {
  expect(stepNumber(0.2, 1, { step: 0.1 })).toBe(0.3)
  expect(stepNumber(9.95, 1, { step: 0.1, max: 10 })).toBe(10)
})
