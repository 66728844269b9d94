/** A relay by itself: when it polls, publishes and saves. */
import { describe, expect, test } from 'vitest'
import { ClientBench } from '../../testing/clientBench.ts'
import type { CrashPoint } from '../client.ts'
import { Relay } from './relay.ts'

const MS = 1000

/** A relay that polls every 100 ms for at most 2 events and saves in 20 ms. */
function given() {
  const bench = new ClientBench()
  const events = bench.article()
  const relay = new Relay(bench.sim, 1, { pollMs: 100, batch: 2, body: '{type}', saveMs: 20 })
  const polled: number[] = []
  const sent: string[] = []
  relay.connect({ log: bench.store.log, poll: (from) => polled.push(from), hangUp() {} })
  relay.outlets = [{ pipe: 2, send: (message) => sent.push(bench.records.body(message)) }]
  relay.start()
  bench.sim.runUntil(0)
  return { bench, relay, events, polled, sent }
}

describe('given a relay that polls', () => {
  test('when there is nothing, then it polls again after its interval', () => {
    const { bench, relay, polled } = given()
    relay.answer(-1, 0, 0)
    bench.sim.runUntil(99 * MS)
    expect(polled).toEqual([0])
    bench.sim.runUntil(100 * MS)
    expect(polled).toEqual([0, 0])
  })

  test('when a full batch comes, then it is published, saved later, and the next is polled at once', () => {
    const { bench, relay, events, polled, sent } = given()
    relay.answer(events[0], 0, 2)
    bench.sim.runUntil(19 * MS)
    expect(sent).toEqual(['AccountCreated', 'Deposited'])
    expect(relay.position).toBe(0)
    bench.sim.runUntil(20 * MS)
    expect(relay.position).toBe(2)
    expect(polled).toEqual([0, 2])
  })

  test('when fewer events come, then it saves and waits for its interval', () => {
    const { bench, relay, events, polled } = given()
    relay.answer(events[0], 0, 1)
    bench.sim.runUntil(119 * MS)
    expect(polled).toEqual([0])
    bench.sim.runUntil(120 * MS)
    expect(polled).toEqual([0, 1])
  })

  test('when the same answer comes twice, then it counts once', () => {
    const { bench, relay, events, sent } = given()
    relay.answer(events[0], 0, 1)
    relay.answer(events[0], 0, 1)
    bench.sim.runUntil(20 * MS)
    expect(sent).toEqual(['AccountCreated'])
  })

  test('when the link works again, then it polls once more only if its poll is unanswered', () => {
    const { bench, relay, polled } = given()
    relay.reconnected()
    expect(polled).toEqual([0, 0])
    relay.answer(-1, 0, 0)
    relay.reconnected()
    bench.sim.runUntil(99 * MS)
    expect(polled).toEqual([0, 0])
  })
})

describe('given a relay that is made to die at one of its points', () => {
  test.each<[CrashPoint, string[], number]>([
    ['beforePublish', [], 0],
    ['midBatch', ['AccountCreated'], 0],
    ['beforeMark', ['AccountCreated', 'Deposited'], 0],
    ['afterMark', ['AccountCreated', 'Deposited'], 2],
  ])(
    'when it is %s, then so much is published, and so much is saved',
    (point, published, saved) => {
      const { bench, relay, events, sent } = given()
      relay.armCrash(point)
      relay.answer(events[0], 0, 2)
      bench.sim.runUntil(50 * MS)
      expect([sent, relay.position, relay.isCrashed]).toEqual([published, saved, true])
    },
  )
})

describe('given a relay that crashed after publishing', () => {
  test('when it starts again, then it polls from its saved position and never saves the old one', () => {
    const { bench, relay, events, polled } = given()
    relay.answer(events[0], 0, 2)
    bench.sim.runUntil(10 * MS)
    bench.sim.nowUs = 10 * MS
    relay.crash()
    relay.restart()
    bench.sim.runUntil(500 * MS)
    expect(relay.position).toBe(0)
    expect(polled).toEqual([0, 0])
  })

  test('when an answer for another position comes, then it is ignored', () => {
    const { relay, events } = given()
    relay.answer(events[1], 1, 1)
    expect(relay.phase).toBe('polling')
  })
})
