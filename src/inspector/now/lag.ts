/** How far a group is behind in a partition, as `kafka-consumer-groups` counts it. */
import type { GroupState, PartitionState } from '../../history/frame.ts'

/** From the committed offset to the end; from the start where nothing that is still there is committed. */
export function lagOf(
  place: Pick<GroupState['partitions'][number], 'committed'>,
  partition: PartitionState | undefined,
): number {
  if (partition === undefined) return 0
  return Math.max(0, partition.end - Math.max(partition.start, place.committed))
}
