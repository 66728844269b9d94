/** Runs are found again as they were left, and the memory that they rest in has a limit. */
import { describe, expect, test } from 'vitest'
import { must } from '../base/assert.ts'
import type { Scenario } from '../scenario/document.ts'
import { findExample } from '../scenario/examples/index.ts'
import type { History } from './history.ts'
import { Runs } from './runs.ts'

const { scenario } = must(findExample('mm1'), 'mm1')
const order = (seed: number, of: Scenario = scenario) => ({ scenario: of, script: [], seed })

function compute(history: History, facts: number): History {
  while (history.factCount < facts && history.advance()) {}
  return history
}

describe('given a run that was looked at', () => {
  test('when the same order comes again, then the run is there as it was left', () => {
    const runs = new Runs()
    const first = compute(runs.open(order(1)), 10_000)
    runs.open(order(2))
    expect(runs.open(order(1))).toBe(first)
  })

  test('when only the drawing has changed, then it is still the same run', () => {
    const runs = new Runs()
    const first = runs.open(order(1))
    const nodes = scenario.nodes.map((node) => ({ ...node, position: { x: 1, y: 2 } }))
    expect(runs.open(order(1, { ...scenario, title: 'Elsewhere', nodes }))).toBe(first)
  })

  test('when the seed is another, then so is the run', () => {
    const runs = new Runs()
    expect(runs.open(order(2))).not.toBe(runs.open(order(1)))
  })
})

describe('given more facts at rest than are kept', () => {
  test('when runs are let go, then the one looked at longest ago goes first, and never one in use', () => {
    const runs = new Runs({ restingFactsMax: 40_000 })
    const histories = [1, 2, 3].map((seed) => compute(runs.open(order(seed)), 30_000))
    const [first, second, third] = histories
    runs.trim(new Set([must(first, 'first')]))
    expect(runs.open(order(1))).toBe(first)
    expect(runs.open(order(3))).toBe(third)
    expect(runs.open(order(2))).not.toBe(second)
  })
})
