/**
 * The sticky assignors: as balanced as subscriptions allow, and everyone keeps what it owns where that is
 * possible (KIP-54, org.apache.kafka.clients.consumer.StickyAssignor). The cooperative one (KIP-429) takes
 * a partition away in one rebalance and gives it in the next, so that it never has two owners.
 * Left out: racks (KIP-881).
 */
import { type Assignee, type Share, shareName } from './assignee.ts'
import { claimsOf } from './claims.ts'
import { assignEqual } from './stickyEqual.ts'
import { UnequalGroup } from './stickyUnequal.ts'

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
  if (isEqual) return assignEqual(partitions, members, claims)
  const shares = new UnequalGroup(partitions, members, claims).assign()
  return { shares, transferring: movedFromOthers(shares, members) }
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

function hasSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((topic) => b.includes(topic))
}

/** What someone gets that did not claim it, while another one did (`CooperativeStickyAssignor`). */
function movedFromOthers(
  shares: ReadonlyMap<string, readonly Share[]>,
  members: readonly Assignee[],
): Map<string, string> {
  const claimed = new Map(members.map(({ id, owned = [] }) => [id, new Set(owned.map(shareName))]))
  const moved = new Map<string, string>()
  for (const [id, list] of shares) {
    for (const name of list.map(shareName)) {
      const isOwn = claimed.get(id)?.has(name)
      if (!isOwn && [...claimed.values()].some((names) => names.has(name))) moved.set(name, id)
    }
  }
  return moved
}
