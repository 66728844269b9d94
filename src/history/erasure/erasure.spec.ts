/** What it costs to erase somebody from a log that only grows. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import '../everything.ts'
import type { Action } from '../../scenario/document.ts'
import { exampleCalled } from '../../scenario/examples/index.ts'
import type { SourcingAct } from '../../scenario/sourcingActs.ts'
import { World } from '../../scenario/world.ts'
import { keptBy } from './erasure.ts'

const { scenario } = exampleCalled('erasing-person')

const at = (ms: number, node: string, act: SourcingAct): Action => ({
  ...{ atUs: ms * 1000, do: 'sourcing', node, act },
})
const DELETE_KEY = at(12_000, 'events', { what: 'deleteKey', person: 'Ann' })

function kept(script: Action[], untilMs: number) {
  const world = new World(scenario)
  world.start(script)
  world.run(untilMs * 1000)
  const answer = keptBy(world, 'events')
  const ann = answer.persons.find(({ name }) => name === 'Ann')
  return { ...answer, ann }
}

describe('given the name of Ann in a log', () => {
  test('when her key is deleted, then no byte is gone, her name is unreadable, and who has read it still has it', () => {
    const before = kept([], 11_000)
    const after = kept([DELETE_KEY], 12_500)
    expect([before.keys, before.keysDeleted, before.unreadableBytes]).toEqual([2, 0, 0])
    expect([after.keys, after.keysDeleted, after.unreadableBytes]).toEqual([1, 1, 3])
    expect(after.bytes).toBeGreaterThanOrEqual(before.bytes)
    expect(after.ann).toMatchObject({ hasKey: false, events: 1, bytes: 3 })
    expect(after.ann?.copies).toEqual([
      { node: 'owners', what: 'rows', count: 1 },
      { node: 'partners', what: 'records', count: 1 },
      { node: 'partner', what: 'effects', count: 1 },
    ])
  })

  test('when the table is rebuilt after that, then only what has left the house still says it', () => {
    const script = [DELETE_KEY, at(15_000, 'owners', { what: 'rebuild', how: 'inPlace' })]
    expect(kept(script, 30_000).ann?.copies).toEqual([
      { node: 'partners', what: 'records', count: 1 },
      { node: 'partner', what: 'effects', count: 1 },
    ])
  })

  test('when the table is rebuilt before that, then it has the name again', () => {
    const script = [at(11_000, 'owners', { what: 'rebuild', how: 'inPlace' }), DELETE_KEY]
    expect(kept(script, 30_000).ann?.copies).toContainEqual({
      node: 'owners',
      what: 'rows',
      count: 1,
    })
  })

  test('when her stream gets a tombstone, then its events are hidden and their bytes stay', () => {
    const script = [
      at(12_000, 'events', { what: 'deleteStream', stream: 'account-acc1', forGood: true }),
    ]
    const { hiddenEvents, hiddenBytes, bytes, events } = kept(script, 12_500)
    expect(hiddenEvents).toBeGreaterThan(1)
    expect(hiddenBytes).toBeLessThan(bytes)
    expect(events).toBe(kept([], 12_500).events)
  })

  test('when a relay reads the event after that, then it publishes nothing of it', () => {
    const script: Action[] = [
      { atUs: 0, do: 'crash', node: 'relay' },
      DELETE_KEY,
      { atUs: 14_000_000, do: 'restart', node: 'relay' },
    ]
    const late = kept(script, 30_000)
    expect(late.ann?.copies).toEqual([{ node: 'owners', what: 'rows', count: 1 }])
  })
})

test('given any acts on a log, then its bytes never become fewer, and what is hidden is a part of them', () => {
  const act = fc.oneof(
    fc.constant<SourcingAct>({ what: 'deleteKey', person: 'Ann' }),
    fc.record({
      what: fc.constant('deleteStream' as const),
      stream: fc.constantFrom('account-acc1', 'account-acc2'),
      forGood: fc.boolean(),
    }),
    fc.record({
      what: fc.constant('limitStream' as const),
      stream: fc.constantFrom('account-acc1', 'account-acc2'),
      maxCount: fc.constantFrom(1, 3, null),
      maxAgeMs: fc.constantFrom(5000, null),
    }),
  )
  const script = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 40_000 }), act).map(([ms, of]) => at(ms, 'events', of)),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(script, (acts) => {
      const world = new World(scenario)
      world.start(acts)
      let before = 0
      for (let ms = 5000; ms <= 45_000; ms += 5000) {
        world.run(ms * 1000)
        const { bytes, hiddenBytes, events } = keptBy(world, 'events')
        expect(bytes).toBeGreaterThanOrEqual(before)
        expect(hiddenBytes).toBeLessThanOrEqual(bytes)
        // Counted anew, without what is remembered between two looks.
        expect(sum(world, events)).toBe(bytes)
        before = bytes
      }
    }),
    { numRuns: 30 },
  )
})

function sum(world: World, count: number): number {
  const { log } = world.part('events') as unknown as {
    log: { bytes(message: number): number; messageAt(position: number): number }
  }
  return Array.from({ length: count }, (_, position) => log.bytes(log.messageAt(position))).reduce(
    (total, bytes) => total + bytes,
    0,
  )
}
