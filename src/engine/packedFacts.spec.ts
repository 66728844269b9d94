/** Packed facts come back as they were, whatever they are, and those of a plain run take few bytes. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packFacts, unpackFacts } from './packedFacts.ts'

function there(words: Int32Array): { back: Int32Array; bytes: number } {
  const count = words.length / 4
  const packed = packFacts(words, count)
  const back = new Int32Array(words.length)
  unpackFacts(packed, back, count)
  return { back, bytes: packed.bytes.byteLength + packed.heads.byteLength }
}

const word = fc.oneof(fc.integer(), fc.integer({ min: -300, max: 300 }), fc.constantFrom(-1, 0))

describe('given any facts', () => {
  test('when they are packed and unpacked, then they are the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, word, word, word), { maxLength: 600, size: 'max' }),
        (facts) => {
          const words = Int32Array.from(facts.flat())
          expect(there(words).back).toEqual(words)
        },
      ),
    )
  })

  test('when each has a head of its own, then they are the same, and the next ones too', () => {
    for (const step of [1, 7919]) {
      const words = Int32Array.from({ length: 16_384 * 4 }, (_, i) => Math.imul(i, step))
      expect(there(words).back).toEqual(words)
    }
  })
})

describe('given the facts of a queue and its consumer', () => {
  test('when they are packed, then one takes less than four bytes', () => {
    const facts = Array.from({ length: 1000 }, (_, n) => [
      [n * 2500, 137 << 16, n, 3],
      [n * 2500, (21 << 16) | 1, n, 4],
      [n * 2500, (22 << 16) | 1, n, 9],
      [n * 2500, (134 << 16) | 2, n, n * 4],
      [n * 2500 + 900, (135 << 16) | 2, n, n * 4],
      [n * 2500 + 900, (24 << 16) | 8, n, n],
    ])
    const words = Int32Array.from(facts.flat(2))
    expect(there(words).back).toEqual(words)
    expect(there(words).bytes / 6000).toBeLessThan(4)
  })
})
