/** The rules of the event store: appends, reads, subscriptions. */
import { describe, expect, test } from 'vitest'
import { StoreBench, saved } from '../../testing/eventStore.ts'
import { ANY, NO_STREAM } from './expectedVersion.ts'
import { type Conflict, EVENTSTORE_FACTS } from './facts.ts'

const ALL = 1000

/** A store with `Opened` and `Deposited` in the stream `a`. */
function given() {
  const bench = new StoreBench()
  const [opened, deposited] = bench.events('Opened', 'Deposited') as [number, number]
  bench.store.append('a', NO_STREAM, [opened, deposited])
  return { bench, store: bench.store, opened, deposited }
}

function kinds(bench: StoreBench): number[] {
  const { facts } = bench.records
  return Array.from({ length: facts.count }, (_, i) => facts.kind(i))
}

describe('given an empty store', () => {
  test('when events are appended to a new stream, then versions and positions count from 0', () => {
    const { store, bench } = given()
    expect(store.version('a')).toBe(1)
    expect(store.count).toBe(2)
    const [first, second] = store.readAll(0, ALL).map((position) => store.log.event(position))
    expect(first).toMatchObject({ stream: 'a', type: 'Opened', version: 0, position: 0 })
    expect(second).toMatchObject({ stream: 'a', type: 'Deposited', version: 1, position: 1 })
    expect(kinds(bench)).toEqual([
      EVENTSTORE_FACTS.streamCreated,
      EVENTSTORE_FACTS.appended,
      EVENTSTORE_FACTS.appended,
    ])
  })

  test('when an append expects version 0, then it conflicts and creates no stream', () => {
    const bench = new StoreBench()
    const result = bench.store.append('a', 0, bench.events('Opened'))
    expect(result).toEqual({ ok: false, expected: 0, actual: NO_STREAM })
    expect(bench.store.indexOf('a')).toBe(-1)
  })

  test('when an append has no events, then it is our bug', () => {
    expect(() => new StoreBench().store.append('a', ANY, [])).toThrow('without events')
  })
})

describe('given a stream at version 1', () => {
  test('when an append expects version 1, then it is written as version 2', () => {
    const { store, bench } = given()
    expect(store.append('a', 1, bench.events('Withdrawn'))).toEqual({
      ok: true,
      version: 2,
      position: 2,
    })
  })

  test('when an append expects any version, then it is written', () => {
    const { store, bench } = given()
    expect(store.append('a', ANY, bench.events('Withdrawn'))).toMatchObject({ version: 2 })
  })

  test.each([
    ['no stream', NO_STREAM],
    ['version 0', 0],
    ['version 2, which is not there yet', 2],
  ])('when an append expects %s, then it conflicts and nothing is written', (_words, expected) => {
    const { store, bench } = given()
    const [event] = bench.events('Withdrawn') as [number]
    expect(store.append('a', expected, [event])).toEqual({ ok: false, expected, actual: 1 })
    expect([store.count, store.version('a'), store.conflicts]).toEqual([2, 1, 1])
    expect(store.conflict(0)).toMatchObject({ message: event, stream: 'a', expected, actual: 1 })
    const { facts } = bench.records
    expect(facts.kind(facts.count - 1)).toBe(EVENTSTORE_FACTS.conflicted)
    expect(facts.message(facts.count - 1)).toBe(event)
    const row = bench.records.rowAt<Conflict>(facts.aux(facts.count - 1))
    expect(row).toEqual({ stream: 'a', expected, actual: 1 })
  })

  test('when another stream is written, then it has versions of its own and positions go on', () => {
    const { store, bench } = given()
    expect(store.append('b', NO_STREAM, bench.events('Opened'))).toEqual({
      ok: true,
      version: 0,
      position: 2,
    })
  })
})

describe('given an append whose acknowledgement was lost', () => {
  test.each([
    ['the version it expected', NO_STREAM],
    ['any version', ANY],
  ])('when it is sent again with %s, then it succeeds and writes nothing', (_words, expected) => {
    const { store, bench, opened, deposited } = given()
    const before = saved(store)
    const again = store.append('a', expected, [opened, deposited])
    expect(again).toEqual({ ok: true, version: 1, position: 1 })
    expect(saved(store)).toEqual(before)
    expect(kinds(bench).at(-1)).toBe(EVENTSTORE_FACTS.repeated)
  })

  test('when only its first event is sent again, then it succeeds and writes nothing', () => {
    const { store, opened } = given()
    expect(store.append('a', NO_STREAM, [opened])).toEqual({ ok: true, version: 0, position: 0 })
    expect(store.count).toBe(2)
  })

  test.each([
    ['the version it expected', NO_STREAM],
    ['any version', ANY],
  ])('when it is sent with a new event behind and %s, then it conflicts', (_words, expected) => {
    const { store, bench, opened, deposited } = given()
    const events = [opened, deposited, ...bench.events('Withdrawn')]
    expect(store.append('a', expected, events)).toMatchObject({ ok: false })
    expect(store.count).toBe(2)
  })

  test('when it is sent to another stream, then it is written there: ids are unique in a stream', () => {
    const { store, opened, deposited } = given()
    expect(store.append('b', ANY, [opened])).toEqual({ ok: true, version: 0, position: 2 })
    expect(store.append('b', ANY, [opened])).toEqual({ ok: true, version: 0, position: 2 })
    expect(store.append('a', ANY, [opened, deposited])).toMatchObject({ version: 1 })
    expect(store.count).toBe(3)
  })

  test('when it is sent with the present version, then it is written twice, as the store trusts the version', () => {
    const { store, opened } = given()
    expect(store.append('a', 1, [opened])).toEqual({ ok: true, version: 2, position: 2 })
    expect(store.log.firstPosition(opened)).toBe(0)
  })
})

describe('given two streams with events in turn', () => {
  function turns() {
    const bench = new StoreBench()
    for (const type of ['1', '2', '3']) {
      bench.store.append('a', ANY, bench.events(`a${type}`))
      bench.store.append('b', ANY, bench.events(`b${type}`))
    }
    return bench
  }

  test('when a stream is read forwards, then its own events come in order of version', () => {
    const bench = turns()
    expect(bench.types(bench.store.read('b', 0, 'forwards', ALL))).toEqual(['b1', 'b2', 'b3'])
    expect(bench.types(bench.store.read('b', 1, 'forwards', 1))).toEqual(['b2'])
  })

  test('when a stream is read backwards, then the newest comes first', () => {
    const bench = turns()
    expect(bench.types(bench.store.read('a', 99, 'backwards', ALL))).toEqual(['a3', 'a2', 'a1'])
    expect(bench.types(bench.store.read('a', 1, 'backwards', 1))).toEqual(['a2'])
  })

  test('when a stream that does not exist is read, then there is nothing', () => {
    const bench = turns()
    expect(bench.store.read('c', 0, 'forwards', ALL)).toEqual([])
    expect(bench.store.read('c', 0, 'backwards', ALL)).toEqual([])
  })

  test('when all is read, then events come in the order in which they were written', () => {
    const bench = turns()
    expect(bench.types(bench.store.readAll(1, 3))).toEqual(['b1', 'a2', 'b2'])
    expect(bench.store.readAll(6, ALL)).toEqual([])
  })
})

describe('given three events and a subscriber', () => {
  function subscribed(stream: string | null, from: number, max: number) {
    const bench = new StoreBench()
    bench.store.append('a', ANY, bench.events('a1', 'a2'))
    bench.store.append('b', ANY, bench.events('b1'))
    const { channel, got } = bench.subscriber()
    bench.store.subscribe({ channel, stream, from, token: 7 }, max)
    return { bench, store: bench.store, channel, got }
  }

  test('when it subscribes to all, then history comes in pages and then what is new, each once', () => {
    const { bench, store, channel, got } = subscribed(null, 0, 2)
    expect(got).toEqual([{ message: 0, count: 2, live: false, token: 7 }])
    store.append('a', ANY, bench.events('a3'))
    expect(got).toHaveLength(1)
    store.next(channel, 2)
    expect(got[1]).toEqual({ message: 2, count: 2, live: true, token: 7 })
    store.append('a', ANY, bench.events('a4', 'a5'))
    expect(got.slice(2).map(({ message, count }) => [message, count])).toEqual([
      [4, 1],
      [5, 1],
    ])
  })

  test('when it subscribes from the end, then it is live at once', () => {
    const { got } = subscribed(null, 3, 2)
    expect(got).toEqual([{ message: -1, count: 0, live: true, token: 7 }])
  })

  test('when it subscribes to one stream, then it gets that stream only', () => {
    const { bench, store, got } = subscribed('a', 1, ALL)
    store.append('b', ANY, bench.events('b2'))
    store.append('a', ANY, bench.events('a3'))
    expect(got.map(({ message, count }) => [message, count])).toEqual([
      [1, 1],
      [4, 1],
    ])
  })

  test('when it subscribes to a stream that is not there yet, then it gets its first event', () => {
    const { bench, store, got } = subscribed('c', 0, ALL)
    store.append('c', NO_STREAM, bench.events('c1'))
    expect(got.at(-1)).toMatchObject({ message: 3, count: 1 })
  })

  test('when it subscribes from a version that does not exist yet, then it waits for that one', () => {
    const { bench, store, got } = subscribed('a', 3, ALL)
    store.append('a', ANY, bench.events('a3', 'a4'))
    expect(got.map(({ message }) => message)).toEqual([-1, 4])
  })

  test('when it is gone, then nothing is sent; when it comes back, it goes on where it says', () => {
    const { bench, store, channel, got } = subscribed(null, 0, ALL)
    store.unsubscribe(channel)
    store.append('a', ANY, bench.events('a3'))
    expect(got).toHaveLength(1)
    store.subscribe({ channel, stream: null, from: 2, token: 8 }, ALL)
    expect(got[1]).toEqual({ message: 2, count: 2, live: true, token: 8 })
  })

  test('when it asks for a page while it is live or gone, then nothing happens', () => {
    const { store, channel, got } = subscribed(null, 0, ALL)
    store.next(channel, ALL)
    store.unsubscribe(channel)
    store.next(channel, ALL)
    store.unsubscribe(channel)
    expect(got).toHaveLength(1)
  })
})
