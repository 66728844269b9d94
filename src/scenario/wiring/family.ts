/** What a late family brings to the wiring of a scenario, and those that are here. */
import { must } from '../../base/assert.ts'
import type { Outlet } from '../../clients/client.ts'
import type { Part } from '../../engine/simulation.ts'
import type { BrokerDoc, LinkDoc, NodeOf } from '../document.ts'
import type { KindsOf, LateFamily } from '../late.ts'
import type { WiringContext } from './context.ts'

export interface FamilyParts<F extends LateFamily> {
  /** Clients are parts from the beginning; parts of brokers come when they are declared (null). */
  readonly nodes: { [K in KindsOf<F>]: (world: WiringContext, doc: NodeOf<K>) => Part | null }
  /** A broker of this family, with the links that end or begin in its parts and are its own affair. */
  broker(world: WiringContext, doc: BrokerDoc): Part
  /** The outlet of a client that publishes to a node of this family; `broker` is the one that the node is part of. */
  outlet(world: WiringContext, link: LinkDoc, broker: Part | undefined): Outlet
}

const taken = new Map<LateFamily, unknown>()

export function takeParts<F extends LateFamily>(family: F, parts: FamilyParts<F>): void {
  taken.set(family, parts)
}

/** The parts of a family; a world that needs it is built after it was loaded. */
export function partsOf<F extends LateFamily>(family: F): FamilyParts<F> {
  return must(taken.get(family), `the ${family} family, loaded`) as FamilyParts<F>
}
