/** What draws the inside of the nodes of late families, those that are here. */
import { must } from '../../../base/assert.ts'
import type { NodeState, StateOf } from '../../../history/frame.ts'
import type { KindsOf, LateFamily, LateKind } from '../../../scenario/late.ts'
import type { Box } from '../../../scenario/shapes.ts'
import type { Scene } from '../scene.ts'

export type FamilyDrawings<F extends LateFamily> = {
  readonly [K in KindsOf<F>]: (scene: Scene, state: StateOf<K>, body: Box) => void
}
type Drawing = (scene: Scene, state: NodeState, body: Box) => void

const taken = new Map<LateKind, Drawing>()

export function takeDrawings<F extends LateFamily>(drawings: FamilyDrawings<F>): void {
  for (const [kind, draw] of Object.entries(drawings)) taken.set(kind as LateKind, draw as Drawing)
}

/** Draws the inside of a kind; a frame that has one is painted after its family was loaded. */
export function lateDrawing(kind: LateKind): Drawing {
  return must(taken.get(kind), `what draws ${kind}, loaded`)
}
