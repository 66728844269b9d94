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
  test('when it is over, then they take what a thousand facts need', () => {
    expect(filled(1000, () => 86_400_000).log.timeUs(999)).toBe(86_400_000_000)
    expect(filled(1000, () => 86_400_000).log.bytes).toBe(1024 * 16)
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

describe('given a log of a few hundred facts and its forks within the same chunk', () => {
  const { log, expected } = filled(700, (n) => n % 3)
  const read = (of: FactLog, from: number, to: number) => {
    const seen: number[][] = []
    of.each(from, to, (...fact) => seen.push(fact))
    return seen
  }

  test('when all write on, then what they have in common is there once, and the rest is their own', () => {
    const fork = log.fork(500)
    const further = fork.fork(300)
    const parent = [...expected]
    for (let n = 0; n < 20; n++) {
      fork.append(clockAt(10_000 + n), 1, n, n, n)
      further.append(clockAt(20_000 + n), 2, n, n, n)
      log.append(clockAt(30_000 + n), 3, n, n, n)
      parent.push([30_000 + n, 3, n, n, n])
    }
    const own = (us: number, kind: number) =>
      Array.from({ length: 20 }, (_, n) => [us + n, kind, n, n, n])
    expect(read(log, 0, log.count)).toEqual(parent)
    expect(read(fork, 0, fork.count)).toEqual([...expected.slice(0, 500), ...own(10_000, 1)])
    expect(read(further, 0, further.count)).toEqual([...expected.slice(0, 300), ...own(20_000, 2)])
    expect(fork.timeUs(499)).toBe(expected[499]?.[0])
    const { words } = log.stretch(0, 1)
    expect(fork.stretch(0, 1).words).toBe(words)
    expect(further.stretch(0, 1).words).toBe(words)
    fork.release()
    expect(read(further, 0, further.count)).toHaveLength(320)
    expect(read(log, 0, log.count)).toEqual(parent)
  })

  test('when a fork goes on for millions of facts, then it has them all, packed or not', () => {
    const fork = log.fork(600)
    const clock = clockAt(10_000)
    for (let n = 0; n < 3_200_000; n++) fork.append(clock, 1, n & 7, n, n & 63)
    fork.tidy()
    expect(fork.cold.facts).toBeGreaterThan(0)
    expect(read(fork, 590, 602)).toEqual([
      ...expected.slice(590, 600),
      [10_000, 1, 0, 0, 0],
      [10_000, 1, 1, 1, 1],
    ])
    expect(read(fork, 8190, 8195)).toEqual(
      [8190, 8191, 8192, 8193, 8194].map((i) => {
        const n = i - 600
        return [10_000, 1, n & 7, n, n & 63]
      }),
    )
    fork.release()
  })
})
