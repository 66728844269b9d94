/** Topics, partitions, offsets, and where records go. */
import { describe, expect, test } from 'vitest'
import { LogRun } from '../../testing/logRun.ts'
import { LogError } from './errors.ts'
import { LOG_FACTS } from './facts.ts'
import { partitionOfKey } from './partitioner.ts'

function withTopic(partitions: number, options = {}): LogRun {
  const run = new LogRun(options)
  run.broker.createTopic('notifications', partitions)
  return run
}

describe('given a topic with one partition', () => {
  test('when records are appended, then their offsets are 0, 1, 2 in the order of arrival', () => {
    const run = withTopic(1)
    expect([run.append('a'), run.append(null), run.append('b')]).toEqual([
      'notifications/0@0',
      'notifications/0@1',
      'notifications/0@2',
    ])
    expect(run.partition(0)).toMatchObject({ start: 0, end: 3 })
  })

  test('when records are deleted up to an offset, then the start moves on and offsets stay', () => {
    const run = withTopic(1)
    for (let i = 0; i < 5; i++) run.append(null)
    const third = run.partition(0).messageAt(3)
    run.broker.deleteRecords(run.partition(0), 3)
    expect(run.partition(0)).toMatchObject({ start: 3, end: 5 })
    expect(run.partition(0).messageAt(3)).toBe(third)
    run.broker.deleteRecords(run.partition(0), 1)
    expect(run.partition(0).start).toBe(3)
    run.broker.deleteRecords(run.partition(0), 99)
    expect(run.partition(0).start).toBe(5)
  })

  test('when it is created again, then that is refused', () => {
    const run = withTopic(1)
    expect(() => run.broker.createTopic('notifications', 2)).toThrow(LogError)
    expect(() => run.broker.createTopic('empty', 0)).toThrow('at least one partition')
  })
})

describe('given a topic with three partitions', () => {
  test('when records have a key, then those of one key share a partition: murmur2 of the key', () => {
    const run = withTopic(3)
    expect(run.append('order')).toBe('notifications/2@0')
    expect(run.append('customer')).toBe('notifications/0@0')
    expect(run.append('order')).toBe('notifications/2@1')
  })

  test('when a partition is named, then the key does not count', () => {
    const run = withTopic(3)
    expect(run.append('order', { partition: 1 })).toBe('notifications/1@0')
    expect(() => run.append('order', { partition: 3 })).toThrow('no partition 3')
  })

  test('when a topic with another number of partitions gets the same key, then it may lie elsewhere', () => {
    const run = withTopic(3)
    run.broker.createTopic('wider', 12)
    run.append('order')
    expect(run.append('order', { topic: 'wider' })).toBe('wider/8@0')
  })
})

describe('given records without a key', () => {
  const partitionsOf = (places: string[]) => places.map((place) => place.split(/[/@]/)[1])

  test('when they come at one moment, then a whole batch goes to one partition and the next to another', () => {
    const run = withTopic(3, { batchRecords: 4 })
    const places = partitionsOf(Array.from({ length: 12 }, () => run.append(null)))
    const batches = [places.slice(0, 4), places.slice(4, 8), places.slice(8)]
    for (const batch of batches) expect(new Set(batch).size).toBe(1)
    expect(batches[1]?.[0]).not.toBe(batches[0]?.[0])
    expect(batches[2]?.[0]).not.toBe(batches[1]?.[0])
  })

  test('when one comes after the linger time, then it opens a new batch elsewhere', () => {
    const run = withTopic(3, { lingerUs: 10_000 })
    const first = run.append(null)
    run.runMs(10)
    const second = run.append(null)
    run.runMs(1)
    const third = run.append(null)
    const [a, b, c] = partitionsOf([first, second, third])
    expect(b).toBe(a)
    expect(c).not.toBe(b)
  })

  test('when two producers send, then each sticks to its own batch', () => {
    const run = withTopic(3, { batchRecords: 2 })
    const alone = withTopic(3, { batchRecords: 2 })
    const both = [1, 2, 1, 2, 1, 2].map((maker) => run.append(null, { maker }))
    const one = [1, 1, 1].map((maker) => alone.append(null, { maker }))
    expect(partitionsOf(both.filter((_, i) => i % 2 === 0))).toEqual(partitionsOf(one))
  })

  test('when many are sent, then every partition gets its share', () => {
    const run = withTopic(4, { batchRecords: 5 })
    for (let i = 0; i < 4000; i++) run.append(null)
    for (const { end } of run.topic().partitions) {
      expect(end).toBeGreaterThan(800)
      expect(end).toBeLessThan(1200)
    }
  })

  test('when the run is repeated with the same seed, then they go to the same places', () => {
    const [a, b] = [withTopic(5, { batchRecords: 1 }), withTopic(5, { batchRecords: 1 })]
    const places = (run: LogRun) => Array.from({ length: 50 }, () => run.append(null))
    expect(places(a)).toEqual(places(b))
  })
})

describe('given facts of appends', () => {
  test('when they are folded, then the broker is the same again', () => {
    const run = withTopic(3, { batchRecords: 2 })
    for (const key of ['a', null, 'b', null, null, null]) run.append(key)
    expect(run.facts(LOG_FACTS.appended)).toHaveLength(6)
    expect(run.foldedArchive()).toEqual(run.archive())
    expect(run.restoredArchive()).toEqual(run.archive())
  })
})

describe('given a topic with keys in two partitions', () => {
  test('when it gets two more, then records stay, keys move by murmur2, and its groups join again', () => {
    const run = new LogRun()
    const topic = run.broker.createTopic('orders', 2)
    const keys = ['a', 'b', 'c', 'd', 'e', 'f']
    for (const key of keys) run.append(key, { topic: 'orders' })
    const ends = topic.partitions.map(({ end }) => end)
    run.broker.addPartitions(topic, 2)
    expect(topic.partitions.map(({ end }) => end)).toEqual([...ends, 0, 0])
    for (const key of keys) run.append(key, { topic: 'orders' })
    const expected = [...ends, 0, 0]
    for (const key of keys)
      expected[partitionOfKey(key, 4)] = (expected[partitionOfKey(key, 4)] ?? 0) + 1
    expect(topic.partitions.map(({ end }) => end)).toEqual(expected)
  })
})
