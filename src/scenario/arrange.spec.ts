/** A tidy drawing: nothing overlaps, the flow is read like text, and the space is used. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scenarios } from '../testing/arbitrary.ts'
import { arrange } from './arrange.ts'
import type { Scenario } from './document.ts'
import { EXAMPLES } from './examples/index.ts'
import { nodeSize, scenarioGeometry, TITLE_HEIGHT } from './shapes.ts'

function boxesOf(scenario: Scenario, space: { width: number; height: number }) {
  const places = arrange(scenario, space)
  return scenario.nodes.map((node) => {
    const place = places.get(node.id)
    if (!place) throw new Error(`${node.id} has no place`)
    return { id: node.id, ...place, ...nodeSize(node, scenario) }
  })
}

function overlaps(boxes: ReturnType<typeof boxesOf>): string[] {
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter(
        (b) =>
          a.x < b.x + b.width &&
          b.x < a.x + a.width &&
          a.y < b.y + b.height &&
          b.y < a.y + a.height,
      )
      .map((b) => `${a.id} over ${b.id}`),
  )
}

function extent(boxes: ReturnType<typeof boxesOf>) {
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  return { width: right - Math.min(...boxes.map(({ x }) => x)), height: bottom }
}

const orders = EXAMPLES.find(({ id }) => id === 'orders')?.scenario
if (!orders) throw new Error('no orders')

/** Whether there is a way from one node to another. */
function leadsTo(
  links: readonly { from: string; to: string }[],
  from: string,
  to: string,
): boolean {
  const seen = new Set([from])
  for (const at of seen) for (const link of links) if (link.from === at) seen.add(link.to)
  return seen.has(to)
}

describe('arranging', () => {
  it('given any scenario and any space, then every node has a place of its own', () => {
    fc.assert(
      fc.property(
        scenarios(),
        fc.integer({ min: 100, max: 3000 }),
        fc.integer({ min: 100, max: 3000 }),
        (scenario, width, height) => {
          expect(overlaps(boxesOf(scenario, { width, height }))).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('given a wide space, then the flow is one row; given a high one, then it is several', () => {
    const wide = extent(boxesOf(orders, { width: 2000, height: 300 }))
    const high = extent(boxesOf(orders, { width: 400, height: 800 }))
    expect(wide.width).toBeGreaterThan(3 * wide.height)
    expect(high.height).toBeGreaterThan(high.width)
  })

  it('given a flow, then what follows stands further right or in a later row', () => {
    for (const { scenario } of EXAMPLES) {
      const boxes = new Map(
        boxesOf(scenario, { width: 900, height: 600 }).map((box) => [box.id, box]),
      )
      for (const { from, to } of scenario.links) {
        const [a, b] = [boxes.get(from), boxes.get(to)]
        if (!a || !b) throw new Error('a link without ends')
        // A saga sends commands back to those whose events it follows.
        if (leadsTo(scenario.links, to, from)) continue
        expect(b.x >= a.x + a.width || b.y >= a.y + a.height).toBe(true)
      }
    }
  })

  it('given the examples, then no link from above crosses the title of the node that it leads to', () => {
    for (const { id, scenario } of EXAMPLES) {
      const { nodes, links } = scenarioGeometry(scenario)
      for (const { id: link, curve } of links) {
        const to = nodes.find((box) => box.id === scenario.links.find((l) => l.id === link)?.to)
        const [x, y] = [curve[6] ?? 0, curve[7] ?? 0]
        // Arriving at the upper edge, not at the middle of the left one.
        if (!to || y !== to.y + TITLE_HEIGHT) continue
        expect(x, `${id}: ${link}`).toBeGreaterThanOrEqual(to.x + 0.7 * to.width)
      }
    }
  })

  it('given a circle, then it is arranged all the same', () => {
    const [first, second] = orders.links
    if (!first || !second) throw new Error('no links')
    const circle = { ...orders, links: [...orders.links, { ...first, from: 'worker', to: 'shop' }] }
    expect(overlaps(boxesOf(circle, { width: 900, height: 600 }))).toEqual([])
  })

  it('given more nodes than can be tried in every way, then it still ends', () => {
    const [link] = orders.links
    const shop = orders.nodes[0]
    if (!link || !shop) throw new Error('no nodes')
    const nodes = Array.from({ length: 200 }, (_, i) => ({ ...shop, id: `n${i}` }))
    const links = nodes.slice(1).map((_, i) => ({ ...link, from: `n${i}`, to: `n${i + 1}` }))
    const boxes = boxesOf({ ...orders, nodes, links }, { width: 900, height: 600 })
    expect(overlaps(boxes)).toEqual([])
  })
})
