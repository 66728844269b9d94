/** How far a group is behind in a partition, as `kafka-consumer-groups` counts it. */
import type { GroupState, PartitionState } from '../../history/frame.ts'

/** From the committed offset to the end; where nothing is committed, from the position, else from the start. */
export function lagOf(
  place: GroupState['partitions'][number],
  partition: PartitionState | undefined,
): number {
  if (partition === undefined) return 0
  const from =
    place.committed >= 0 ? place.committed : place.position >= 0 ? place.position : partition.start
  return Math.max(0, partition.end - Math.max(from, partition.start))
}
