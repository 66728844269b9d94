/**
 * The range assignor, Kafka's default: topic by topic, the members that read it in the order of their
 * ids each get a run of neighbouring partitions, the first ones one more if it does not divide evenly
 * (org.apache.kafka.clients.consumer.RangeAssignor). Left out: racks (KIP-881).
 */
import { type Assignee, byInstanceThenId, type Share } from './assignee.ts'

/** Shares of each member, by its id. `partitions` says how many each topic has. */
export function assignRange(
  partitions: ReadonlyMap<string, number>,
  members: readonly Assignee[],
): Map<string, Share[]> {
  const shares = new Map<string, Share[]>()
  const ordered = [...members].sort(byInstanceThenId)
  for (const member of ordered) shares.set(member.id, [])
  for (const [topic, count] of partitions) {
    const readers = ordered.filter((member) => member.topics.includes(topic))
    const each = Math.floor(count / readers.length)
    const extra = count % readers.length
    let next = 0
    readers.forEach((reader, at) => {
      const end = next + each + (at < extra ? 1 : 0)
      for (; next < end; next++) shares.get(reader.id)?.push({ topic, partition: next })
    })
  }
  return shares
}
