/**
 * The round-robin assignor: all partitions in one line, dealt like cards to the members in the order of
 * their ids; who does not read a topic is passed over
 * (org.apache.kafka.clients.consumer.RoundRobinAssignor).
 */
import { type Assignee, byInstanceThenId, type Share, sharesOf } from './assignee.ts'

/** Shares of each member, by its id. `partitions` says how many each topic has. */
export function assignRoundRobin(
  partitions: ReadonlyMap<string, number>,
  members: readonly Assignee[],
): Map<string, Share[]> {
  const ordered = [...members].sort(byInstanceThenId)
  const shares = new Map<string, Share[]>()
  for (const { id } of ordered) shares.set(id, [])
  let turn = 0
  for (const share of sharesOf(partitions)) {
    if (!ordered.some(({ topics }) => topics.includes(share.topic))) continue
    while (!ordered[turn]?.topics.includes(share.topic)) turn = (turn + 1) % ordered.length
    shares.get(ordered[turn]?.id ?? '')?.push(share)
    turn = (turn + 1) % ordered.length
  }
  return shares
}
