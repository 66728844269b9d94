/** A group that competes for events: who gets what, what is tried again, and what is given up. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Loader, Saver } from '../../engine/archive.ts'
import { StoreBench } from '../../testing/eventStore.ts'
import { ANY } from './expectedVersion.ts'
import { type GroupSettings, PersistentSubscription } from './persistentSubscription.ts'

const SETTINGS: GroupSettings = {
  source: null,
  bufferSize: 2,
  messageTimeoutUs: 1000,
  maxRetryCount: 1,
}

interface Got {
  number: number
  message: number
  attempt: number
}

/** A group with two members; what each got is written down. */
function given(settings: Partial<GroupSettings> = {}, events = 3) {
  const bench = new StoreBench()
  bench.sim.reserve(2)
  const group = new PersistentSubscription(bench.sim, 1, bench.store, { ...SETTINGS, ...settings })
  const got: [Got[], Got[]] = [[], []]
  for (const list of got) group.attach((delivery) => list.push(delivery))
  for (let i = 0; i < events; i++) bench.store.append('a', ANY, bench.events(`e${i}`))
  return { bench, group, got, messages: () => got.map((list) => list.map((g) => g.message)) }
}

function saved(group: PersistentSubscription): Uint8Array {
  const saver = new Saver()
  group.archive(saver)
  return saver.done()
}

describe('given a group with history', () => {
  test('when members join, then events go to those with room in turn, from the first one on', () => {
    const { group, messages } = given({}, 5)
    group.join(0)
    expect(messages()).toEqual([[0, 1], []])
    group.join(1)
    expect(messages()).toEqual([
      [0, 1],
      [2, 3],
    ])
    expect(group.lag).toBe(5)
  })

  test('when one is acknowledged, then the next goes out and the checkpoint follows what is done without gap', () => {
    const { group, got } = given({}, 4)
    group.join(0)
    group.ack(got[0][1]?.number as number)
    expect(group.checkpoint).toBe(0)
    group.ack(got[0][0]?.number as number)
    expect(group.checkpoint).toBe(2)
    expect(got[0].map(({ message }) => message)).toEqual([0, 1, 2, 3])
    group.ack(0)
    expect(group.checkpoint).toBe(2)
  })

  test('when an event is appended later, then it goes out at once', () => {
    const { bench, group, messages } = given({}, 0)
    group.join(0)
    bench.store.append('a', ANY, bench.events('new'))
    expect(messages()[0]).toEqual([0])
  })

  test('when its source is a category, then it gets only that', () => {
    const { bench, group, messages } = given({ source: '$ce-order' })
    group.join(0)
    bench.store.append('order-1', ANY, bench.events('o'))
    expect(messages()[0]).toEqual([3])
  })
})

describe('given an event that cannot be processed', () => {
  test('when it is given back, then it is tried again, and parked when that was too often', () => {
    const { group, got } = given({}, 1)
    group.join(0)
    group.nack(0, 'retry')
    expect(got[0].map(({ attempt }) => attempt)).toEqual([1, 2])
    group.nack(1, 'retry')
    expect(group.parked).toEqual([0])
    expect([got[0].length, group.checkpoint, group.lag]).toEqual([2, 1, 0])
  })

  test('when parked events are replayed, then they go out again, counted from the first attempt', () => {
    const { group, got } = given({}, 1)
    group.join(0)
    group.nack(0, 'park')
    group.replayParked()
    group.replayParked()
    expect(got[0].at(-1)).toMatchObject({ message: 0, attempt: 1 })
    expect(group.parked).toEqual([])
  })

  test('when it is skipped, then nobody gets it again', () => {
    const { group, got } = given({}, 1)
    group.join(0)
    group.nack(0, 'skip')
    expect([got[0].length, group.parked.length, group.checkpoint]).toEqual([1, 0, 1])
  })

  test('when nobody answers in time, then it is tried again', () => {
    const { bench, group, got } = given({}, 1)
    group.join(0)
    bench.sim.runUntil(999)
    expect(got[0]).toHaveLength(1)
    bench.sim.runUntil(1000)
    expect(got[0]).toHaveLength(2)
    group.ack(0)
    expect(group.lag).toBe(1)
  })

  test('when its member is gone, then another one gets it', () => {
    const { group, messages } = given({}, 2)
    group.join(0)
    group.join(1)
    group.leave(0)
    expect(messages()[1]).toEqual([0, 1])
  })
})

const step = fc.record({
  does: fc.constantFrom(
    'append',
    'ack',
    'retry',
    'park',
    'skip',
    'join',
    'leave',
    'replay',
    'wait',
  ),
  pick: fc.nat(5),
})

test('given any steps, then every event is done, waits, is in hand or parked: none is missing, and the facts say it all', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { bench, group, got } = given({ maxRetryCount: 2 })
      const ended = new Set<number>()
      for (const { does, pick } of steps) {
        const held = [...group.heldBy(0), ...group.heldBy(1)]
        const delivery = held[pick % Math.max(1, held.length)]
        if (does === 'append') bench.store.append('a', ANY, bench.events('e'))
        else if (does === 'join') group.join(pick % 2)
        else if (does === 'leave') group.leave(pick % 2)
        else if (does === 'replay') group.replayParked()
        else if (does === 'wait') {
          bench.sim.nowUs += 400
          bench.sim.runUntil(bench.sim.nowUs)
        } else if (delivery !== undefined) {
          const event = got.flat().find(({ number }) => number === delivery)?.message as number
          if (does === 'ack') group.ack(delivery)
          else group.nack(delivery, does as 'retry' | 'park' | 'skip')
          if (does === 'ack' || does === 'skip') ended.add(event)
        }
      }
      const open = group.lag - (bench.store.count - group.next) + group.parked.length
      expect(ended.size + open).toBe(group.next)
      expect(group.checkpoint).toBeLessThanOrEqual(group.next)
      const twin = new StoreBench(bench.records)
      twin.sim.reserve(2)
      const folded = new PersistentSubscription(twin.sim, 1, twin.store, SETTINGS)
      for (let i = 0; i < bench.records.facts.count; i++) twin.sim.applyFact(i)
      expect(saved(folded)).toEqual(saved(group))
      const loader = new Loader(saved(group))
      folded.archive(loader)
      loader.finish()
      expect(saved(folded)).toEqual(saved(group))
    }),
  )
})
