/** The event store that a projection or a relay reads from: its lag counts against it. */
import { EventStore } from '../../brokers/eventstore/store.ts'
import type { World } from '../../scenario/world.ts'

/** Where a reader stands in the store that it reads: what it is subscribed to, what it has seen of all, and what is to come. */
export function placeOf(
  world: World,
  id: string,
  position: number,
): { source: string; reached: number; lag: number } {
  const store = storeBefore(world, id)
  const doc = world.scenario.nodes.find((node) => node.id === id)
  const { source: name = '' } = doc && 'source' in doc ? doc : {}
  if (!store) return { source: name, reached: 0, lag: -position }
  const source = store.source(name)
  return { source: name, reached: source.reached(position), lag: source.behind(position) }
}

/** The store that node `id` is linked from; undefined if there is none. */
function storeBefore(world: World, id: string): EventStore | undefined {
  for (const link of world.scenario.links) {
    const part = link.to === id ? world.part(link.from) : undefined
    if (part instanceof EventStore) return part
  }
  return undefined
}
