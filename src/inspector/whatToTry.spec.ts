/** Experiments of every example lead to nodes that exist. */
import { describe, expect, it } from 'vitest'
import { must } from '../base/assert.ts'
import { EXAMPLES, findExample } from '../scenario/examples/index.ts'
import { whatToTry } from './whatToTry.ts'

const tryIn = (id: string) => whatToTry(must(findExample(id), id).scenario)

describe('what to try', () => {
  it('given any example, then there is something to try, at nodes that exist', () => {
    for (const { id, scenario } of EXAMPLES) {
      const experiments = whatToTry(scenario)
      expect(experiments.length, id).toBeGreaterThan(0)
      const ids = scenario.nodes.map((node) => node.id)
      for (const { node } of experiments) expect(ids).toContain(node)
    }
  })
  it('given automatic acknowledgement, then a crash is said to lose the message', () => {
    expect(
      tryIn('orders')
        .map(({ sentence }) => sentence)
        .join(' '),
    ).toContain('is gone')
  })
  it('given several of a kind, then the first speaks for all', () => {
    const nodes = tryIn('notifications-team').map(({ node }) => node)
    expect(nodes).toEqual(['notifications', 'email-1'])
  })
})
