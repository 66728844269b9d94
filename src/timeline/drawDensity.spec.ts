/** The bars of the density strip tell the truth about few and about many facts. */
import { describe, expect, it } from 'vitest'
import { bars } from './drawDensity.ts'

const S = 1_000_000

function density(counts: number[], endUs = 60 * S) {
  return { endUs, counts: Uint32Array.from(counts), marks: [] }
}

describe('the density strip', () => {
  it('given empty slices, then they have no bar, and the fullest has the whole height', () => {
    expect(bars(density([0, 4, 0, 1]), 60 * S, 400, 32)).toEqual([
      { x: 100, width: 99, height: 32 },
      { x: 300, width: 99, height: 17 },
    ])
  })

  it('given one fact beside a burst of a million, then it can still be seen', () => {
    const [small] = bars(density([1, 1_000_000]), 60 * S, 400, 32)
    expect(small?.height).toBeGreaterThanOrEqual(2)
  })

  it('given slices of the computed half only, then they fill half of the track', () => {
    const [, last] = bars(density([1, 1], 30 * S), 60 * S, 400, 32)
    expect(last).toMatchObject({ x: 100, width: 99 })
  })

  it('given a run in which nothing happened, then there are no bars', () => {
    expect(bars(density([0, 0]), 60 * S, 400, 32)).toEqual([])
    expect(bars(density([]), 60 * S, 400, 32)).toEqual([])
  })
})
