/** Moments, spans and counts, with the cases in which rounding could lie. */
import { describe, expect, it } from 'vitest'
import { amountText, countText, momentText, ordinalText, spanText } from './timeText.ts'

describe('a moment', () => {
  it('given whole milliseconds, then it shows minutes, seconds and milliseconds', () => {
    expect(momentText(0)).toBe('00:00.000')
    expect(momentText(12_400_000)).toBe('00:12.400')
    expect(momentText(754_005_000)).toBe('12:34.005')
  })
  it('given a fraction of a millisecond, then it shows microseconds too', () => {
    expect(momentText(12_400_250)).toBe('00:12.400250')
  })
  it('given an hour or more, then it shows hours', () => {
    expect(momentText(3_600_000_000 * 2 + 61_000_000)).toBe('2:01:01.000')
  })
})

describe('a span', () => {
  it('given any length, then it is written in the unit that reads best', () => {
    expect(spanText(40)).toBe('40 µs')
    expect(spanText(1_250)).toBe('1.25 ms')
    expect(spanText(250_000)).toBe('250 ms')
    expect(spanText(1_500_000)).toBe('1.5 s')
    expect(spanText(42_160_000)).toBe('42.2 s')
    expect(spanText(125_000_000)).toBe('2 min 5 s')
    expect(spanText(7_200_000_000)).toBe('2 h')
  })
  it('given almost a minute more, then it never reads 60 s', () => {
    expect(spanText(119_700_000)).toBe('2 min')
  })
})

describe('a number', () => {
  it('given a count, then thousands are grouped', () => {
    expect(countText(1_234_567)).toBe('1,234,567')
  })
  it('given a measurement, then three digits that count are kept', () => {
    expect(amountText(0.82361)).toBe('0.824')
    expect(amountText(12.48, '/s')).toBe('12.5 /s')
    expect(amountText(1234.5)).toBe('1,235')
    expect(amountText(7, 'messages')).toBe('7 messages')
    expect(amountText(1, 'messages')).toBe('1 message')
    expect(amountText(1, '/s')).toBe('1 /s')
  })
  it('given a rank, then it has its ending', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinalText)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '12th',
      '13th',
      '21st',
      '112th',
    ])
  })
})
