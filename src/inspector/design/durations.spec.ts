/** Changing the kind of a duration keeps its mean; typed lists are read or explained. */
import { describe, expect, it } from 'vitest'
import type { Duration } from '../../engine/distributions.ts'
import { arrivalsAs, durationAs, meanMs, ratePerS, readTimes } from './durations.ts'

const KINDS: Duration['kind'][] = ['fixed', 'uniform', 'exponential', 'lognormal', 'trace']

describe('the kind of a duration', () => {
  it('given any kind, when it becomes any other, then the mean stays', () => {
    for (const from of KINDS) {
      for (const to of KINDS) {
        const before = durationAs(from, { kind: 'fixed', ms: 240 })
        expect(meanMs(durationAs(to, before)), `${from} to ${to}`).toBeCloseTo(240, 9)
      }
    }
  })
  it('given no time at all, when it becomes exponential, then its mean is the shortest there is', () => {
    expect(durationAs('exponential', { kind: 'fixed', ms: 0 })).toEqual({
      kind: 'exponential',
      meanMs: 0.001,
    })
  })
})

describe('the kind of arrivals', () => {
  it('given an interval, when it becomes bursts and back, then the pace stays', () => {
    const interval = { kind: 'interval', every: { kind: 'fixed', ms: 200 }, count: 7 } as const
    const bursts = arrivalsAs('bursts', interval)
    expect(ratePerS(bursts)).toBe(5)
    expect(arrivalsAs('interval', bursts)).toEqual(interval)
  })
  it('given on and off, then the pace counts the silence', () => {
    const every = { kind: 'fixed', ms: 100 } as const
    expect(ratePerS({ kind: 'onOff', every, onMs: 1000, offMs: 3000 })).toBe(2.5)
  })
  it('given publishing by hand, then there is no pace', () => {
    expect(ratePerS({ kind: 'manual' })).toBeNull()
  })
})

describe('a list of times', () => {
  it('given numbers between commas, spaces and lines, then they are read in order', () => {
    expect(readTimes('120, 80\n0.5;3', 1)).toEqual({ ms: [120, 80, 0.5, 3] })
  })
  it('given a word, then the sentence names it', () => {
    expect(readTimes('120, soon', 1).problem).toContain('"soon"')
  })
  it('given a negative number, then it is refused', () => {
    expect(readTimes('-1', 1).problem).toContain('"-1"')
  })
  it('given nothing, then it is refused only where something is needed', () => {
    expect(readTimes(' ', 1).problem).toBe('Enter at least one number of milliseconds.')
    expect(readTimes(' ', 0)).toEqual({ ms: [] })
  })
})
