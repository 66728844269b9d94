/** Random streams: reproducible, independent of each other, and evenly spread. */
import { describe, expect, test } from 'vitest'
import { Loader, Saver } from './archive.ts'
import { Random } from './random.ts'

function take(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.int())
}

describe('given a seed and an id', () => {
  test('when a stream is drawn, then it is the same in every engine', () => {
    expect(take(new Random(1, 'shop/arrivals'), 4)).toEqual([
      -436500990, -1077932622, 1727537691, -1289145173,
    ])
    expect(take(new Random(2 ** 53 - 1, 'shop/arrivals'), 4)).toEqual([
      -747747911, 733025799, -89851230, -1550356159,
    ])
  })

  test('when two are drawn at once, then they are those that come one by one', () => {
    const together = new Random(5, 'shop/arrivals')
    const pairs = Array.from({ length: 1000 }, () => {
      together.two()
      return [together.one, together.other]
    })
    const alone = new Random(5, 'shop/arrivals')
    expect(pairs.flat()).toEqual(take(alone, 2000))
    expect(together.int()).toBe(alone.int())
  })

  test('when exponential draws and others come in any order, then each is what it is without any made ahead', () => {
    const ahead = new Random(6, 'shop/arrivals')
    const alone = new Random(6, 'shop/arrivals')
    const order = new Random(1, 'order')
    for (let n = 0; n < 5000; n++) {
      const asked = n % 1000 < 900 ? 'exponential' : order.below(2) === 0 ? 'unit' : 'int'
      // A checkpoint takes back what was drawn ahead.
      alone.archive(new Saver())
      expect(ahead[asked]()).toBe(alone[asked]())
    }
  })

  test('when seed, high bits of the seed or id differ, then so does the stream', () => {
    const streams = [
      new Random(1, 'a'),
      new Random(2, 'a'),
      new Random(1 + 2 ** 32, 'a'),
      new Random(1, 'b'),
    ].map((random) => take(random, 4).join())
    expect(new Set(streams).size).toBe(4)
  })

  test('when it is restored from a checkpoint, then it draws on as before', () => {
    const random = new Random(7, 'a')
    take(random, 5)
    const saver = new Saver()
    random.archive(saver)
    const expected = take(random, 5)
    const loader = new Loader(saver.done())
    const restored = new Random(0, '')
    restored.archive(loader)
    loader.finish()
    expect(take(restored, 5)).toEqual(expected)
  })
})

describe('given many draws', () => {
  test('when integers below a bound are counted, then each comes equally often (chi-square, 99.9 %)', () => {
    const random = new Random(3, 'dice')
    const counts = Array.from({ length: 10 }, () => 0)
    for (let n = 0; n < 100_000; n++) {
      const face = random.below(10)
      counts[face] = (counts[face] as number) + 1
    }
    const chi = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(chi).toBeLessThan(27.88)
  })

  test('when neighbours are compared, then they do not depend on each other', () => {
    const random = new Random(4, 'pairs')
    let sum = 0
    let last = random.unit()
    for (let n = 0; n < 100_000; n++) {
      const next = random.unit()
      sum += (last - 0.5) * (next - 0.5)
      last = next
    }
    // Standard deviation of the mean product: 1/12 over the root of the number of pairs.
    expect(Math.abs(sum / 100_000)).toBeLessThan(4 / 12 / 100_000 ** 0.5)
  })
})
