/** What the fold view asks of a run: where the numbers of a table come from, and what led to what. */
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import { History } from '../../history/history.ts'
import { findExample } from '../../scenario/examples/index.ts'
import type { Asked } from './answer.ts'
import { answerCausation } from './causation.ts'
import { answerCell } from './cell.ts'
import { answerStoreLog } from './storeLog.ts'

function run(): Asked {
  const history = new History(must(findExample('account'), 'account').scenario)
  while (history.advance()) {}
  return { history } as unknown as Asked
}

/** The answer of a generator that is gone through to its end. */
function answerOf<A>(steps: Generator<undefined, A, undefined>): A {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value as A
  }
}

describe('given the article’s account', () => {
  test('when a cell is asked for, then the events that changed it are told, with its value before and after', () => {
    const asked = run()
    const ask = { node: 'balance', row: { account: 'acc1', balance: 50 }, column: 'balance' }
    const { changes } = answerOf(answerCell(asked, { ...ask, factIndex: asked.history.factCount }))
    expect(changes).toMatchObject([
      { type: 'AccountCreated', before: undefined, after: 0 },
      { type: 'Deposited', before: 0, after: 100 },
      { type: 'Withdrawn', before: 100, after: 50 },
    ])
    const first = changes[1]?.factIndex ?? 0
    const earlier = { ...ask, row: { account: 'acc1', balance: 0 }, factIndex: first }
    expect(answerOf(answerCell(asked, earlier)).changes).toHaveLength(1)
  })

  test('when a cell is asked for that many events ago was changed last, then those are told all the same', () => {
    const { scenario } = must(findExample('account'), 'account')
    const { nodes } = structuredClone(scenario)
    const withPast = nodes.map((node) =>
      node.kind !== 'eventStore'
        ? node
        : {
            ...node,
            contents: [
              {
                stream: 'account-old',
                events: [{ type: 'AccountCreated', data: { id: 'old', balance: 7 } }],
              },
              { stream: 'account-new', times: 3000, events: [{ type: 'Renamed', data: {} }] },
            ],
          },
    )
    const quick = withPast.map((node) =>
      node.kind === 'projection' ? { ...node, service: { kind: 'fixed' as const, ms: 0 } } : node,
    )
    const history = new History({ ...scenario, nodes: quick })
    while (history.advance()) {}
    const ask = { node: 'balance', row: { account: 'old', balance: 7 }, column: 'balance' }
    const asked = { history } as unknown as Asked
    const { changes, cut } = answerOf(answerCell(asked, { ...ask, factIndex: history.factCount }))
    expect(changes).toMatchObject([{ type: 'AccountCreated', before: undefined, after: 7 }])
    expect(cut).toBe(false)
  })

  test('when an event’s causes are asked for, then the tree begins with its command', () => {
    const asked = run()
    const { events } = answerOf(
      answerStoreLog(asked, { store: 'events', events: 0, commands: 0, reads: 0 }),
    )
    const message = events[1]?.message ?? -1
    const { messages, cut } = answerOf(answerCausation(asked, { message }))
    expect(cut).toBe(false)
    expect(messages).toMatchObject([
      { depth: 0, parent: -1, source: 'teller' },
      { depth: 1, key: 'Deposited', source: 'account', look: { id: message } },
    ])
  })

  test('when the page has part of the log, then it gets the rest', () => {
    const asked = run()
    const all = answerOf(
      answerStoreLog(asked, { store: 'events', events: 0, commands: 0, reads: 0 }),
    )
    const rest = answerOf(
      answerStoreLog(asked, { store: 'events', events: 2, commands: 1, reads: 3 }),
    )
    expect(all.events).toHaveLength(3)
    expect(rest).toMatchObject({ events: [{ version: 2 }], reads: [], more: false })
    expect(rest.commands).toHaveLength(2)
  })
})
