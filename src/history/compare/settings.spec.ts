/** What two documents set differently is told by setting; where things stand is not. */
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import { findExample } from '../../scenario/examples/index.ts'
import { settingDifferences } from './settings.ts'

const { scenario } = must(findExample('orders-workers'), 'orders-workers')

describe('given a scenario and a changed one', () => {
  test('when only places and titles differ, then no setting does', () => {
    const nodes = scenario.nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } }))
    expect(settingDifferences(scenario, { ...scenario, title: 'Else', nodes })).toEqual([])
  })

  test('when settings of a node, a link and the run differ, then each is told', () => {
    const nodes = scenario.nodes.map((node) =>
      node.id === 'worker-1' ? { ...node, prefetch: 5 } : node,
    )
    const links = scenario.links.map((link) =>
      link.id === 'bind' ? { ...link, latencyMs: 1, key: 'all' } : link,
    )
    expect(settingDifferences(scenario, { ...scenario, durationMs: 5000, nodes, links })).toEqual([
      { id: '', setting: 'durationMs', here: '60000', there: '5000' },
      { id: 'worker-1', setting: 'prefetch', here: '2', there: '5' },
      { id: 'bind', setting: 'latencyMs', here: '300', there: '1' },
      { id: 'bind', setting: 'key', here: '', there: 'all' },
    ])
  })

  test('when a node is only in one, then it is told as a whole', () => {
    const nodes = scenario.nodes.filter(({ id }) => id !== 'worker-2')
    const [gone] = settingDifferences(scenario, { ...scenario, nodes })
    expect(gone).toEqual({ id: 'worker-2', setting: '', here: 'there', there: '' })
  })
})
