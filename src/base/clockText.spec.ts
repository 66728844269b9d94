/** Times are shown, spoken and read to the microsecond, as people write them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockText, readTime, secondsText } from './clockText.ts'

const MINUTE = 60_000_000

describe('the time of the playhead', () => {
  it.each([
    [0, '00:00.000'],
    [12_400_000, '00:12.400'],
    [12_400_250, '00:12.400250'],
    [62_000_001, '01:02.000001'],
    [3_723_004_000, '1:02:03.004'],
  ])('given %i µs, then it reads %s', (timeUs, text) => {
    expect(clockText(timeUs)).toBe(text)
  })

  it('given a coarse clock, as while playing, then microseconds are left out', () => {
    expect(clockText(12_400_999, true)).toBe('00:12.400')
  })

  it('is spoken in seconds without idle zeros', () => {
    expect(secondsText(12_400_000)).toBe('12.4')
    expect(secondsText(60_000_000)).toBe('60')
  })
})

describe('a time that a person types', () => {
  it.each([
    ['12.4', 12_400_000],
    [' 12,4 ', 12_400_000],
    ['.5', 500_000],
    ['5.', 5_000_000],
    ['1:02', 62_000_000],
    ['00:12.400', 12_400_000],
    ['00:12.400250', 12_400_250],
    ['1:02:03.004', 3_723_004_000],
    ['250ms', 250_000],
    ['250 MS', 250_000],
    ['12400000us', 12_400_000],
    ['7µs', 7],
    ['12.4s', 12_400_000],
    ['2m 30s', 150_000_000],
    ['1h', 3_600_000_000],
  ])('given %s, then it is %i µs', (text, timeUs) => {
    expect(readTime(text, 10_000_000_000)).toEqual({ timeUs })
  })

  it.each([
    '',
    'soon',
    '-3',
    '1:75',
    '1:62:00',
    '1:2:3:4',
    '12 parsecs',
    '1.2.3',
    '1.2.3s',
    '1e3',
    ':',
  ])('given "%s", then one sentence says what can be entered', (text) => {
    expect(readTime(text, MINUTE)).toEqual({
      problem: 'Enter a time such as 12.4, 1:02 or 250ms.',
    })
  })

  it('given a time after the end of the run, then the sentence says where the end is', () => {
    expect(readTime('61', MINUTE).problem).toBe(
      'The run ends at 01:00.000; enter a time up to then.',
    )
    expect(readTime('60', MINUTE).timeUs).toBe(MINUTE)
  })

  it('given what the field itself shows, then it reads back to the same microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 * 3_600_000_000 }), (timeUs) => {
        expect(readTime(clockText(timeUs), timeUs).timeUs).toBe(timeUs)
      }),
    )
  })
})
