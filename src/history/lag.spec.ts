/** Lag from the committed offset to the high watermark, or from the start where nothing is committed. */
import { describe, expect, test } from 'vitest'
import { lagIn } from './lag.ts'

describe('given a partition with offsets 2 to 10', () => {
  test('when an offset is committed, then it counts from there', () => {
    expect(lagIn(7, 2, 10, undefined)).toBe(3)
  })
  test('when nothing is committed, then all that is there counts', () => {
    expect(lagIn(-1, 2, 10, undefined)).toBe(8)
  })
  test('when retention has passed the committed offset, then what was deleted counts too', () => {
    expect(lagIn(0, 2, 10, undefined)).toBe(10)
  })
  test('when not all replicas in sync have the last records, then those do not count', () => {
    expect(lagIn(7, 2, 10, 9)).toBe(2)
  })
  test('when nobody leads, then it counts to the end', () => {
    expect(lagIn(7, 2, 10, -1)).toBe(3)
  })
  test('when what was committed is lost, then it is not behind', () => {
    expect(lagIn(12, 2, 10, 10)).toBe(0)
  })
})
