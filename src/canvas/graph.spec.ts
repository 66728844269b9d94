/** The drawing that React Flow shows and the one that messages travel are the same. */
import { getBezierPath, Position } from '@xyflow/react'
import { describe, expect, it } from 'vitest'
import { EXAMPLES } from '../scenario/examples/index.ts'
import { curveBetween, scenarioGeometry } from '../scenario/shapes.ts'
import { flowEdges, flowNodes, geometryOf } from './graph.ts'

describe('curves', () => {
  it.each([
    [0, 0, 200, 100],
    [0, 0, 0, 80],
    [300, 20, 40, -60],
  ])(
    'given a link from %d,%d to %d,%d, then its curve is the one of React Flow',
    (x1, y1, x2, y2) => {
      const [path] = getBezierPath({
        sourceX: x1,
        sourceY: y1,
        sourcePosition: Position.Right,
        targetX: x2,
        targetY: y2,
        targetPosition: Position.Left,
      })
      const numbers = (path.match(/-?[\d.]+/g) ?? []).map(Number)
      curveBetween(x1, y1, x2, y2).forEach((number, i) => {
        expect(number).toBeCloseTo(numbers[i] ?? Number.NaN, 9)
      })
    },
  )
})

describe('the drawing of a scenario', () => {
  it.each(EXAMPLES.map(({ id, scenario }) => [id, scenario] as const))(
    'given %s, then nodes and links lie where the scenario says',
    (_id, scenario) => {
      expect(geometryOf(flowNodes(scenario), scenario.links)).toEqual(scenarioGeometry(scenario))
    },
  )

  it('given a node that was moved, then only its own links are drawn anew', () => {
    const scenario = EXAMPLES[0]?.scenario
    if (!scenario) throw new Error('no example')
    const nodes = flowNodes(scenario)
    const before = flowEdges(scenario, nodes, null)
    const moved = nodes.map((node, i) =>
      i === 0 ? { ...node, position: { x: node.position.x - 50, y: node.position.y } } : node,
    )
    const after = flowEdges(scenario, moved, null, before)
    expect(after.map((edge, i) => edge === before[i])).toEqual([false, true, true])
  })

  it('given a selection, then that link alone is selected', () => {
    const scenario = EXAMPLES[0]?.scenario
    if (!scenario) throw new Error('no example')
    const edges = flowEdges(scenario, flowNodes(scenario), {
      type: 'link',
      id: scenario.links[1]?.id ?? '',
    })
    expect(edges.map(({ selected }) => selected)).toEqual([false, true, false])
  })
})
