/** Kafka's key hash and default partitioner against vectors that agree with Kafka's own unit test. */
import { describe, expect, test } from 'vitest'
import { utf8 } from '../../base/utf8.ts'
import { murmur2 } from './murmur2.ts'
import { partitionOfKey } from './partitioner.ts'
import { vectors } from './vectors/murmur2.json'

const bytesOf = (hex: string) => hex.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? []

describe.each(vectors)('given the $kind key of bytes $hex', ({ hex, ...vector }) => {
  test('when it is hashed, then hash and partitions are Kafka’s', () => {
    const hash = murmur2(bytesOf(hex))
    expect(hash).toBe(vector.murmur2)
    expect(hash & 0x7fffffff).toBe(vector.positive)
    for (const [count, partition] of Object.entries(vector.partition)) {
      expect((hash & 0x7fffffff) % Number(count)).toBe(partition)
    }
  })
})

describe.each(vectors.filter(({ key }) => typeof key === 'string'))(
  'given the $kind key "$key"',
  ({ key = '', hex, partition }) => {
    test('when its partition is asked for, then it is Kafka’s', () => {
      expect(utf8(key)).toEqual(bytesOf(hex))
      for (const [count, expected] of Object.entries(partition)) {
        expect(partitionOfKey(key, Number(count))).toBe(expected)
      }
    })
  },
)

describe('given half of a surrogate pair', () => {
  test('when it is encoded, then it becomes a question mark, as in Java', () => {
    expect(utf8('a\ud83d')).toEqual([0x61, 0x3f])
  })
})
