/** What holds for the event store whatever its writers do, in whatever order. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StoreBench, saved } from '../../testing/eventStore.ts'
import { ANY } from './expectedVersion.ts'

const STREAMS = ['a', 'b', 'c']
const stream = fc.constantFrom(...STREAMS)

/** A step of a writer: look at a stream's version, append with what it saw last, or send that again. */
const step = fc.record({
  writer: fc.nat({ max: 4 }),
  stream,
  does: fc.constantFrom('look', 'append', 'append', 'repeat'),
  count: fc.integer({ min: 1, max: 3 }),
})

interface Attempt {
  stream: string
  expected: number
  events: number[]
}

function run(steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) {
  const bench = new StoreBench()
  const { channel, got } = bench.subscriber()
  bench.store.subscribe({ channel, stream: null, from: 0, token: 1 }, 3)
  const seen = new Map<string, number>()
  const last = new Map<number, Attempt>()
  const wins: Attempt[] = []
  for (const { writer, stream, does, count } of steps) {
    const known = `${writer}/${stream}`
    if (does === 'look') seen.set(known, bench.store.version(stream))
    else if (does === 'append') {
      const events = bench.events(...Array.from({ length: count }, () => `w${writer}`))
      const attempt = { stream, expected: seen.get(known) ?? -1, events }
      last.set(writer, attempt)
      if (bench.store.append(stream, attempt.expected, events).ok) wins.push(attempt)
    } else {
      const again = last.get(writer)
      const before = bench.store.count
      if (again && wins.includes(again)) {
        expect(bench.store.append(again.stream, again.expected, again.events).ok).toBe(true)
        expect(bench.store.count).toBe(before)
      }
    }
    if (does === 'look') bench.store.next(channel, 3)
  }
  return { bench, wins, got }
}

describe('given writers that look at versions and append in any order', () => {
  // A counterexample is the steps, so that it can be read.
  const anySteps = fc.array(step, { maxLength: 60 })

  test('then of those that expect the same version of a stream exactly one wins, and versions have no gap', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { bench, wins } = run(steps)
        for (const name of STREAMS) {
          const positions = bench.store.read(name, 0, 'forwards', 1000)
          const versions = positions.map((position) => bench.store.log.versionAt(position))
          expect(versions).toEqual(versions.map((_, i) => i))
          const mine = wins.filter((win) => win.stream === name)
          expect(new Set(mine.map(({ expected }) => expected)).size).toBe(mine.length)
          const ids = positions.map((position) => bench.store.log.messageAt(position))
          expect(ids).toEqual(mine.flatMap(({ events }) => events))
        }
        expect(bench.store.count).toBe(wins.flatMap(({ events }) => events).length)
      }),
    )
  })

  test('then a subscriber gets each event once, in the order of positions', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { bench, got } = run(steps)
        while (got.at(-1)?.live !== true) bench.store.next(0, 3)
        let position = 0
        for (const { message, count } of got) {
          if (count > 0) expect(message).toBe(bench.store.log.messageAt(position))
          position += count
        }
        expect(position).toBe(bench.store.count)
      }),
    )
  })

  test('then the fold of the facts, and what a checkpoint restores, are the store itself', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { bench, got } = run(steps)
        const state = saved(bench.store)
        expect(saved(bench.folded(1).store)).toEqual(state)
        const restored = bench.restored(1)
        expect(saved(restored.store)).toEqual(state)
        for (const name of STREAMS) {
          expect(restored.store.version(name)).toBe(bench.store.version(name))
        }
        const [twin] = restored.subscribers
        const before = got.length
        const events = bench.events('one', 'more')
        for (const { store } of [bench, restored]) {
          store.next(0, 3)
          store.append('a', ANY, events)
        }
        expect(twin?.got).toEqual(got.slice(before))
      }),
    )
  })
})

test('given any store, when the same events are appended twice with any version, then they are there once', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(stream, fc.nat({ max: 9 }))), (picks) => {
      const bench = new StoreBench()
      const events = bench.events('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')
      for (const [name, pick] of picks) bench.store.append(name, ANY, [events[pick] as number])
      for (const name of STREAMS) {
        const ids = bench.store
          .read(name, 0, 'forwards', 1000)
          .map((position) => bench.store.log.messageAt(position))
        expect(new Set(ids).size).toBe(ids.length)
        expect(new Set(ids)).toEqual(
          new Set(picks.filter(([s]) => s === name).map(([, pick]) => events[pick])),
        )
      }
    }),
  )
})
