/** Code follows the settings that acts have changed. */
import { describe, expect, it } from 'vitest'
import { must } from '../../base/assert.ts'
import type { Frame, NodeState } from '../../history/frame.ts'
import type { Scenario } from '../../scenario/document.ts'
import { findExample } from '../../scenario/examples/index.ts'
import { generateProgram, textOf } from '../../scenario/program/generate.ts'
import { changesText, presentScenario } from './presentScenario.ts'

const { scenario } = must(findExample('orders-workers'), 'orders-workers')

function frameWith(changed: Record<string, unknown>): Frame {
  const node = { id: 'worker-1', kind: 'consumer', changed } as unknown as NodeState
  return { timeUs: 0, factIndex: 0, nodes: [node], flights: [], links: [], vanished: [] }
}

describe('the scenario as it holds at a moment', () => {
  it('given no act has changed anything, then it is the document itself', () => {
    expect(presentScenario(scenario, changesText(frameWith({})))).toBe(scenario)
    expect(presentScenario(scenario, changesText(null))).toBe(scenario)
  })
  it('given the prefetch was changed, then the code of that moment says the new one', () => {
    const present = presentScenario(scenario, changesText(frameWith({ prefetch: 7 })))
    const code = textOf(generateProgram(present, 'worker-1', 'python'))
    expect(code).toContain('prefetch_count=7')
    expect(textOf(generateProgram(scenario, 'worker-1', 'python'))).not.toContain(
      'prefetch_count=7',
    )
  })
  it('given a setting was taken away, then the code of that moment does not say it', () => {
    const { scenario: kept } = must(findExample('retention-and-lag'), 'retention-and-lag')
    const code = (of: Scenario) => textOf(generateProgram(of, 'readings', 'python'))
    const node = { id: 'readings', kind: 'topic', changed: { retentionMs: null } }
    const frame = { ...frameWith({}), nodes: [node as unknown as NodeState] }
    expect(code(kept)).toContain("'retention.ms'")
    expect(code(presentScenario(kept, changesText(frame)))).not.toContain("'retention.ms'")
  })
})
