/** What a store keeps and who may read it: deletion, limits, categories, keys. */
import { describe, expect, test } from 'vitest'
import { StoreBench, saved } from '../../testing/eventStore.ts'
import { ANY, NO_STREAM, STREAM_EXISTS } from './expectedVersion.ts'
import './filters.ts'
import { readFilter } from './filter.ts'

const ALL = 1000

function given() {
  const bench = new StoreBench()
  bench.store.append('account-1', NO_STREAM, bench.events('a', 'b', 'c'))
  return { bench, store: bench.store }
}

function readable(bench: StoreBench, stream = 'account-1'): string[] {
  return bench.types(bench.store.read(stream, 0, 'forwards', ALL))
}

describe('given an append that expects a stream to exist', () => {
  test('when it does, then it is written whatever its version is', () => {
    const { bench, store } = given()
    expect(store.append('account-1', STREAM_EXISTS, bench.events('d'))).toMatchObject({
      version: 3,
    })
  })

  test('when it does not, or was deleted, then it conflicts', () => {
    const { bench, store } = given()
    expect(store.append('account-2', STREAM_EXISTS, bench.events('d')).ok).toBe(false)
    store.delete('account-1', false)
    expect(store.append('account-1', STREAM_EXISTS, bench.events('d')).ok).toBe(false)
  })
})

describe('given a stream that was deleted softly', () => {
  function deleted() {
    const all = given()
    all.store.delete('account-1', false)
    return all
  }

  test('then it cannot be read, and all still has its events', () => {
    const { bench, store } = deleted()
    expect(readable(bench)).toEqual([])
    expect(store.read('account-1', 9, 'backwards', ALL)).toEqual([])
    expect(store.isReadable('account-1')).toBe(false)
    expect(bench.types(store.readAll(0, ALL))).toEqual(['a', 'b', 'c'])
  })

  test.each([
    ['no stream', NO_STREAM],
    ['any version', ANY],
    ['its last version', 2],
  ])(
    'when it is written expecting %s, then it goes on from there and only that is read',
    (_w, expected) => {
      const { bench, store } = deleted()
      expect(store.append('account-1', expected, bench.events('d'))).toMatchObject({ version: 3 })
      expect(readable(bench)).toEqual(['d'])
      expect(store.isReadable('account-1')).toBe(true)
    },
  )

  test('when it is deleted again, or one that never was, then nothing happens', () => {
    const { store } = deleted()
    const before = saved(store)
    store.delete('account-1', false)
    store.delete('nothing', true)
    expect(saved(store)).toEqual(before)
  })
})

describe('given a stream with a tombstone', () => {
  test.each([NO_STREAM, ANY, STREAM_EXISTS, 2])(
    'when it is written expecting %s, then that is refused for good',
    (expected) => {
      const { bench, store } = given()
      store.delete('account-1', true)
      store.delete('account-1', false)
      const result = store.append('account-1', expected, bench.events('d'))
      expect(result).toMatchObject({ ok: false, isTombstoned: true })
      expect(readable(bench)).toEqual([])
      expect(store.count).toBe(3)
      expect(store.deletion(0)).toBe('forGood')
    },
  )
})

describe('given a stream with limits', () => {
  test('when it has more events than it keeps, then the first ones are not read', () => {
    const { bench, store } = given()
    store.limit({ stream: 'account-1', maxCount: 2, maxAgeUs: null })
    expect(readable(bench)).toEqual(['b', 'c'])
    store.append('account-1', 2, bench.events('d'))
    expect(readable(bench)).toEqual(['c', 'd'])
    expect(store.version('account-1')).toBe(3)
    expect(bench.types(store.read('account-1', 9, 'backwards', ALL))).toEqual(['d', 'c'])
    store.limit({ stream: 'account-1', maxCount: null, maxAgeUs: null })
    expect(readable(bench)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('when events are older than they may be, then they are not read', () => {
    const { bench, store } = given()
    store.limit({ stream: 'account-1', maxCount: null, maxAgeUs: 100 })
    bench.sim.nowUs = 60
    store.append('account-1', ANY, bench.events('d'))
    bench.sim.nowUs = 100
    expect(readable(bench)).toEqual(['a', 'b', 'c', 'd'])
    bench.sim.nowUs = 101
    expect(readable(bench)).toEqual(['d'])
    bench.sim.nowUs = 161
    expect(readable(bench)).toEqual([])
  })

  test('when somebody subscribes to it, then history begins with what is left', () => {
    const { store, bench } = given()
    store.limit({ stream: 'account-1', maxCount: 1, maxAgeUs: null })
    const { channel, got } = bench.subscriber()
    store.subscribe({ channel, stream: 'account-1', from: 0, token: 1 }, ALL)
    expect(got).toEqual([{ message: 2, count: 1, live: true, token: 1 }])
  })
})

describe('given a stream that is read from a version on ($tb)', () => {
  test('then what stands before is not read and its versions stay, until it is read from the beginning again', () => {
    const { bench, store } = given()
    store.truncate({ stream: 'account-1', before: 2 })
    expect(readable(bench)).toEqual(['c'])
    expect(store.version('account-1')).toBe(2)
    expect(bench.types(store.readAll(0, ALL))).toEqual(['a', 'b', 'c'])
    store.truncate({ stream: 'account-1', before: 0 })
    expect(readable(bench)).toEqual(['a', 'b', 'c'])
  })

  test('when it keeps fewer events than that leaves, then the later first version counts', () => {
    const { bench, store } = given()
    store.truncate({ stream: 'account-1', before: 1 })
    store.limit({ stream: 'account-1', maxCount: 1, maxAgeUs: null })
    expect(readable(bench)).toEqual(['c'])
    store.truncate({ stream: 'account-1', before: 9 })
    expect(readable(bench)).toEqual([])
    expect(store.append('account-1', 2, bench.events('d'))).toMatchObject({ version: 3 })
  })

  test('when it is not there, or deleted, then nothing happens', () => {
    const { store } = given()
    store.delete('account-1', false)
    const before = saved(store)
    store.truncate({ stream: 'account-1', before: 0 })
    store.truncate({ stream: 'nothing', before: 1 })
    expect(saved(store)).toEqual(before)
  })
})

describe('given subscriptions to all streams with a filter', () => {
  const TYPES = '$all?type=a,b'
  const STREAMS = '$all?stream=account-'

  test('when events are written, then each subscriber gets what passes its own, in order, old and new', () => {
    const bench = new StoreBench()
    const { store } = bench
    store.follow(TYPES)
    store.follow(STREAMS)
    store.append('account-1', NO_STREAM, bench.events('a', 'c', 'b'))
    store.append('order-1', NO_STREAM, bench.events('b', 'x'))
    const seen = [TYPES, STREAMS].map((stream) => {
      const { channel, got } = bench.subscriber()
      store.subscribe({ channel, stream, from: 0, token: 1 }, 2)
      store.next(channel, ALL)
      return { stream, got }
    })
    store.append('account-2', NO_STREAM, bench.events('c', 'a'))
    const types = ({ stream, got }: (typeof seen)[number]) => {
      const count = got.reduce((sum, each) => sum + each.count, 0)
      const places = Array.from({ length: count }, (_, i) => store.positionIn(stream, i))
      expect(got.find((each) => each.count > 0)?.message).toBe(store.log.messageAt(places[0] ?? -1))
      return bench.types(places)
    }
    expect(seen.map(types)).toEqual([
      ['a', 'b', 'b', 'a'],
      ['a', 'c', 'b', 'c', 'a'],
    ])
    expect([store.endOf(TYPES), store.endOf(STREAMS)]).toEqual([4, 5])
    expect(store.source(TYPES).countBefore(4)).toBe(3)
  })

  test.each([
    ['$all?type=Deposited, With', { by: 'type', prefixes: ['Deposited', 'With'] }],
    ['$all?stream=account-', { by: 'stream', prefixes: ['account-'] }],
    ['$all?type=', null],
    ['$all?type=a,', null],
    ['$all?body=a', null],
    ['account-1', null],
  ])('when it is written %s, then it is read as %j', (written, filter) => {
    expect(readFilter(written)).toEqual(filter)
  })
})

test('given streams of two categories, when one is subscribed to, then its events come in order, old and new', () => {
  const { bench, store } = given()
  store.append('order-1', ANY, bench.events('x'))
  store.append('account-2', ANY, bench.events('d'))
  const { channel, got } = bench.subscriber()
  store.subscribe({ channel, stream: '$ce-account', from: 1, token: 1 }, 2)
  store.append('order-2', ANY, bench.events('y'))
  store.next(channel, 2)
  store.append('account-2', ANY, bench.events('e'))
  const types = got.flatMap(({ message, count }) =>
    Array.from({ length: count }, (_, i) => store.log.type(message + i)),
  )
  expect(got.map(({ message }) => message)).toEqual([1, 4, 6])
  expect(types[0]).toBe('b')
  expect(store.endOf('$ce-account')).toBe(5)
  expect(store.endOf('$ce-nothing')).toBe(0)
})

test('given all events, when they are read backwards, then the newest comes first', () => {
  const { bench, store } = given()
  expect(bench.types(store.readAll(99, 2, 'backwards'))).toEqual(['c', 'b'])
  expect(bench.types(store.readAll(0, 2, 'backwards'))).toEqual(['a'])
})

test('given personal data of two people, when the key of one is deleted, then only their fields are null and the bytes stay', () => {
  const bench = new StoreBench()
  const { messages, strings } = bench.records
  const opened = (person: string) =>
    messages.add(0, {
      template: strings.id(`{"account":"1","owner":"${person}"}`),
      ordinal: 1,
      key: strings.id('Opened'),
      props: bench.records.row({ person, personal: ['owner'] }),
      parent: -1,
      source: -1,
    })
  const { store } = bench
  store.append('a', ANY, [opened('Ann'), opened('Bob')])
  const bytes = bench.records.body(0)
  store.deleteKey('Ann')
  store.deleteKey('Ann')
  expect([store.hasKey('Ann'), store.hasKey('Bob'), store.keysDeleted]).toEqual([false, true, 1])
  expect(store.log.event(0, 1).data).toEqual({ account: '1', owner: null })
  expect(store.log.event(0, 0).data).toEqual({ account: '1', owner: 'Ann' })
  expect(store.log.event(1, 1).data).toEqual({ account: '1', owner: 'Bob' })
  expect(bench.records.body(0)).toBe(bytes)
})

test('given deletions, limits and keys, when the facts are folded anew, then the store is the same', () => {
  const { bench, store } = given()
  store.append('order-1', ANY, bench.events('x'))
  store.limit({ stream: 'order-1', maxCount: 1, maxAgeUs: 5 })
  store.truncate({ stream: 'account-1', before: 1 })
  store.delete('account-1', false)
  store.append('account-1', ANY, bench.events('d'))
  store.delete('order-1', true)
  store.append('order-1', ANY, bench.events('y'))
  store.deleteKey('Ann')
  expect(saved(bench.folded().store)).toEqual(saved(store))
})
