/**
 * How far a group is behind in a partition, as `kafka-consumer-groups` counts it: from the committed offset to
 * the high watermark. So control records, holes of compaction and what retention has deleted count too.
 */
export function lagIn(
  committed: number,
  start: number,
  end: number,
  highWatermark: number | undefined,
): number {
  // Without a leader nobody says how far the log is committed.
  const to = highWatermark === undefined || highWatermark < 0 ? end : highWatermark
  // The tool shows no lag where nothing is committed; what is there to read says more.
  return Math.max(0, to - (committed < 0 ? start : committed))
}
