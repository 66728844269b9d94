/** How crowded a link may be before its messages are drawn smaller, and then as a ribbon. */
import { describe, expect, it } from 'vitest'
import { DOTS_ABOVE, levelOf, SMALL_ABOVE, tokenScale } from './density.ts'

describe('the level of detail of a link', () => {
  it('given less than a token a width, then tokens are whole', () => {
    expect(levelOf(9, 280, 28)).toBe('full')
  })
  it('given one to three a width, then tokens are small', () => {
    expect(levelOf(10, 280, 28)).toBe('small')
    expect(levelOf(30, 280, 28)).toBe('small')
  })
  it('given more than three a width, then they are a ribbon', () => {
    expect(levelOf(31, 280, 28)).toBe('ribbon')
  })
  it('given hundreds on the canvas, then none has letters', () => {
    expect(levelOf(1, 280, 28, SMALL_ABOVE)).toBe('full')
    expect(levelOf(1, 280, 28, SMALL_ABOVE + 1)).toBe('small')
  })
  it('given thousands on the canvas, then ribbons begin earlier', () => {
    expect(levelOf(11, 280, 28, DOTS_ABOVE)).toBe('small')
    expect(levelOf(11, 280, 28, DOTS_ABOVE + 1)).toBe('ribbon')
  })
  it('given one message on a link of no length, then it is whole', () => {
    expect(levelOf(1, 0, 28)).toBe('full')
    expect(levelOf(2, 0, 28)).toBe('ribbon')
  })
})

describe('the size of tokens', () => {
  it('given a view that shows them well, then they have their own size', () => {
    expect(tokenScale(1, false)).toBe(1)
    expect(tokenScale(2, false)).toBe(1)
  })
  it('given a view from far away, then they keep a least size on the screen, up to a limit', () => {
    expect(tokenScale(0.4, false) * 0.4).toBeCloseTo(0.62)
    expect(tokenScale(0.1, false)).toBe(2.4)
  })
  it('given a room, then they are larger', () => {
    expect(tokenScale(1, true)).toBeGreaterThan(1.3)
  })
})
