/** A finger that scrolls the page past the track must not move the playhead. */
import { describe, expect, it } from 'vitest'
import { dragIntent } from './dragIntent.ts'

describe('what a pointer on the track means', () => {
  it('given a mouse, then it drags from the first moment', () => {
    expect(dragIntent('mouse', 0, 0)).toBe('drag')
  })

  it('given a finger, then only a way across the page drags', () => {
    expect(dragIntent('touch', 2, 3)).toBe('unsure')
    expect(dragIntent('touch', -9, 4)).toBe('drag')
    expect(dragIntent('touch', 4, -9)).toBe('scroll')
  })
})
