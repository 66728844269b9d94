/** Lag from the committed offset, or from the start where there is none. */
import { describe, expect, it } from 'vitest'
import { lagOf } from './lag.ts'

const partition = { start: 2, end: 10, records: [] }

describe('the lag of a group in a partition', () => {
  it('given a committed offset, then it counts from there to the end', () => {
    expect(lagOf({ committed: 7 }, partition)).toBe(3)
  })
  it('given nothing committed, then all that is there counts, whatever was read', () => {
    expect(lagOf({ committed: -1 }, partition)).toBe(8)
    expect(lagOf({ committed: -1 }, partition)).toBe(8)
  })
  it('given an offset that retention has passed, then lost records are not counted', () => {
    expect(lagOf({ committed: 0 }, partition)).toBe(8)
  })
})
