/** What a producer remembers of messages: those that are settled are nobody's any more. */
import { describe, expect, test } from 'vitest'
import { Outstanding } from './outstanding.ts'

describe('given a producer that waits for message 1 alone', () => {
  const waiting = () => {
    const outstanding = new Outstanding()
    outstanding.attempt(0)
    outstanding.attempt(1)
    outstanding.settle(0)
    return outstanding
  }

  test('then message 0, which is settled, has no attempt and no standing', () => {
    expect(waiting().attempts(0)).toBe(0)
    expect(waiting().standing(0)).toBe(-1)
  })
  test('then message 1 has its own', () => {
    expect(waiting().attempts(1)).toBe(1)
    expect(waiting().standing(1)).toBe(0)
  })
})
