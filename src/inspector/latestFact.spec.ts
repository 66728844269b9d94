/** The place of the playhead in a life, at and between facts. */
import { describe, expect, it } from 'vitest'
import type { FactLine } from '../session/session.ts'
import { latestAt } from './latestFact.ts'

const life = [3, 8, 9, 20].map((index) => ({ index }) as FactLine)

describe('how far a life has got', () => {
  it('given the playhead stands right before its first fact, then nothing has happened', () => {
    expect(latestAt(life, 3)).toBe(-1)
  })
  it('given the playhead stands right after a fact, then that one is the latest', () => {
    expect(latestAt(life, 4)).toBe(0)
    expect(latestAt(life, 10)).toBe(2)
  })
  it('given other facts followed, then the latest of its own stays', () => {
    expect(latestAt(life, 15)).toBe(2)
    expect(latestAt(life, 1000)).toBe(3)
  })
})
