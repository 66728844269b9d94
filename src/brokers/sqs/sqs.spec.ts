/** What a queue of the SQS family does, rule by rule. Times are milliseconds. */
import { describe, expect, test } from 'vitest'
import { SqsBench } from '../../testing/sqsBench.ts'

const S = 1000
const fifo = { fifo: true, contentDeduplication: true, visibilityUs: 30_000_000 } as const

function standard(options = {}) {
  return new SqsBench({ orders: { visibilityUs: 30_000_000, ...options } })
}

describe('given a standard queue with a message', () => {
  test('when it is received, then it is in flight and nobody else gets it', () => {
    const bench = standard()
    bench.send('a')
    expect(bench.receive('one')?.bodies).toEqual(['a'])
    expect(bench.receive('two')?.bodies).toEqual([])
    expect(bench.counts()).toEqual([0, 0, 1])
  })

  test('when it is deleted in time, then it never comes again', () => {
    const bench = standard()
    bench.send('a')
    bench.delete(bench.handle())
    bench.pass(60 * S)
    expect(bench.receive()?.bodies).toEqual([])
    expect(bench.counts()).toEqual([0, 0, 0])
  })

  test('when the visibility timeout passes, then it is received again with a count of two', () => {
    const bench = standard()
    bench.send('a')
    bench.handle('one')
    bench.pass(29.999 * S)
    expect(bench.counts()).toEqual([0, 0, 1])
    bench.pass(0.001 * S)
    const again = bench.receive('two')
    expect(again?.bodies).toEqual(['a'])
    expect(again?.counts).toEqual([2])
  })

  test('when the old handle deletes after a second receive, then it succeeds and deletes nothing', () => {
    const bench = standard()
    bench.send('a')
    const old = bench.handle('one')
    bench.pass(30 * S)
    const latest = bench.handle('two')
    bench.delete(old)
    expect(bench.counts()).toEqual([0, 0, 1])
    expect(bench.facts().at(-1)).toBe('deleteIgnored')
    bench.delete(latest)
    expect(bench.counts()).toEqual([0, 0, 0])
  })

  test('when its timeout is over and nobody received it since, then its handle still deletes it', () => {
    const bench = standard()
    bench.send('a')
    const handle = bench.handle()
    bench.pass(31 * S)
    bench.delete(handle)
    expect(bench.counts()).toEqual([0, 0, 0])
  })

  test('when its visibility is extended, then it stays hidden from that moment on for so long', () => {
    const bench = standard()
    bench.send('a')
    const handle = bench.handle()
    bench.pass(20 * S)
    bench.broker.changeVisibility(bench.queue(), handle, 30_000_000)
    bench.pass(29 * S)
    expect(bench.counts()).toEqual([0, 0, 1])
    bench.pass(1 * S)
    expect(bench.counts()).toEqual([1, 0, 0])
  })

  test('when its visibility becomes 0, then it is available at once', () => {
    const bench = standard()
    bench.send('a')
    bench.broker.changeVisibility(bench.queue(), bench.handle(), 0)
    expect(bench.counts()).toEqual([1, 0, 0])
  })

  test('when the visibility of a message that is not in flight changes, then that is refused', () => {
    const bench = standard()
    bench.send('a')
    const handle = bench.handle()
    bench.pass(30 * S)
    bench.broker.changeVisibility(bench.queue(), handle, 5_000_000)
    expect(bench.facts().at(-1)).toBe('notInFlight')
    expect(bench.counts()).toEqual([1, 0, 0])
  })
})

describe('given an empty queue', () => {
  test('when it is asked without waiting, then the answer is empty at once', () => {
    const bench = standard()
    expect(bench.receive()?.bodies).toEqual([])
  })

  test('when it is asked with a wait time, then the first message answers, to who waits longest', () => {
    const bench = standard()
    expect(bench.receive('one', { waitUs: 20_000_000 })).toBeNull()
    expect(bench.receive('two', { waitUs: 20_000_000 })).toBeNull()
    bench.pass(5 * S)
    bench.send('a')
    expect(bench.answers.map(({ by, bodies }) => [by, bodies])).toEqual([['one', ['a']]])
    bench.pass(15 * S)
    expect(bench.answers.map(({ by, bodies }) => [by, bodies])).toEqual([
      ['one', ['a']],
      ['two', []],
    ])
  })

  test('when who waits hangs up, then a message stays available', () => {
    const bench = standard()
    bench.receive('one', { waitUs: 20_000_000 })
    bench.hangUp('one')
    bench.send('a')
    expect(bench.counts()).toEqual([1, 0, 0])
    bench.pass(30 * S)
    expect(bench.answers).toEqual([])
  })
})

describe('given messages and a receive of several', () => {
  test('when it asks for up to ten, then it gets what is there, and never more than ten', () => {
    const bench = standard()
    for (let i = 1; i <= 12; i++) bench.send(`m${i}`)
    expect(bench.receive('one', { max: 20 })?.bodies).toHaveLength(10)
    expect(bench.receive('one', { max: 10 })?.bodies).toEqual(['m11', 'm12'])
  })
})

describe('given delays', () => {
  test('when the queue has a delay, then each message is received only after it', () => {
    const bench = standard({ delayUs: 10_000_000 })
    bench.send('a')
    expect(bench.counts()).toEqual([0, 1, 0])
    bench.pass(9.999 * S)
    expect(bench.receive()?.bodies).toEqual([])
    bench.pass(0.001 * S)
    expect(bench.receive()?.bodies).toEqual(['a'])
  })

  test('when a message has its own delay, then that counts, and a later one may come before it', () => {
    const bench = standard()
    bench.send('slow', { delayMs: 5 * S })
    bench.send('fast')
    expect(bench.receive()?.bodies).toEqual(['fast'])
    bench.pass(5 * S)
    expect(bench.receive()?.bodies).toEqual(['slow'])
  })

  test('when a message of a FIFO queue asks for a delay, then only the queue decides', () => {
    const bench = new SqsBench({ orders: fifo })
    bench.send('a', { group: 'g', delayMs: 5 * S })
    expect(bench.receive()?.bodies).toEqual(['a'])
  })
})

describe('given a dead-letter queue after two receives', () => {
  const bench = () =>
    new SqsBench({
      orders: { visibilityUs: 10_000_000, redrive: { to: 'dead', maxReceiveCount: 2 } },
      dead: {},
    })

  test('when a message was received twice and not deleted, then the third receive moves it', () => {
    const run = bench()
    run.send('poison')
    run.handle()
    run.pass(10 * S)
    run.handle()
    run.pass(10 * S)
    expect(run.counts()).toEqual([1, 0, 0])
    expect(run.receive()?.bodies).toEqual([])
    expect(run.counts()).toEqual([0, 0, 0])
    expect(run.receive('operator', { queue: 'dead' })?.counts).toEqual([1])
  })

  test('when another message is behind it, then the same receive answers with that', () => {
    const run = bench()
    run.send('poison')
    run.handle()
    run.pass(10 * S)
    run.handle()
    run.pass(10 * S)
    run.send('good')
    expect(run.receive()?.bodies).toEqual(['good'])
    expect(run.counts('dead')).toEqual([1, 0, 0])
  })

  test('when the dead-letter queue keeps messages for a minute, then that counts from the first send', () => {
    const run = new SqsBench({
      orders: { visibilityUs: 30_000_000, redrive: { to: 'dead', maxReceiveCount: 1 } },
      dead: { retentionUs: 60_000_000 },
    })
    run.send('poison')
    run.handle()
    run.pass(40 * S)
    run.receive()
    expect(run.counts('dead')).toEqual([1, 0, 0])
    run.pass(20 * S)
    expect(run.counts('dead')).toEqual([0, 0, 0])
  })
})

describe('given a queue that keeps messages for a minute', () => {
  test.each([
    ['available', (bench: SqsBench) => bench.send('a'), [0, 0, 0]],
    [
      'in flight',
      (bench: SqsBench) => {
        bench.send('a')
        bench.handle('one', { visibilityUs: 600_000_000 })
      },
      [0, 0, 0],
    ],
    ['delayed', (bench: SqsBench) => bench.send('a', { delayMs: 100 * S }), [0, 0, 0]],
  ])('when a message was %s for so long, then it is gone', (_how, put, left) => {
    const bench = standard({ retentionUs: 60_000_000 })
    put(bench)
    bench.pass(59.999 * S)
    expect(bench.counts().reduce((sum, n) => sum + n)).toBe(1)
    bench.pass(0.001 * S)
    expect(bench.counts()).toEqual(left)
    bench.pass(600 * S)
    expect(bench.counts()).toEqual(left)
    expect(bench.facts()).toContain('retentionOver')
  })
})

describe('given a FIFO queue', () => {
  test('when a message of a group is in flight, then the rest of the group waits and other groups do not', () => {
    const bench = new SqsBench({ orders: fifo })
    bench.send('a1', { group: 'a' })
    bench.send('a2', { group: 'a' })
    bench.send('b1', { group: 'b' })
    const first = bench.handle('one')
    expect(bench.receive('two')?.bodies).toEqual(['b1'])
    expect(bench.receive('three')?.bodies).toEqual([])
    bench.delete(first)
    expect(bench.receive('three')?.bodies).toEqual(['a2'])
  })

  test('when a receive takes several, then as many of one group as there are, in order', () => {
    const bench = new SqsBench({ orders: fifo })
    for (const body of ['a1', 'b1', 'a2', 'b2', 'a3']) bench.send(body, { group: body[0] ?? '' })
    expect(bench.receive('one', { max: 4 })?.bodies).toEqual(['a1', 'a2', 'a3', 'b1'])
    expect(bench.receive('two', { max: 4 })?.bodies).toEqual([])
  })

  test('when the first of a group times out, then it comes before the second', () => {
    const bench = new SqsBench({ orders: fifo })
    bench.send('a1', { group: 'a' })
    bench.send('a2', { group: 'a' })
    bench.handle('one')
    bench.pass(30 * S)
    expect(bench.receive('two', { max: 10 })?.bodies).toEqual(['a1', 'a2'])
  })

  test('when who waits for a locked group, then a deletion answers', () => {
    const bench = new SqsBench({ orders: fifo })
    bench.send('a1', { group: 'a' })
    bench.send('a2', { group: 'a' })
    const first = bench.handle('one')
    expect(bench.receive('two', { waitUs: 20_000_000 })).toBeNull()
    bench.delete(first)
    expect(bench.answers.at(-1)).toMatchObject({ by: 'two', bodies: ['a2'] })
  })

  test('when the handle of a message has expired, then a request to delete it is refused', () => {
    const bench = new SqsBench({ orders: fifo })
    bench.send('a1', { group: 'a' })
    const handle = bench.handle()
    bench.pass(30 * S)
    bench.delete(handle)
    expect(bench.facts().at(-1)).toBe('handleExpired')
    expect(bench.counts()).toEqual([1, 0, 0])
  })

  test('when a message has no group, then it is refused', () => {
    const bench = new SqsBench({ orders: fifo })
    expect(bench.send('a')).toBe(false)
    expect(bench.facts()).toEqual(['sendRefused'])
  })

  test('when there is neither a deduplication id nor one by content, then it is refused', () => {
    const bench = new SqsBench({ orders: { fifo: true } })
    expect(bench.send('a', { group: 'g' })).toBe(false)
    expect(bench.send('a', { group: 'g', dedup: '1' })).toBe(true)
  })

  test('when the same id is sent within five minutes, then it is accepted and not stored, even if deleted by then', () => {
    const bench = new SqsBench({ orders: fifo })
    bench.send('a', { group: 'g', dedup: '1' })
    bench.delete(bench.handle())
    bench.pass(299.999 * S)
    expect(bench.send('another body', { group: 'h', dedup: '1' })).toBe(false)
    bench.pass(0.001 * S)
    expect(bench.send('a', { group: 'g', dedup: '1' })).toBe(true)
  })

  test('when the queue takes the body for the id, then the same body is stored once', () => {
    const bench = new SqsBench({ orders: fifo })
    expect(bench.send('a', { group: 'g' })).toBe(true)
    expect(bench.send('a', { group: 'h' })).toBe(false)
    expect(bench.send('a', { group: 'h', dedup: 'own' })).toBe(true)
  })
})

describe('given a standard queue that shows what it does not promise', () => {
  test('when every deletion misses a copy, then a deleted message comes again', () => {
    const bench = standard({ duplicateRate: 1 })
    bench.send('a')
    bench.delete(bench.handle())
    expect(bench.receive()?.counts).toEqual([2])
    expect(bench.queue().duplicateCount).toBe(1)
  })

  test('when every receive passes messages over, then all come, in another order', () => {
    const bench = standard({ disorderRate: 1 })
    for (let i = 1; i <= 9; i++) bench.send(`m${i}`)
    const got = Array.from({ length: 9 }, () => bench.receive()?.bodies[0])
    const sent = Array.from({ length: 9 }, (_, i) => `m${i + 1}`)
    expect(got).not.toEqual(sent)
    expect(new Set(got)).toEqual(new Set(sent))
  })
})

describe('given messages available, delayed and in flight', () => {
  test('when the queue is purged, then all of them are gone, and late timers change nothing', () => {
    const bench = standard()
    bench.send('a')
    bench.handle()
    bench.send('b')
    bench.send('c', { delayMs: 5 * S })
    expect(bench.broker.purge(bench.queue())).toBe(3)
    bench.pass(60 * S)
    expect(bench.counts()).toEqual([0, 0, 0])
  })
})
