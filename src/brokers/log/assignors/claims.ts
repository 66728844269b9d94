/**
 * What members of a sticky group claim to own, and which of it counts: of two claims on a partition that of
 * the later generation; two of the same generation annul each other, since one of the two must be wrong
 * (KIP-54 and KIP-341, `AbstractStickyAssignor.allSubscriptionsEqual`).
 */
import { type Assignee, inHashOrder, type Share, shareName } from './assignee.ts'

/** The generation of a member that names none. */
const NO_GENERATION = -1

export interface Claims {
  /** What each member owns by a claim that counts, in the order of its claims. */
  owned: Map<string, Share[]>
  /** Names of partitions that two members of the same generation claim. */
  disputed: Set<string>
  /** Who had a partition in the latest of the generations that are over, by the partition's name. */
  before: Map<string, string>
}

/** Claims are looked at in the order in which Java walks a group; where they contradict each other it shows. */
export function claimsOf(
  partitions: ReadonlyMap<string, number>,
  members: readonly Assignee[],
): Claims {
  const byId = new Map(members.map((member) => [member.id, member]))
  const ordered = inHashOrder([...byId.keys()]).map((id) => byId.get(id) as Assignee)
  const owned = new Map<string, Share[]>(members.map(({ id }) => [id, []]))
  const disputed = new Set<string>()
  const holders = new Map<string, Assignee>()
  const read = new Set(members.flatMap(({ topics }) => topics))
  for (const member of ordered) {
    for (const share of member.owned ?? []) {
      const isThere = share.partition < (partitions.get(share.topic) ?? 0)
      if (!isThere || !read.has(share.topic)) continue
      const name = shareName(share)
      const holder = holders.get(name)
      const ahead = holder ? generationOf(member) - generationOf(holder) : 1
      if (ahead < 0) continue
      if (holder) takeOut(owned.get(holder.id), name)
      if (ahead === 0) disputed.add(name)
      else owned.get(member.id)?.push(share)
      holders.set(name, member)
    }
  }
  return { owned, disputed, before: ownersBefore(ordered) }
}

function generationOf({ generation = NO_GENERATION }: Assignee): number {
  return generation
}

function takeOut(shares: Share[] | undefined, name: string): void {
  const at = shares?.findIndex((share) => shareName(share) === name) ?? -1
  if (at !== -1) shares?.splice(at, 1)
}

function ownersBefore(ordered: readonly Assignee[]): Map<string, string> {
  const present = Math.max(NO_GENERATION, ...ordered.map(generationOf))
  const past = ordered.filter((member) => generationOf(member) < present)
  const latest = new Map<string, Assignee>()
  for (const member of past) {
    for (const share of member.owned ?? []) {
      const known = latest.get(shareName(share))
      if (!known || generationOf(member) > generationOf(known)) latest.set(shareName(share), member)
    }
  }
  return new Map([...latest].map(([name, { id }]) => [name, id]))
}
