/** Which partition each key of a topic goes to, and went to before partitions were added. */
import { partitionOfKey } from '../../brokers/log/partitioner.ts'
import type { Topic } from '../../brokers/log/topic.ts'
import type { World } from '../../scenario/world.ts'
import type { KeyPlace } from '../kept.ts'
import { hueOfKey } from '../looks.ts'

const KEYS_LISTED = 24

/** The keys that producers of this topic use, and those that it has. */
export function keyPlaces(world: World, id: string, topic: Topic): KeyPlace[] {
  const { nodes, links } = world.scenario
  const keys = new Set<string>()
  for (const node of nodes) {
    const isHere = links.some(({ from, to }) => from === node.id && to === id)
    if (node.kind === 'producer' && isHere && node.keys && node.keys.kind !== 'none') {
      for (const key of node.keys.of) keys.add(key)
    }
  }
  const now = topic.partitions.length
  const then = topic.partitionsBefore
  return [...keys].slice(0, KEYS_LISTED).map((key) => ({
    key,
    partition: partitionOfKey(key, now),
    before: then === now ? null : partitionOfKey(key, then),
    hue: hueOfKey(key),
  }))
}
