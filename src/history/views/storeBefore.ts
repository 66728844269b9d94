/** The event store that a projection or a relay reads from: its lag counts against it. */
import { EventStore } from '../../brokers/eventstore/store.ts'
import type { World } from '../../scenario/world.ts'

/** The store that node `id` is linked from; undefined if there is none. */
export function storeBefore(world: World, id: string): EventStore | undefined {
  for (const link of world.scenario.links) {
    const part = link.to === id ? world.part(link.from) : undefined
    if (part instanceof EventStore) return part
  }
  return undefined
}
