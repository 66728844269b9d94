/**
 * Sticky assignment when all members read the same topics: everyone is to have the lower quota, some one
 * more. Owners keep up to their quota, of what they own the lowest numbers; what is free goes to those below
 * it, in the order of their ids (`AbstractStickyAssignor.ConstrainedAssignmentBuilder`).
 */
import {
  type Assignee,
  compareTexts,
  inHashOrder,
  type Share,
  shareName,
  sharesOf,
} from './assignee.ts'
import type { Claims } from './claims.ts'
import type { Assignment } from './sticky.ts'

export function assignEqual(
  partitions: ReadonlyMap<string, number>,
  members: readonly Assignee[],
  { owned, disputed }: Claims,
): Assignment {
  const topics = new Set(members[0]?.topics)
  const all = sharesOf(partitions).filter(({ topic }) => topics.has(topic))
  const shares = new Map<string, Share[]>(members.map(({ id }) => [id, []]))
  const transferring = new Map<string, string>()
  if (members.length === 0) return { shares, transferring }
  const low = Math.floor(all.length / members.length)
  const high = Math.ceil(all.length / members.length)
  const placesAtHigh = all.length % members.length
  let atHigh = 0
  const kept = new Set<string>()
  /** What its owner has too much of. */
  const revoked = new Map<string, string>()
  const below: string[] = []
  const atLow: string[] = []
  for (const id of inHashOrder(members.map((member) => member.id))) {
    const mine = (owned.get(id) ?? [])
      .filter((share) => !disputed.has(shareName(share)))
      .sort(byNumber)
    const mayHaveHigh = mine.length >= high && atHigh < placesAtHigh
    const keeps = mine.slice(0, mayHaveHigh ? high : low)
    for (const share of keeps) kept.add(shareName(share))
    for (const share of mine.slice(keeps.length)) revoked.set(shareName(share), id)
    shares.set(id, keeps)
    if (mine.length < low) below.push(id)
    else if (mayHaveHigh) atHigh++
    else atLow.push(id)
  }
  const line = new Line(below, atHigh < placesAtHigh ? atLow : [])
  for (const share of all) {
    const name = shareName(share)
    if (kept.has(name)) continue
    const id = line.next()
    shares.get(id)?.push(share)
    if ((revoked.get(name) ?? id) !== id || disputed.has(name)) transferring.set(name, id)
    if (shares.get(id)?.length === low) line.reachedLow(id)
  }
  return { shares, transferring }
}

function byNumber(a: Share, b: Share): number {
  return a.partition - b.partition || compareTexts(a.topic, b.topic)
}

/** Those who still get something: first in turn whoever is below the quota, then each at it once. */
class Line {
  private readonly below: string[]
  private readonly atLow: string[]
  private turn = 0

  constructor(below: readonly string[], atLow: readonly string[]) {
    this.below = [...below].sort(compareTexts)
    this.atLow = [...atLow].sort(compareTexts)
  }

  next(): string {
    if (this.below.length === 0) return this.atLow.shift() ?? ''
    if (this.turn >= this.below.length) this.turn = 0
    return this.below[this.turn++] as string
  }

  reachedLow(id: string): void {
    const at = this.below.indexOf(id)
    if (at === -1) return
    this.below.splice(at, 1)
    if (at < this.turn) this.turn--
    this.atLow.push(id)
  }
}
