/** Points and moments of the track agree, and the ruler stays legible on every run. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fractionOf, momentAt, pageUs, ruler } from './scale.ts'

const S = 1_000_000

describe('the scale of the track', () => {
  it('given a point beside the track, then it is the start or the end', () => {
    expect(momentAt(-20, 800, 60 * S)).toBe(0)
    expect(momentAt(900, 800, 60 * S)).toBe(60 * S)
    expect(momentAt(400, 800, 60 * S)).toBe(30 * S)
  })

  it('given a pixel that spans many moments, then the roundest of them is taken', () => {
    expect(momentAt(333, 1100, 60 * S)).toBe(18_160_000)
    expect(momentAt(333, 1100, 1100)).toBe(333)
    expect(momentAt(1100, 1100, 60 * S + 1)).toBe(60 * S)
  })

  it('given an empty run or a track without width, then everything is at the start', () => {
    expect(fractionOf(5, 0)).toBe(0)
    expect(momentAt(5, 0, 60 * S)).toBe(0)
  })

  it('given a short run, then a page is a tenth of it, and never more than ten seconds', () => {
    expect(pageUs(5 * S)).toBe(S / 2)
    expect(pageUs(60 * S)).toBe(6 * S)
    expect(pageUs(3600 * S)).toBe(10 * S)
  })
})

describe('the ruler', () => {
  it.each([
    [60 * S, 900, ['0', '5 s', '10 s', '15 s']],
    [60 * S, 360, ['0', '30 s', '1:00']],
    [3000 * S, 900, ['0', '5:00', '10:00', '15:00']],
    [2 * S, 900, ['0', '200 ms', '400 ms', '600 ms']],
    [7200 * S, 400, ['0', '30:00', '1:00:00', '1:30:00']],
  ])('given a run of %i µs on %i px, then it names %s …', (endUs, width, names) => {
    const labels = ruler(endUs, width)
      .map((tick) => tick.label)
      .filter(Boolean)
    expect(labels.slice(0, names.length)).toEqual(names)
  })

  it('keeps names 72 px and hairlines 8 px apart, whatever the run', () => {
    const run = fc.integer({ min: 1000, max: 48 * 3600 * S })
    fc.assert(
      fc.property(run, fc.integer({ min: 200, max: 2000 }), (endUs, width) => {
        const ticks = ruler(endUs, width)
        const xs = ticks.map((tick) => (tick.timeUs / endUs) * width)
        const named = xs.filter((_, i) => ticks[i]?.label)
        expect(closest(xs)).toBeGreaterThan(7.99)
        expect(closest(named)).toBeGreaterThan(71.99)
      }),
    )
  })
})

function closest(xs: number[]): number {
  return Math.min(...xs.slice(1).map((x, i) => x - (xs[i] ?? 0)))
}
