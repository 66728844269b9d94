/** A checkpoint gives back the numbers that went into it, small ones in few bytes. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Loader, Saver } from './archive.ts'

function saved(numbers: number[]): Uint8Array {
  const saver = new Saver()
  for (const number of numbers) saver.int(number)
  return saver.done()
}

describe('given any numbers', () => {
  test('when they are saved and loaded, then they are the same', () => {
    const any = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double(), fc.constant(Infinity))
    fc.assert(
      fc.property(fc.array(any), (numbers) => {
        const loader = new Loader(saved(numbers))
        for (const number of numbers) expect(loader.int(0)).toBe(number + 0)
        loader.finish()
      }),
    )
  })

  test('when they are small, then each takes a byte', () => {
    expect(saved([0, -1, 63, -64]).length).toBe(4)
  })

  test('when fewer are loaded than were saved, or more, then it is an error', () => {
    const loader = new Loader(saved([1, 2]))
    loader.int(0)
    expect(() => loader.finish()).toThrow('checkpoint has 2 bytes, read 1')
    loader.int(0)
    expect(() => loader.int(0)).toThrow('checkpoint ended at 2')
  })
})
