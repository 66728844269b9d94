/**
 * The sticky assignors: as balanced as subscriptions allow, and everyone keeps what it owns where that is
 * possible (KIP-54, org.apache.kafka.clients.consumer.StickyAssignor). The cooperative one (KIP-429) takes
 * a partition away in one rebalance and gives it in the next, so that it never has two owners.
 * Left out: racks (KIP-881).
 */
import { type Assignee, type Share, shareName } from './assignee.ts'
import { assignEqual } from './stickyEqual.ts'
import { assignUnequal } from './stickyUnequal.ts'

export interface Assignment {
  shares: Map<string, Share[]>
  /** Partitions that change hands: name and new owner. */
  transferring: Map<string, string>
}

/** The eager one: everyone gives up everything first, so nothing has to be withheld. */
export function assignSticky(
  partitions: ReadonlyMap<string, number>,
  members: readonly Assignee[],
): Assignment {
  const claims = claimsOf(partitions, members)
  const [first] = members
  const isEqual = members.every(({ topics }) => hasSame(topics, first?.topics ?? []))
  return isEqual
    ? assignEqual(partitions, members, claims)
    : assignUnequal(partitions, members, claims)
}

/** The cooperative one: what changes hands is given to nobody yet. */
export function assignCooperative(
  partitions: ReadonlyMap<string, number>,
  members: readonly Assignee[],
): Assignment {
  const { shares, transferring } = assignSticky(partitions, members)
  for (const [id, list] of shares) {
    shares.set(
      id,
      list.filter((share) => transferring.get(shareName(share)) !== id),
    )
  }
  return { shares, transferring }
}

export interface Claims {
  /** What each member owns that nobody else claims with as much right. */
  owned: Map<string, Share[]>
  /** Names of partitions that two members of the same generation claim. */
  disputed: Set<string>
  /** Who claimed a partition, whether the claim holds or not. */
  claimedBy: Map<string, Set<string>>
}

/** A claim holds if it is of the highest generation that claims the partition, and the topic is still read. */
function claimsOf(partitions: ReadonlyMap<string, number>, members: readonly Assignee[]): Claims {
  const best = new Map<string, { id: string; generation: number; share: Share }>()
  const disputed = new Set<string>()
  const claimedBy = new Map<string, Set<string>>()
  for (const { id, topics, owned = [], generation = -1 } of members) {
    for (const share of owned) {
      if (share.partition >= (partitions.get(share.topic) ?? 0)) continue
      const name = shareName(share)
      claimedBy.set(name, (claimedBy.get(name) ?? new Set<string>()).add(id))
      if (!topics.includes(share.topic)) continue
      const known = best.get(name)
      if (known && known.generation > generation) continue
      if (known?.generation === generation) disputed.add(name)
      else {
        disputed.delete(name)
        best.set(name, { id, generation, share })
      }
    }
  }
  const owned = new Map<string, Share[]>(members.map(({ id }) => [id, []]))
  for (const { id, owned: claimed = [] } of members) {
    for (const share of claimed) {
      const name = shareName(share)
      if (best.get(name)?.id === id && !disputed.has(name)) owned.get(id)?.push(share)
    }
  }
  return { owned, disputed, claimedBy }
}

function hasSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((topic) => b.includes(topic))
}
