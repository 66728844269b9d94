/** An experiment stays that of its scenario while only what it looks like changes. */
import { describe, expect, test } from 'vitest'
import { must } from '../base/assert.ts'
import { actAt } from '../scenario/document.ts'
import { findExample } from '../scenario/examples/index.ts'
import { isChanged } from './changed.ts'

const { scenario } = must(findExample('orders'), 'orders')
const plan = { scenario: { ...scenario, durationMs: 5 }, script: [] }

describe('given an experiment of a scenario', () => {
  test('when nodes are moved, the title changes or runs last another time, then it is the same', () => {
    const nodes = scenario.nodes.map((node) => ({ ...node, position: { x: 1, y: 2 } }))
    expect(isChanged(plan, { ...scenario, title: 'Other', nodes, durationMs: 9 }, [])).toBe(false)
  })

  test('when a setting, the seed or what was done changes, then it is another', () => {
    const nodes = scenario.nodes.map((node) =>
      node.kind === 'consumer' ? { ...node, prefetch: 7 } : node,
    )
    expect(isChanged(plan, { ...scenario, nodes }, [])).toBe(true)
    expect(isChanged(plan, { ...scenario, seed: 2 }, [])).toBe(true)
    expect(isChanged(plan, scenario, [actAt(1, { do: 'crash', node: 'worker' })])).toBe(true)
  })
})
