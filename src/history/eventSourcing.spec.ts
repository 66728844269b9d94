/** The article's account at the playhead: what is seen and what is said. */
import { describe, expect, test } from 'vitest'
import { must } from '../base/assert.ts'
import type { NodeKind } from '../scenario/document.ts'
import { actAt, type Script } from '../scenario/document.ts'
import { findExample } from '../scenario/examples/index.ts'
import { bank } from '../testing/bank.ts'
import type { StateOf } from './frame.ts'
import { History } from './history.ts'
import { listFacts } from './lines.ts'

const S = 1_000_000

function computed(
  scenario = must(findExample('account'), 'account').scenario,
  script: Script = [],
) {
  const history = new History(scenario, script)
  while (history.advance()) {}
  return history
}

/** The node of a kind at a moment. */
function at<K extends NodeKind>(history: History, atUs: number, kind: K): StateOf<K> {
  history.seek({ atUs })
  const state = history.frame().nodes.find((node) => node.kind === kind)
  return must(state, kind) as StateOf<K>
}

function sentences(history: History, from = 0): string[] {
  return listFacts(history, from, 500, { everything: false }).map(({ sentence }) => sentence)
}

describe('given the account of the article', () => {
  const history = computed()

  test('when the playhead goes back and forth, then the strip ends at it and each event has its fold', () => {
    for (const [atUs, balances] of [
      [20 * S, [0, 100, 50]],
      [8 * S, [0, 100]],
      [1 * S, undefined],
      [4 * S, [0]],
      [20 * S, [0, 100, 50]],
    ] as const) {
      const [stream] = at(history, atUs, 'eventStore').streams
      expect(stream?.folds).toEqual(balances?.map((balance) => ({ balance })))
      expect(stream?.events.map(({ version }) => version)).toEqual(balances?.map((_, i) => i))
    }
  })

  test('when a command is loaded for, decided and appended, then it is the handler’s job until it is accepted', () => {
    const working = (atUs: number) => at(history, atUs, 'commandHandler').jobs.map((j) => j.state)
    expect(working(5.4 * S)).toEqual([])
    expect(working(6 * S)).toEqual(['waiting'])
    expect(working(6.5 * S)).toEqual(['working'])
    expect(working(7.2 * S)).toEqual(['working'])
    expect(working(7.6 * S)).toEqual([])
    expect(at(history, 7.6 * S, 'commandHandler').accepted).toBe(2)
  })

  test('when an event is written but not yet folded in, then the read model shows the past and its lag', () => {
    const behind = at(history, 7.7 * S, 'projection')
    expect(behind).toMatchObject({ position: 1, lag: 1, rows: [{ account: 'acc1', balance: 0 }] })
    expect(behind.jobs).toMatchObject([{ state: 'working', startedUs: 7.6 * S, endsUs: 7.9 * S }])
    const now = at(history, 8 * S, 'projection')
    expect(now).toMatchObject({ position: 2, lag: 0, rows: [{ account: 'acc1', balance: 100 }] })
  })

  test('when what happens is told, then each step of a command has its sentence', () => {
    expect(sentences(history).slice(14, 24)).toEqual([
      'teller publishes Deposit 100.',
      'Deposit 100 waits in the buffer of account.',
      'account asks for stream account-acc1 to decide Deposit 100.',
      'account folds the stream up to version 0.',
      'account starts work on Deposit 100.',
      'account decides: Deposited. It expects version 0 and appends.',
      'Stream account-acc1 takes Deposited as version 1.',
      'account accepts Deposit 100: the stream is at version 1.',
      'balance has events up to position 2 in memory.',
      'balance starts work on Deposited 100.',
    ])
  })
})

describe('given two tellers, a crash and a relay', () => {
  const create = '{"type":"CreateAccount","account":"acc1"}'
  const tellers = [
    [create, '{"type":"Deposit","amount":5}'],
    [create, 'Order1'],
  ]
  const history = computed(bank({ tellers, latencyMs: 10, serviceMs: { minMs: 5, maxMs: 5 } }), [
    actAt(1120_000, { do: 'crash', node: 'relay' }),
    actAt(2500_000, { do: 'crash', node: 'accounts0' }),
  ])

  test('when a writer is too late, then store and handler say which version was expected and which was found', () => {
    expect(sentences(history)).toContain(
      'The store refuses the append of AccountCreated to account-acc1: expected no stream, found version 0.',
    )
    expect(sentences(history)).toContain(
      'Another writer is faster than accounts: the stream is at version 0 by now.',
    )
  })

  test('when commands were rejected, then they stand with their reasons and moments', () => {
    history.seek({ atUs: 10 * S })
    const handlers = history.frame().nodes.filter((node) => node.kind === 'commandHandler')
    expect(
      handlers.map(({ rejected }) => rejected.map(({ reason }) => reason.slice(0, 23))),
    ).toEqual([[], ['Account acc1 exists alr', 'The command is not JSON']])
    expect(handlers[1]?.rejected[0]?.atUs).toBeGreaterThan(1 * S)
    expect(handlers.map(({ conflicts }) => conflicts)).toEqual([0, 1])
    expect(handlers.map(({ crashed }) => crashed)).toEqual([true, false])
  })

  test('when the relay died after publishing and before saving, then it has relayed more than it knows', () => {
    const relay = at(history, 10 * S, 'relay')
    expect(relay).toMatchObject({ crashed: true, relayed: 1, position: 0, lag: 2 })
  })

  test('when every fact is told, then each has a sentence', () => {
    const lines = listFacts(history, 0, history.factCount, { everything: true })
    expect(lines).toHaveLength(history.factCount)
    for (const { sentence } of lines) expect(sentence).toMatch(/^\S.*\.$/)
  })
})
