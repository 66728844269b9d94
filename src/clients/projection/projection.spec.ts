/** A projection by itself: what it asks its store, and which events it takes. */
import { describe, expect, test } from 'vitest'
import { ClientBench } from '../../testing/clientBench.ts'
import { Projection } from './projection.ts'

const MS = 1000

/** A projection that works for 10 ms an event, on a store with three events that sends nothing by itself. */
function given() {
  const bench = new ClientBench()
  const [created, deposited, withdrawn] = bench.article()
  const projection = new Projection(bench.sim, 1, 'balance', {
    view: 'balance',
    service: { kind: 'fixed', ms: 10 },
  })
  const asked: string[] = []
  projection.connect({
    log: bench.store.log,
    subscribe: (from, token) => asked.push(`subscribe ${from} as ${token}`),
    next: () => asked.push('next'),
    hangUp: () => asked.push('hang up'),
  })
  projection.start()
  return { bench, projection, asked, created, deposited, withdrawn }
}

describe('given events that come faster than they are worked', () => {
  test('when a page and a push come, then they are worked one by one and the page is followed by the next', () => {
    const { bench, projection, asked, created } = given()
    projection.deliver({ message: created, count: 2, live: false, token: 1 })
    expect([projection.known, projection.position]).toEqual([2, 0])
    bench.sim.runUntil(19 * MS)
    expect(projection.position).toBe(1)
    expect(projection.rows(9)).toEqual([{ account: 'acc1', balance: 0 }])
    bench.sim.runUntil(20 * MS)
    expect(projection.position).toBe(2)
    expect(asked).toEqual(['subscribe 0 as 1', 'next'])
  })

  test('when it is live, then it asks for nothing', () => {
    const { bench, projection, asked, created, deposited } = given()
    projection.deliver({ message: created, count: 1, live: true, token: 1 })
    projection.deliver({ message: deposited, count: 1, live: true, token: 1 })
    bench.sim.runUntil(50 * MS)
    expect(projection.rows(9)).toEqual([{ account: 'acc1', balance: 100 }])
    expect(asked).toEqual(['subscribe 0 as 1'])
  })

  test('when the link breaks and works again during the work, then it subscribes anew and asks for no page besides', () => {
    const { bench, projection, asked, created } = given()
    projection.deliver({ message: created, count: 1, live: false, token: 1 })
    projection.reconnected()
    bench.sim.runUntil(20 * MS)
    expect(asked).toEqual(['subscribe 0 as 1', 'subscribe 1 as 2'])
  })

  test('when its view is set to another one, then the rows are those of the new view', () => {
    const { bench, projection, created } = given()
    projection.deliver({ message: created, count: 3, live: true, token: 1 })
    bench.sim.runUntil(30 * MS)
    expect(projection.rows(9)).toEqual([{ account: 'acc1', balance: 50 }])
    projection.set('view', 'counts')
    expect(projection.rows(9)).toHaveLength(3)
    projection.set('view', 'statement')
    expect(projection.rows(9).at(-1)).toMatchObject({ event: 'Withdrawn', balance: 50 })
  })

  test('when an event is skipped, then it is our bug', () => {
    const { projection, deposited } = given()
    const skipping = { message: deposited, count: 1, live: true, token: 1 }
    expect(() => projection.deliver(skipping)).toThrow('is next at 0')
  })
})

test('given an event at work, when the table is folded anew in place, then the work of before ends nothing', () => {
  const { bench, projection, created } = given()
  projection.deliver({ message: created, count: 3, live: true, token: 1 })
  bench.sim.runUntil(5 * MS)
  bench.sim.nowUs = 5 * MS
  projection.rebuild({ how: 'inPlace' })
  bench.sim.runUntil(14 * MS)
  expect([projection.position, projection.rows(9)]).toEqual([0, []])
  bench.sim.runUntil(15 * MS)
  expect([projection.position, projection.rows(9)]).toEqual([1, [{ account: 'acc1', balance: 0 }]])
})

describe('given a projection that crashed at work and started again', () => {
  function restarted() {
    const all = given()
    const { bench, projection, created } = all
    projection.deliver({ message: created, count: 3, live: true, token: 1 })
    bench.sim.runUntil(15 * MS)
    bench.sim.nowUs = 15 * MS
    projection.crash()
    projection.restart()
    return all
  }

  test('then it subscribes from its position, with a new token', () => {
    expect(restarted().asked).toEqual(['subscribe 0 as 1', 'hang up', 'subscribe 1 as 2'])
  })

  test('when events of the old subscription come, then they are ignored', () => {
    const { projection, deposited } = restarted()
    projection.deliver({ message: deposited, count: 1, live: true, token: 1 })
    expect(projection.known).toBe(1)
    expect(projection.isLive).toBe(false)
  })

  test('when the work of its life before would have ended, then nothing ends', () => {
    const { bench, projection, deposited } = restarted()
    projection.deliver({ message: deposited, count: 2, live: true, token: 2 })
    bench.sim.runUntil(24 * MS)
    expect(projection.position).toBe(1)
    bench.sim.runUntil(25 * MS)
    expect(projection.position).toBe(2)
  })
})
