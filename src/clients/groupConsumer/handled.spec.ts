/** The runs of offsets that a member has been through. */
import { describe, expect, test } from 'vitest'
import { Loader, Saver } from '../../engine/archive.ts'
import { Handled } from './handled.ts'

function sizeOf(handled: Handled): number {
  const saver = new Saver()
  handled.archive(saver)
  return saver.done().length
}

describe('given records of two partitions', () => {
  test('when they are handled in order, then each is known and the books stay as short as the runs', () => {
    const handled = new Handled()
    for (let offset = 3; offset < 500; offset++) {
      handled.add(7, offset)
      handled.add(8, offset * 2)
    }
    expect([2, 3, 499, 500].map((offset) => handled.has(7, offset))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(handled.has(8, 7)).toBe(false)
    expect(handled.has(8, 8)).toBe(true)
    expect(handled.has(9, 8)).toBe(false)
  })

  test('when records come again, then nothing is added until reading passes the end of the run', () => {
    const handled = new Handled()
    for (let offset = 0; offset < 10; offset++) handled.add(7, offset)
    const size = sizeOf(handled)
    for (let offset = 4; offset < 12; offset++) handled.add(7, offset)
    expect(sizeOf(handled)).toBe(size)
    expect(handled.has(7, 11)).toBe(true)
  })

  test('when the books are restored to an earlier moment, then what came later is unknown again', () => {
    const handled = new Handled()
    handled.add(7, 3)
    const saver = new Saver()
    handled.archive(saver)
    for (let offset = 4; offset < 9; offset++) handled.add(7, offset)
    handled.archive(new Loader(saver.done()))
    expect([2, 3, 4, 8].map((offset) => handled.has(7, offset))).toEqual([
      false,
      true,
      false,
      false,
    ])
    handled.add(7, 4)
    expect(handled.has(7, 4)).toBe(true)
  })
})
