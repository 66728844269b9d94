/** Two runs are told apart exactly where they differ, and nowhere else. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import type { Action, Scenario } from '../../scenario/document.ts'
import { findExample } from '../../scenario/examples/index.ts'
import type { Run } from '../../testing/arbitrary.ts'
import { systems } from '../../testing/systems.ts'
import { History } from '../history.ts'
import { Comparing, type Comparison, compare } from './comparison.ts'
import type { Figure } from './figures.ts'

const { scenario } = must(findExample('orders-workers'), 'orders-workers')

function computed(of: Scenario, script: Action[] = [], seed = of.seed): History {
  const history = new History(of, script, { seed, factsMax: 20_000 })
  while (history.advance()) {}
  return history
}

function isLit({ here, there }: Figure): boolean {
  return here !== there
}

function expectSame({ difference, fates, figures }: Comparison): void {
  expect(difference).toBe(null)
  expect(fates).toMatchObject({ differing: 0, onlyHere: 0, onlyThere: 0, rows: [] })
  expect(figures.filter(isLit)).toEqual([])
}

describe('given the same settings twice', () => {
  test('when the runs are compared, then they differ nowhere', () => {
    fc.assert(
      fc.property(systems, ({ scenario: any, script, seed }: Run) => {
        expectSame(compare(computed(any, script, seed), computed(any, script, seed)))
      }),
      { numRuns: 100 },
    )
  })

  test('when the node list is in another order, then the same things are still found to be the same', () => {
    const [first, ...rest] = scenario.nodes
    const nodes = [...rest, must(first, 'node')]
    const { difference, fates } = compare(computed(scenario), computed({ ...scenario, nodes }))
    expect(difference).toBe(null)
    expect(fates).toMatchObject({ differing: 0, onlyHere: 0, onlyThere: 0 })
    expect(fates.same).toBeGreaterThan(5)
  })
})

describe('given a crash in one of two runs', () => {
  const crash: Action = { atUs: 5_000_000, do: 'crash', node: 'worker-1' }
  const { difference, fates, figures } = compare(computed(scenario), computed(scenario, [crash]))

  test('then the first difference is the crash, at its time', () => {
    expect(difference?.timeUs).toBe(5_000_000)
    expect(difference?.there?.sentence).toBe('You crash worker-1.')
    expect(difference?.here?.timeUs).toBeGreaterThanOrEqual(5_000_000)
  })

  test('then the messages that the other worker got have another end, and none is missing', () => {
    expect(fates.onlyHere + fates.onlyThere).toBe(0)
    expect(fates.same).toBeGreaterThan(0)
    expect(fates.differing).toBe(fates.rows.length)
    expect(fates.rows[0]?.here?.sentence).not.toBe(fates.rows[0]?.there?.sentence)
  })

  test('then the numbers of the workers differ and those of the producer do not', () => {
    const lit = new Set(figures.filter(isLit).map(({ node }) => node))
    expect(lit).toContain('worker-1')
    expect(lit).not.toContain('shop')
  })
})

describe('given any run and a branch of it', () => {
  test('then the two agree up to the moment at which something else was done', () => {
    fc.assert(
      fc.property(systems, fc.double({ min: 0, max: 1, noNaN: true }), (run, share) => {
        const client = run.scenario.nodes.find(({ kind }) => kind === 'producer')
        if (!client) return
        const atUs = Math.floor(share * run.scenario.durationMs * 1000)
        const before = run.script.filter((action) => action.atUs <= atUs)
        const crash: Action = { atUs, do: 'slow', node: client.id, factor: 7 }
        const parent = computed(run.scenario, run.script, run.seed)
        const branch = computed(run.scenario, [...before, crash], run.seed)
        const { difference, toUs } = compare(parent, branch)
        if (difference) expect(difference.timeUs).toBeGreaterThanOrEqual(atUs)
        else expect(toUs).toBeLessThanOrEqual(atUs)
      }),
      { numRuns: 100 },
    )
  })
})

describe('given any two runs of one design', () => {
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: 2,
    maxLength: 5,
  })

  test('when they are compared up to moments in any order, then each is what a comparison that begins there says', () => {
    let shorter = 0
    fc.assert(
      fc.property(systems, fc.nat(), shares, ({ scenario: any, script, seed }, other, moments) => {
        const [here, there] = [computed(any, script, seed), computed(any, [], other)]
        const comparing = new Comparing(here, there)
        const endUs = Math.min(here.computedUs, there.computedUs)
        for (const share of moments) {
          const toUs = Math.floor(share * endUs)
          const seen = atOnce(comparing.upTo(toUs, 50))
          expect(seen).toEqual(atOnce(new Comparing(here, there).upTo(toUs, 1_000_000)))
          const published = seen.figures.filter(({ name }) => name === 'published')
          const later = compare(here, there).figures.filter(({ name }) => name === 'published')
          published.forEach((figure, i) => {
            expect(figure.here ?? 0).toBeLessThanOrEqual(later[i]?.here ?? 0)
            if ((figure.here ?? 0) < (later[i]?.here ?? 0)) shorter++
          })
        }
        expect(atOnce(comparing.upTo(endUs, 50))).toEqual(compare(here, there))
      }),
      { numRuns: 40 },
    )
    expect(shorter).toBeGreaterThan(10)
  })
})

function atOnce<T>(steps: Generator<undefined, T, undefined>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

describe('given one scenario under two settings with the same dice', () => {
  test('then what the setting does is the difference, not the set-up', () => {
    const nodes = scenario.nodes.map((node) =>
      node.kind === 'consumer' ? { ...node, prefetch: 1 } : node,
    )
    const others = scenario.nodes.map((node) =>
      node.kind === 'consumer' ? { ...node, prefetch: 10 } : node,
    )
    const two = compare(computed({ ...scenario, nodes }), computed({ ...scenario, nodes: others }))
    expect(two.difference?.timeUs).toBeGreaterThan(0)
    expect(two.fates.onlyHere + two.fates.onlyThere).toBe(0)
  })

  test('then a node that only one has is compared with nothing', () => {
    const without = {
      ...scenario,
      nodes: scenario.nodes.filter(({ id }) => id !== 'worker-2'),
      links: scenario.links.filter(({ to }) => to !== 'worker-2'),
    }
    const { figures } = compare(computed(scenario), computed(without))
    const ofGone = figures.filter(({ node }) => node === 'worker-2')
    expect(ofGone.length).toBeGreaterThan(0)
    expect(ofGone.every(({ there }) => there === null)).toBe(true)
  })
})
