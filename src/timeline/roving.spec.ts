/** Keys move the focus inside a list and leave every other key alone. */
import { describe, expect, it } from 'vitest'
import { nextPosition } from './roving.ts'

describe('moving the focus inside a list', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['ArrowUp', 3, 2],
    ['ArrowUp', 0, 0],
    ['ArrowDown', 19, 19],
    ['Home', 7, 0],
    ['End', 7, 19],
    ['PageDown', 3, 13],
    ['PageUp', 3, 0],
    ['ArrowRight', 3, -1],
    ['x', 3, -1],
  ])('given %s at row %i of 20, then it goes to %i', (key, at, next) => {
    expect(nextPosition(key, at, 20, 'vertical')).toBe(next)
  })

  it('given marks side by side, then the arrows of that direction move and pages do not', () => {
    expect(nextPosition('ArrowRight', 0, 3, 'horizontal')).toBe(1)
    expect(nextPosition('ArrowLeft', 1, 3, 'horizontal')).toBe(0)
    expect(nextPosition('ArrowDown', 0, 3, 'horizontal')).toBe(-1)
    expect(nextPosition('PageDown', 0, 3, 'horizontal')).toBe(-1)
  })

  it('given an empty list, then there is nowhere to go', () => {
    expect(nextPosition('Home', 0, 0, 'vertical')).toBe(-1)
  })
})
