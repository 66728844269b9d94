/** What a family adds to the numbers of a run: one class that looks at each fact once. */
import type { World } from '../../../scenario/world.ts'
import type { NodeMeter } from '../nodeMeter.ts'

/** Counts and times for the meters of the nodes. A fact is counted after it was applied to the world. */
export interface Counter {
  count(timeUs: number, kind: number, part: number, message: number, aux: number): void
}

/** What a counter works with: a world that stands right after the fact, and a meter for each node. */
export interface CounterContext {
  readonly world: World
  /** In the order of the scenario's nodes: the part of a node is its place. */
  readonly meters: readonly NodeMeter[]
}
