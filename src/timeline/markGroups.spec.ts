/** Marks that a fingertip could not tell apart are one mark that names what it stands for. */
import { describe, expect, it } from 'vitest'
import type { Violation } from '../history/outcomes/violations.ts'
import type { Density } from '../session/session.ts'
import { allMarks, markGroups } from './markGroups.ts'

const S = 1_000_000
const crash = (timeUs: number, factIndex = 0) => ({
  timeUs,
  factIndex,
  tone: 'fault' as const,
  label: 'worker crashes.',
})
const publish = (timeUs: number) => ({
  timeUs,
  factIndex: 0,
  tone: 'action' as const,
  label: 'You publish.',
})

function groups(marks: Density['marks']) {
  return markGroups(marks, 60 * S, 600, 24)
}

describe('marks on the track', () => {
  it('given marks far apart, then each is a mark of its own that says when and what', () => {
    expect(groups([crash(3 * S, 17), publish(30 * S)])).toMatchObject([
      { timeUs: 3 * S, factIndex: 17, tone: 'fault', text: '00:03.000 worker crashes.' },
      { timeUs: 30 * S, tone: 'action', text: '00:30.000 You publish.' },
    ])
  })

  it('given marks within reach of one fingertip, then they are one, and it is a fault if one of them is', () => {
    const [only, ...others] = groups([publish(3 * S), crash(4 * S)])
    expect(others).toEqual([])
    expect(only).toMatchObject({ tone: 'fault', count: 2, timeUs: 3 * S })
    expect(only?.text).toBe('00:03.000 You publish. worker crashes.')
  })

  it('given many marks at one place, then three are named and the rest is counted', () => {
    const [only] = groups(Array.from({ length: 9 }, () => publish(3 * S)))
    expect(only?.text).toBe('00:03.000 You publish. You publish. You publish. And 6 more.')
  })

  it('given a thousand marks, then no two groups are closer than a target', () => {
    const many = groups(Array.from({ length: 1000 }, (_, i) => publish(i * 0.06 * S)))
    expect(many.length).toBeLessThanOrEqual(26)
    expect(many.reduce((sum, group) => sum + group.count, 0)).toBe(1000)
  })

  it('given a broken promise beside a crash, then the mark is the promise and leads to its facts', () => {
    const violation: Violation = {
      factIndexes: [4, 20],
      timeUs: 4 * S,
      message: 1,
      sentence: 'Order #1 is lost.',
      count: 7,
    }
    const density = { endUs: 60 * S, counts: new Uint32Array(), marks: [crash(3 * S)] }
    const [only] = markGroups(allMarks(density, [violation]), 60 * S, 600, 24)
    expect(only).toMatchObject({ tone: 'violation', count: 8, violation })
    expect(only?.text).toBe('00:03.000 worker crashes. Order #1 is lost. And 6 more.')
  })
})
