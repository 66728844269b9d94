/** Packed numbers are read as they were, one by one; straight lines take no memory. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Packed } from './packed.ts'

describe('given any numbers in lanes', () => {
  const whole = fc.oneof(fc.integer(), fc.integer({ min: -200, max: 70_000 }))
  const time = fc.oneof(fc.maxSafeNat(), fc.double(), fc.integer(), fc.constant(Infinity))

  test('when they are packed, then each is read as it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(whole, time), { minLength: 1, size: '+1' }),
        fc.constantFrom(1, 2, 8),
        (values, lanes) => {
          // -0 comes back as 0.
          const times = Float64Array.from(values, (value) => value + 0)
          const rows = times.subarray(0, times.length - (times.length % lanes))
          if (rows.length === 0) return
          const packed = new Packed(rows, lanes)
          const back = new Float64Array(rows.length)
          packed.unpack(back)
          expect(back).toEqual(rows)
        },
      ),
    )
  })

  test('when they are 32-bit integers, then each is read as it was', () => {
    fc.assert(
      fc.property(fc.array(whole, { minLength: 1, size: '+1' }), (values) => {
        const packed = new Packed(Int32Array.from(values), 1)
        expect(values.map((_, i) => packed.get(i))).toEqual(values)
      }),
    )
  })
})

test('given any numbers in lanes, when some rows of a lane are copied, then each is what it is alone', () => {
  const values = fc.array(fc.oneof(fc.integer(), fc.constantFrom(7, 8)), { minLength: 8 })
  fc.assert(
    fc.property(values, fc.constantFrom(1, 2, 8), fc.nat(), fc.nat(), (all, lanes, lane, row) => {
      const rows = Math.floor(all.length / lanes)
      const packed = new Packed(Int32Array.from(all.slice(0, rows * lanes)), lanes)
      const [of, from] = [lane % lanes, row % rows]
      const into = new Int32Array(rows - from + 2)
      packed.copyLane(of, from, into, 1, into.length - 1)
      const alone = Array.from({ length: rows - from }, (_, i) => packed.at(from + i, of))
      expect([...into]).toEqual([0, ...alone, 0])
    }),
  )
})

describe('given numbers that count up', () => {
  test('when they are packed beside some that stay, then they take no memory', () => {
    const rows = Int32Array.from({ length: 2048 }, (_, i) => (i % 2 === 0 ? 500 + i / 2 : -1))
    expect(new Packed(rows, 2).bytes).toBe(0)
  })
})
