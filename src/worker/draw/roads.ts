/** Where links and nodes lie, looked up by their place in the frame, with each link's table of arc lengths. */
import type { Box } from '../../scenario/shapes.ts'
import type { Geometry } from '../protocol.ts'
import { type ArcTable, arcTable } from './curve.ts'

export interface Road {
  curve: readonly number[]
  table: ArcTable
}

/** Boxes and roads of one geometry. Moving a node makes new tables for its own links only. */
export interface Ground {
  nodes: readonly Box[]
  roads: readonly Road[]
  boxOf: ReadonlyMap<string, Box>
  curveOf: ReadonlyMap<string, readonly number[]>
}

export function layGround(geometry: Geometry, before: Ground | null): Ground {
  const roads = geometry.links.map(({ curve }, i) => {
    const old = before?.roads[i]
    return old && same(old.curve, curve) ? old : { curve, table: arcTable(curve) }
  })
  return {
    nodes: geometry.nodes,
    roads,
    boxOf: new Map(geometry.nodes.map((node) => [node.id, node])),
    curveOf: new Map(geometry.links.map(({ id, curve }) => [id, curve])),
  }
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((number, i) => number === b[i])
}
