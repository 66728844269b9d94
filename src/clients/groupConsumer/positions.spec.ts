/** A member's own books: received, consumed, committed. */
import { describe, expect, test } from 'vitest'
import { Positions } from './positions.ts'

function started(): Positions {
  const positions = new Positions()
  positions.start(7, 4)
  positions.start(8, 0)
  return positions
}

describe('given a member that has been assigned two partitions', () => {
  test('when nothing has come, then there is nothing to commit', () => {
    expect(started().uncommitted(false)).toBe(0)
    expect(started().uncommitted(true)).toBe(0)
  })

  test('when records are in hand, then only a commit ahead of the work counts them', () => {
    const positions = started()
    positions.receive(7, 4)
    positions.receive(7, 5)
    positions.consume(7, 4)
    expect(positions.offsetOf(0, true)).toBe(6)
    expect(positions.offsetOf(0, false)).toBe(5)
    expect(positions.uncommitted(false)).toBe(1)
  })

  test('when it has committed, then nothing is left until more is done', () => {
    const positions = started()
    positions.receive(8, 0)
    positions.consume(8, 0)
    positions.commit(false)
    expect(positions.uncommitted(false)).toBe(0)
    positions.receive(8, 1)
    expect(positions.uncommitted(false)).toBe(0)
    positions.consume(8, 1)
    expect(positions.uncommitted(false)).toBe(1)
  })

  test('when the broker moved the position, then what lies between is not taken for work to do', () => {
    const positions = started()
    positions.receive(7, 20)
    expect(positions.offsetOf(0, false)).toBe(20)
    expect(positions.offsetOf(0, true)).toBe(21)
  })

  test('when a partition is not its own, then nothing is noted', () => {
    const positions = started()
    positions.receive(9, 3)
    positions.consume(9, 3)
    expect(positions.owns(9)).toBe(false)
    expect(positions.count).toBe(2)
  })
})
