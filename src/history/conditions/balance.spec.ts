/** A balance is what the stream's own decider folds: orders that are paid come out of it. */
import { expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import type { Scenario } from '../../scenario/document.ts'
import { findExample } from '../../scenario/examples/index.ts'
import { History } from '../history.ts'
import { openScan } from './scan.ts'

/** The article's account, written to by another domain. */
function paying(): Scenario {
  const { scenario } = must(findExample('account'), 'account')
  const bodies = [
    '{"type":"CreateAccount","account":"acc1"}',
    '{"type":"Deposit","account":"acc1","amount":100}',
    '{"type":"Pay","account":"acc1","order":"o1","amount":70}',
  ]
  const nodes = scenario.nodes.map((node) => {
    if (node.kind === 'commandHandler') return { ...node, domain: 'payments' as const }
    return node.kind === 'producer' ? { ...node, bodies } : node
  })
  return { ...scenario, nodes }
}

test('given an account that pays an order, when its balance is asked for, then the payment has come out of it', () => {
  const history = new History(paying())
  while (history.advance()) {}
  for (const [text, times] of [
    ['balance = 30', 1],
    ['balance = 100', 1],
    ['balance < 0', 0],
  ] as const) {
    const opened = openScan(history.live, text)
    if (!opened.ok) throw new Error(opened.problem.sentence)
    while (opened.value.read(1_000)) {}
    expect(opened.value.spans.count).toBe(times)
  }
})
