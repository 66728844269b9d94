/** A run of an example from beginning to end, and what the matrix of deliveries says of it. */
import { MATRIX_RULES } from '../history/matrix/families/index.ts'
import { DeliveryMatrix, type Matrix } from '../history/matrix/matrix.ts'
import type { Action, Scenario } from '../scenario/document.ts'
import type { ExampleId } from '../scenario/examples/catalog.ts'
import { exampleCalled } from '../scenario/examples/index.ts'
import { World } from '../scenario/world.ts'

export function runOf(id: ExampleId, script: Action[] = [], change: Partial<Scenario> = {}): World {
  const world = new World({ ...exampleCalled(id).scenario, ...change })
  world.start(script)
  world.run(world.endUs)
  return world
}

export function matrixOf(world: World): Matrix {
  const matrix = new DeliveryMatrix(world, MATRIX_RULES)
  matrix.read(world.records.facts.count)
  return matrix.result(1000, { by: 'latest', node: null })
}

export function columnOf(matrix: Matrix, node: string) {
  const place = matrix.columns.findIndex((each) => each.node === node)
  return { ...matrix.columns[place], cells: matrix.rows.map(({ cells }) => cells[place] ?? null) }
}
