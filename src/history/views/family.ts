/** The views of the nodes of late families, those that are here. */
import { must } from '../../base/assert.ts'
import type { KindsOf, LateFamily, LateKind } from '../../scenario/late.ts'
import type { World } from '../../scenario/world.ts'
import type { NodeState } from '../frame.ts'

/** The state of a node, by its id, at the moment at which the world is viewed. */
export type View = (world: World, id: string) => NodeState
export type FamilyViews<F extends LateFamily> = Readonly<Record<KindsOf<F>, View>>

const taken = new Map<LateKind, View>()

export function takeViews<F extends LateFamily>(views: FamilyViews<F>): void {
  for (const [kind, view] of Object.entries<View>(views)) taken.set(kind as LateKind, view)
}

/** The view of a kind; a world that has one is viewed after its family was loaded. */
export function lateView(kind: LateKind): View {
  return must(taken.get(kind), `the view of ${kind}, loaded`)
}
