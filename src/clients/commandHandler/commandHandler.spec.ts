/** A command handler by itself: what it asks its store, and which answers it takes. */
import { describe, expect, test } from 'vitest'
import { ClientBench } from '../../testing/clientBench.ts'
import { CommandHandler } from './commandHandler.ts'

const MS = 1000

/** A handler that works for 10 ms, with a store that answers only when the test does. */
function given(retries = 1) {
  const bench = new ClientBench()
  const handler = new CommandHandler(bench.sim, 1, 'accounts', {
    domain: 'account',
    stream: 'account-acc1',
    service: { kind: 'fixed', ms: 10 },
    retries,
  })
  const asked: number[] = []
  handler.connect({ log: bench.store.log, ask: (request) => asked.push(request), hangUp() {} })
  const send = (type: string, account = 'acc1') => {
    handler.receive(bench.message(JSON.stringify({ type, account })))
    bench.sim.runUntil(bench.sim.nowUs)
  }
  const stream = (request: number) =>
    bench.records.strings.text(handler.requests.get(request).stream)
  return { ...bench, bench, handler, asked, send, stream }
}

describe('given a command on which the handler works', () => {
  test('when a second one comes, then it waits until the first is done', () => {
    const { bench, handler, asked, send, stream } = given()
    send('CreateAccount')
    send('CreateAccount', 'acc2')
    expect(asked).toEqual([0])
    handler.answer(0, 'loaded', -1)
    bench.sim.runUntil(10 * MS)
    expect(asked).toEqual([0, 1])
    handler.answer(1, 'appended', 0)
    bench.sim.runUntil(10 * MS)
    expect(asked.map(stream)).toEqual(['account-acc1', 'account-acc1', 'account-acc2'])
    expect(handler.accepted).toBe(1)
  })

  test('when an append conflicts, then it loads again as often as it may and then rejects', () => {
    const { bench, handler, asked, send } = given(1)
    send('CreateAccount')
    for (const request of [0, 2]) {
      handler.answer(request, 'loaded', -1)
      bench.sim.runUntil(bench.sim.nowUs + 10 * MS)
      handler.answer(request + 1, 'conflict', 0)
      bench.sim.runUntil(bench.sim.nowUs)
    }
    expect(asked).toEqual([0, 1, 2, 3])
    expect(handler.conflicts).toBe(2)
    expect(handler.rejection(0).reason).toBe('Another writer was faster, and no retry is left.')
    expect(handler.phase).toBe('idle')
  })

  test('when an append expects a version, then it is the one that was loaded', () => {
    const { bench, handler, send } = given()
    send('CreateAccount')
    handler.answer(0, 'loaded', -1)
    bench.sim.runUntil(10 * MS)
    expect(handler.requests.get(1)).toMatchObject({ kind: 'append', expected: -1, eventCount: 1 })
  })

  test('when its stream is set to another one meanwhile, then it appends to the one that it loaded', () => {
    const { bench, handler, stream } = given()
    handler.receive(bench.message('{"type":"CreateAccount"}'))
    bench.sim.runUntil(0)
    handler.answer(0, 'loaded', -1)
    handler.set('stream', 'account-acc9')
    bench.sim.runUntil(10 * MS)
    expect(stream(1)).toBe('account-acc1')
    expect(bench.records.body(handler.requests.get(1).firstEvent)).toBe('{"id":"acc1","balance":0}')
  })

  test('when an answer comes twice, or one that was not asked for, then it is ignored', () => {
    const { bench, handler, send } = given()
    send('CreateAccount')
    handler.answer(0, 'appended', 0)
    expect(handler.phase).toBe('loading')
    handler.answer(0, 'loaded', -1)
    handler.answer(0, 'loaded', 5)
    bench.sim.runUntil(10 * MS)
    expect(handler.phase).toBe('appending')
    expect(handler.requests.get(1).expected).toBe(-1)
  })
})

describe('given a handler that crashed and started again', () => {
  test('when an answer to its life before comes, then it is ignored', () => {
    const { handler, asked, send, stream } = given()
    send('CreateAccount')
    handler.crash()
    handler.restart()
    send('CreateAccount', 'acc2')
    handler.answer(0, 'loaded', 7)
    expect(handler.phase).toBe('loading')
    expect(stream(asked.at(-1) ?? -1)).toBe('account-acc2')
  })

  test('when the work of its life before would have ended, then nothing ends', () => {
    const { bench, handler, asked, send } = given()
    send('CreateAccount')
    handler.answer(0, 'loaded', -1)
    bench.sim.runUntil(5 * MS)
    bench.sim.nowUs = 5 * MS
    handler.crash()
    handler.restart()
    send('CreateAccount')
    handler.answer(1, 'loaded', -1)
    bench.sim.runUntil(14 * MS)
    expect(asked).toEqual([0, 1])
    bench.sim.runUntil(15 * MS)
    expect(asked).toEqual([0, 1, 2])
  })

  test('when the link works again, then it asks only if an answer is missing, and with the same request', () => {
    const { handler, asked, send } = given()
    handler.reconnected()
    expect(asked).toEqual([])
    send('CreateAccount')
    handler.reconnected()
    expect(asked).toEqual([0, 0])
    handler.crash()
    handler.reconnected()
    expect(asked).toEqual([0, 0])
  })
})
