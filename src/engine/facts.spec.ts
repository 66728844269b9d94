/** The log of facts gives back what was written, across chunks and eras. */
import { describe, expect, test } from 'vitest'
import { clockAt } from './clock.ts'
import { FactLog } from './facts.ts'

/** A log whose times jump by up to two hours, over three chunks; `expected` is what was written. */
function filled(count: number, gapUs: (n: number) => number) {
  const log = new FactLog()
  const expected: number[][] = []
  let timeUs = 0
  for (let n = 0; n < count; n++) {
    timeUs += gapUs(n)
    const fact = [
      timeUs,
      n % 250,
      (n * 7) % 65_536,
      n % 3 === 0 ? -1 : n,
      (n % 1000) - 500,
    ] as const
    const [nowUs, ...rest] = fact
    log.append(clockAt(nowUs), ...rest)
    expected.push([...fact])
  }
  return { log, expected }
}

describe('given facts over several chunks and many eras', () => {
  const { log, expected } = filled(150_000, (n) => (n % 5000 === 0 ? 7_200_000_000 : n % 3))

  test('when they are read one by one, then they are what was written', () => {
    for (let i = 0; i < log.count; i += 37) {
      const read = [log.timeUs(i), log.kind(i), log.node(i), log.message(i), log.aux(i)]
      expect(read).toEqual(expected[i])
    }
  })

  test('when a stretch is visited, then each comes once and in order', () => {
    for (const [from, to] of [
      [0, 3],
      [130_000, 150_000],
      [65_535, 65_537],
      [4_999, 10_001],
      [7, 7],
    ] as const) {
      const seen: number[][] = []
      log.each(from, to, (...fact) => seen.push(fact))
      expect(seen).toEqual(expected.slice(from, to))
    }
  })

  test('when facts up to a moment are counted, then those of its microsecond are in', () => {
    expect(log.countAt(-1)).toBe(0)
    for (const at of [0, 4_999, 5_000, 65_536, 149_999]) {
      const timeUs = expected[at]?.[0] ?? 0
      const count = expected.findIndex(([us = 0]) => us > timeUs)
      expect(log.countAt(timeUs)).toBe(count === -1 ? log.count : count)
    }
  })

  test('when a fact is asked for that is not there, then it is an error with its index', () => {
    expect(() => log.kind(150_000)).toThrow('fact 150000 of 150000')
    expect(() => log.aux(-1)).toThrow('fact -1 of 150000')
  })
})

describe('given a day of rare facts', () => {
  test('when it is over, then they take one chunk', () => {
    expect(filled(1000, () => 86_400_000).log.bytes).toBe(8192 * 16)
  })
})

describe('given a log that nobody needs any more', () => {
  test('when its memory goes to the next, then the next has its own facts and nothing is left in it', () => {
    const { log } = filled(70_000, () => 5)
    log.release()
    expect(log.count).toBe(0)
    expect(log.bytes).toBe(0)
    expect(() => log.kind(0)).toThrow('fact 0 of 0')
    const next = filled(3, () => 1)
    expect(next.log.count).toBe(3)
    const facts: number[][] = []
    next.log.each(0, 3, (...fact) => facts.push(fact))
    expect(facts).toEqual(next.expected)
    expect(() => next.log.kind(3)).toThrow('fact 3 of 3')
  })
})
