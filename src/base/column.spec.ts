/** A stretch of a column that is read at once is what its values are one by one, packed or not. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IntColumn } from './column.ts'

const LENGTH = 300_000

test('given a long column whose old chunks are packed, when a stretch is copied, then it is what its values are', () => {
  const column = new IntColumn()
  for (let i = 0; i < LENGTH; i++) column.put(i, (i * 7919) % 1000)
  column.tidy()
  const fork = column.fork()
  for (let i = LENGTH - 5000; i < LENGTH; i++) fork.put(i, -i)
  fc.assert(
    fc.property(fc.nat({ max: LENGTH - 1 }), fc.nat({ max: 9000 }), (from, most) => {
      for (const each of [column, fork]) {
        const into = new Int32Array(Math.min(most, LENGTH - from))
        each.copy(from, into)
        expect(into.every((value, i) => value === each.get(from + i))).toBe(true)
      }
    }),
  )
})
