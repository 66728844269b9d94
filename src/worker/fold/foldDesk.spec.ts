/** Logs come in and go out without loss, and what is asked about them is what a plain fold says. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FoldDesk } from './foldDesk.ts'
import type { LoggedEvent } from './folding.ts'
import type { FoldQuestion, FoldQuestions } from './protocol.ts'
import { readLog } from './readLog.ts'
import { writeLog } from './writeLog.ts'

const SUM = `
const initialState = () => ({ balance: 0 })
function evolve(state, { type, data }) {
  if (type === 'Deposited') return { balance: state.balance + data.amount }
  if (type === 'Withdrawn') return { balance: state.balance - data.amount }
  return state
}
const projections = {
  counts: { evolve(rows, { type }) { rows[type] = (rows[type] || 0) + 1 } },
}`

/** Deposits above 0 and withdrawals below it, each in one of two streams. */
const movements = fc.array(
  fc.record({ stream: fc.constantFrom('a', 'b'), amount: fc.integer({ min: -3, max: 3 }) }),
  { minLength: 1, maxLength: 700, size: 'max' },
)

function logOf(moves: readonly { stream: string; amount: number }[]): LoggedEvent[] {
  const lines = moves.map(({ stream, amount }) => {
    const type = amount < 0 ? 'Withdrawn' : 'Deposited'
    return JSON.stringify({ stream, type, data: { amount: Math.abs(amount) } })
  })
  const read = readLog(lines.join('\n'))
  if (!read.ok) throw new Error(read.sentence)
  return read.events
}

class Desk {
  private readonly desk = new FoldDesk()

  async ask<N extends FoldQuestion>(name: N, ask: FoldQuestions[N]['ask']) {
    return (await this.desk.answer(name, ask)) as FoldQuestions[N]['answer']
  }
}

async function deskWith(events: LoggedEvent[], source: string | null = SUM): Promise<Desk> {
  const desk = new Desk()
  await desk.ask('feed', { from: 0, events, writers: [] })
  const answer = await desk.ask('program', { log: 'run', source })
  expect(answer.ok).toBe(true)
  return desk
}

describe('given any log and a fold of one’s own', () => {
  test('then the state, the tables and the questions are those of a plain fold', async () => {
    await fc.assert(
      fc.asyncProperty(movements, fc.nat(), fc.nat(), async (moves, at, other) => {
        const desk = await deskWith(logOf(moves))
        for (const count of [at, other, 0, moves.length].map((n) => n % (moves.length + 1))) {
          const before = moves.slice(0, count).filter(({ stream }) => stream === 'a')
          const balance = before.reduce((sum, { amount }) => sum + amount, 0)
          const state = await desk.ask('state', { log: 'run', stream: 'a', count })
          expect(JSON.parse(state)).toEqual({ balance })
          const [table] = await desk.ask('tables', { log: 'run', count })
          const rows = table?.rows as Record<string, number>
          expect((rows.Deposited ?? 0) + (rows.Withdrawn ?? 0)).toBe(count)
          const ask = { log: 'run' as const, stream: 'a', path: ['balance'], count }
          const changes = await desk.ask('changes', ask)
          expect(changes.total).toBe(before.filter(({ amount }) => amount !== 0).length)
        }
        const firsts = firstNegative(moves)
        const found = await desk.ask('find', {
          ...{ log: 'run', stream: 'a', path: ['balance'], comparison: '<', value: 0 },
          ...{ from: 0, which: 'first' },
        })
        expect(found?.position ?? -1).toBe(firsts)
      }),
      { numRuns: 12 },
    )
  })

  test('then the events of a card follow one another, each with the state before and after it', async () => {
    await fc.assert(
      fc.asyncProperty(movements, async (moves) => {
        const desk = await deskWith(logOf(moves))
        const cards = await desk.ask('cards', { log: 'run', stream: 'b', from: 0, to: 999 })
        let balance = 0
        for (const { before, after, data, type } of cards) {
          expect(JSON.parse(before)).toEqual({ balance })
          const { amount } = data as { amount: number }
          balance += type === 'Withdrawn' ? -amount : amount
          expect(JSON.parse(after)).toEqual({ balance })
        }
      }),
      { numRuns: 8 },
    )
  })
})

function firstNegative(moves: readonly { stream: string; amount: number }[]): number {
  let balance = 0
  return moves.findIndex(({ stream, amount }) => {
    if (stream !== 'a') return false
    balance += amount
    return balance < 0
  })
}

describe('given a fold that was good', () => {
  const events = logOf([{ stream: 'a', amount: 5 }])
  const balance = (desk: Desk) => desk.ask('state', { log: 'run', stream: 'a', count: 1 })

  test.each([
    ['cannot be read', 'function evolve(', /SyntaxError/],
    ['fails at an event', 'const initialState = {}; function evolve() { null.x }', /TypeError/],
    ['never ends', 'const initialState = {}; function evolve() { for (;;); }', /too many steps/],
    [
      'remembers what is not in the state',
      'let n = 0; const initialState = 0; const evolve = () => ++n',
      /another state the second time/,
    ],
  ])('when a new version %s, then the last good one stays', async (_how, source, sentence) => {
    const desk = await deskWith(events)
    const answer = await desk.ask('program', { log: 'run', source })
    expect(answer).toMatchObject({ ok: false, sentence: expect.stringMatching(sentence) })
    expect(await balance(desk)).toBe('{"balance":5}')
  })

  test('when the run goes on, then what is new is folded with it', async () => {
    const desk = await deskWith(events)
    const [, more] = logOf([
      { stream: 'a', amount: 5 },
      { stream: 'a', amount: 7 },
    ])
    await desk.ask('feed', { from: 1, events: [more as LoggedEvent], writers: [] })
    expect(await desk.ask('state', { log: 'run', stream: 'a', count: 2 })).toBe('{"balance":12}')
  })
})

describe('given a log from elsewhere', () => {
  test.each(['jsonLines', 'cloudEvents'] as const)(
    'when it is written as %s and read again, then it is the same',
    (format) => {
      const events = logOf([
        { stream: 'a', amount: 5 },
        { stream: 'b', amount: -5 },
      ]).map((event) => ({ ...event, timeUs: event.timeUs + 1_234_567 }))
      const read = readLog(writeLog(events, format, 'my store'))
      if (!read.ok) throw new Error(read.sentence)
      expect(read.events.map(({ meta: _meta, ...event }) => event)).toEqual(events)
    },
  )

  test('when it is a CloudEvent, then subject, time and extensions are kept', () => {
    const event = { specversion: '1.0', id: '1', source: '/shop', subject: 'cart-1', type: 'Added' }
    const read = readLog(
      `[${JSON.stringify({ ...event, time: '2026-11-26T14:03:00Z', tenant: 't' })}]`,
    )
    expect(read).toMatchObject({
      events: [{ stream: 'cart-1', type: 'Added', data: null, meta: { id: '1', tenant: 't' } }],
    })
  })

  test('when numbers are large but exact, or stand in texts, then they are kept', () => {
    const data = {
      n: 9_007_199_254_740_991,
      text: '12345678901234567890',
      close: 0.1234567890123456,
    }
    expect(readLog(JSON.stringify({ type: 'A', data }))).toMatchObject({ events: [{ data }] })
  })

  test('when ids come twice, then both events are kept, and it is told', () => {
    const cloud = { specversion: '1.0', id: '1', source: '/shop', type: 'A' }
    const lines = [cloud, cloud, { ...cloud, source: '/other' }, { ...cloud, id: '2' }]
    const read = readLog(lines.map((line) => JSON.stringify(line)).join('\r\n'))
    expect(read).toMatchObject({ ok: true, repeated: 1, events: { length: 4 } })
  })

  test('when a line has no data, then its other fields are it', () => {
    const read = readLog('{"type":"Deposited","account":"acc1","amount":100}')
    expect(read).toMatchObject({ events: [{ data: { account: 'acc1', amount: 100 } }] })
  })

  test.each([
    ['', 'The file holds no events'],
    ['{"type":"A"}\nnonsense', 'Line 2 is not JSON'],
    ['{"type":"A"}\n\n[1]', 'Line 3 is no object'],
    ['{"data":{}}', 'Line 1 has no type'],
    ['{"type":"A","time":"yesterday"}', 'Line 1 has a time that cannot be read'],
    ['{"type":"A","specversion":"0.3"}', 'Line 1 says specversion "0.3"'],
    ['{"type":"A","specversion":"1.0"}', 'Line 1 is a CloudEvent without id'],
    ['[{"type":"A"},7]', 'Event 2 is no object'],
    ['[1', 'The file is not JSON'],
    ['{"type":"A"}\r\n{"type":"A","stream":7}\r\n', 'Line 2 has a stream that is no text'],
    ['\uFEFF{"type":"A"}\nx', 'Line 2 is not JSON'],
    [
      '{"type":"A"}\n{"type":"A","data":{"n":12345678901234567890}}',
      'Line 2 has the number 12345678901234567890, too large to be kept exactly',
    ],
    ['{"type":"A","n":1e400}', 'Line 1 has the number 1e400'],
    [
      `{"type":"A","data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      'Line 1 nests more than 64 levels deep',
    ],
  ])('when it is %j, then one sentence names the place', (text, sentence) => {
    expect(readLog(text)).toMatchObject({ ok: false, sentence: expect.stringContaining(sentence) })
  })

  test('when it has 100,000 events, then all are there, and any place in it is found', async () => {
    const line = (n: number) => `{"stream":"s","type":"Deposited","data":{"amount":${n % 7}}}`
    const text = Array.from({ length: 100_000 }, (_, n) => line(n)).join('\n')
    const desk = new Desk()
    const read = await desk.ask('read', { file: new Blob([text]) })
    expect(read).toMatchObject({ ok: true, summary: { events: 100_000 } })
    await desk.ask('program', { log: 'file', source: SUM })
    const at = (count: number) => desk.ask('state', { log: 'file', stream: 's', count })
    expect(await at(100_000)).toBe('{"balance":299995}')
    expect(await at(7)).toBe('{"balance":21}')
    const [table] = await desk.ask('tables', { log: 'file', count: 70_000 })
    expect(table?.rows).toEqual({ Deposited: 70_000 })
  })
})

describe('given events that hold what was encrypted for a person', () => {
  const meta = { person: 'ann', personal: ['name'] }
  const opened = { stream: 's', type: 'Opened', version: 0, position: 0, timeUs: 0 }
  const event = { ...opened, data: { name: 'Ann', plan: 'x' }, message: 1, factIndex: 1, meta }

  test('when the key is deleted, then a fold finds nothing there, and finds it again before that', async () => {
    const desk = new Desk()
    await desk.ask('feed', { from: 0, events: [event], writers: [] })
    const state = () => desk.ask('state', { log: 'run', stream: 's', count: 1 })
    expect(await state()).toBe('{"name":"Ann","plan":"x"}')
    expect(await desk.ask('erase', { persons: ['ann'] })).toBe(true)
    expect(await state()).toBe('{"name":null,"plan":"x"}')
    expect(await desk.ask('erase', { persons: [] })).toBe(true)
    expect(await state()).toBe('{"name":"Ann","plan":"x"}')
  })
})

describe('given commands of a run that are decided anew', () => {
  const source = `${SUM}
const decide = ({ amount }, { balance }) =>
  balance + amount < 0 ? 'too little' : { type: amount < 0 ? 'Withdrawn' : 'Deposited', data: { amount: Math.abs(amount) } }`
  const [before, made, other] = logOf([
    { stream: 'a', amount: 5 },
    { stream: 'a', amount: 9 },
    { stream: 'b', amount: 1 },
  ]).map((event, i) => ({ ...event, factIndex: i * 10 })) as [LoggedEvent, LoggedEvent, LoggedEvent]
  const run = [before, { ...made, causation: 7 }, other]
  const commands = [3, -5, -4].map((amount, i) => {
    const at = { factIndex: 10 + i, timeUs: 10 + i }
    return { command: 7 + i, stream: 'a', body: { amount }, ...at }
  })

  test('then each sees what came of those before it, and what came of none stays in its place', async () => {
    const desk = await deskWith(run, source)
    const { events, outcomes } = await desk.ask('decided', { source, commands })
    expect(outcomes).toEqual([
      { events: [{ type: 'Deposited', data: { amount: 3 } }] },
      { events: [{ type: 'Withdrawn', data: { amount: 5 } }] },
      { rejected: 'too little' },
    ])
    expect(
      events.map(({ stream, data, version, position }) => [stream, data, version, position]),
    ).toEqual([
      ['a', { amount: 5 }, 0, 0],
      ['a', { amount: 3 }, 1, 1],
      ['a', { amount: 5 }, 2, 2],
      ['b', { amount: 1 }, 0, 3],
    ])
    const at = (count: number) => desk.ask('state', { log: 'decided', stream: 'a', count })
    expect([await at(2), await at(4)]).toEqual(['{"balance":8}', '{"balance":3}'])
    expect(await desk.ask('state', { log: 'run', stream: 'a', count: 2 })).toBe('{"balance":14}')
  })

  test('when a command makes it fail, then that one is rejected with the line', async () => {
    const failing = `${SUM}\nconst decide = ({ amount }) => amount === -5 ? null.x : []`
    const desk = await deskWith(run, failing)
    const { outcomes } = await desk.ask('decided', { source: failing, commands })
    expect(outcomes).toEqual([
      { events: [] },
      { rejected: expect.stringMatching(/TypeError/) },
      { events: [] },
    ])
  })
})
