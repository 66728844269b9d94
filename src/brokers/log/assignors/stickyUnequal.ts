/**
 * Sticky assignment when members read different topics: what few can read is given out first, always to
 * the one that has least; then partitions move until none can go to someone with two fewer.
 */
import { type Assignee, compareTexts, type Share, shareName, sharesOf } from './assignee.ts'
import type { Assignment, Claims } from './sticky.ts'

export function assignUnequal(
  partitions: ReadonlyMap<string, number>,
  members: readonly Assignee[],
  { owned, claimedBy }: Claims,
): Assignment {
  const shares = new Map<string, Share[]>(owned)
  const readers = (share: Share) => members.filter(({ topics }) => topics.includes(share.topic))
  const kept = new Set([...shares.values()].flat().map(shareName))
  const ordered = sharesOf(partitions)
    .map((share) => ({ share, readers: readers(share) }))
    .filter((each) => each.readers.length > 0)
    .sort((a, b) => a.readers.length - b.readers.length)
  const least = (among: readonly Assignee[]) =>
    [...among].sort((a, b) => sizeOf(shares, a) - sizeOf(shares, b) || compareTexts(a.id, b.id))[0]
  for (const { share, readers } of ordered) {
    if (kept.has(shareName(share))) continue
    const to = least(readers)
    if (to) shares.get(to.id)?.push(share)
  }
  for (let moves = true; moves; ) {
    moves = false
    for (const { share, readers } of ordered) {
      const from = readers.find(({ id }) => indexOf(shares, id, share) !== -1)
      const to = least(readers)
      if (!from || !to || sizeOf(shares, from) <= sizeOf(shares, to) + 1) continue
      shares.get(from.id)?.splice(indexOf(shares, from.id, share), 1)
      shares.get(to.id)?.push(share)
      moves = true
    }
  }
  return { shares, transferring: movedFromOthers(shares, claimedBy) }
}

function sizeOf(shares: ReadonlyMap<string, readonly Share[]>, { id }: Assignee): number {
  return shares.get(id)?.length ?? 0
}

function indexOf(shares: ReadonlyMap<string, readonly Share[]>, id: string, share: Share): number {
  const name = shareName(share)
  return shares.get(id)?.findIndex((each) => shareName(each) === name) ?? -1
}

function movedFromOthers(
  shares: ReadonlyMap<string, readonly Share[]>,
  claimedBy: Claims['claimedBy'],
): Map<string, string> {
  const moved = new Map<string, string>()
  for (const [id, list] of shares) {
    for (const share of list) {
      const claimants = claimedBy.get(shareName(share))
      if (claimants && (!claimants.has(id) || claimants.size > 1)) moved.set(shareName(share), id)
    }
  }
  return moved
}
