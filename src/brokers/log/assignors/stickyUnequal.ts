/**
 * Sticky assignment when members read different topics (`AbstractStickyAssignor.GeneralAssignmentBuilder`):
 * everyone keeps what it owns and still reads; what is free goes to whoever has least, topics with few readers
 * first; then partitions move, one at a time, until none can go to someone with two fewer. If that did not
 * make the group more even, it is undone.
 */
import {
  type Assignee,
  compareTexts,
  inHashOrder,
  type Share,
  shareHash,
  shareName,
} from './assignee.ts'
import type { Claims } from './claims.ts'

/** A partition that went from one member to another in the present assignment. */
interface Move {
  share: Share
  from: string
  to: string
}

export class UnequalGroup {
  private readonly readers = new Map<string, string[]>()
  /** Partitions that someone reads; topics with few readers first. */
  private readonly all: Share[]
  private shares: Map<string, Share[]>
  private owners = new Map<string, string>()
  private readonly moves = new Map<string, Move>()
  private readonly before: ReadonlyMap<string, string>
  private readonly partitions: ReadonlyMap<string, number>
  private readonly members: readonly Assignee[]
  /** Someone owned what it no longer reads. */
  private hadToGiveUp = false

  constructor(
    partitions: ReadonlyMap<string, number>,
    members: readonly Assignee[],
    { owned, before }: Claims,
  ) {
    this.partitions = partitions
    this.members = members
    this.before = before
    for (const { id, topics } of members) {
      for (const topic of topics) {
        const readers = this.readers.get(topic)
        if (readers) readers.push(id)
        else this.readers.set(topic, [id])
      }
    }
    this.all = this.sharesByReaders()
    this.shares = new Map(members.map((member) => [member.id, this.kept(member, owned)]))
  }

  assign(): Map<string, Share[]> {
    const wasEmpty = this.owners.size === 0
    const free = this.all.filter((share) => !this.owners.has(shareName(share)))
    for (const share of free) this.give(share, this.leastOf(share.topic))
    const isOpen = ({ topic }: Share) => this.readersOf(topic).length > 1
    const active = this.members.filter((member) => this.mayChange(member))
    const before = this.copy()
    if (!this.hadToGiveUp) this.even(free.filter(isOpen), active)
    const hasMoved = this.even(this.all.filter(isOpen), active)
    const isNoBetter = unevenness(this.shares, active) >= unevenness(before, active)
    if (!wasEmpty && hasMoved && isNoBetter) this.shares = before
    return this.shares
  }

  private readersOf(topic: string): readonly string[] {
    return this.readers.get(topic) ?? []
  }

  private sharesByReaders(): Share[] {
    const topics = [...this.partitions.keys()].filter((topic) => this.readers.has(topic))
    topics.sort((a, b) => {
      return this.readersOf(a).length - this.readersOf(b).length || compareTexts(a, b)
    })
    return topics.flatMap((topic) =>
      Array.from({ length: this.partitions.get(topic) ?? 0 }, (_, partition) => ({
        topic,
        partition,
      })),
    )
  }

  private kept({ id, topics }: Assignee, owned: Claims['owned']): Share[] {
    const mine = owned.get(id) ?? []
    const kept = mine.filter(({ topic }) => topics.includes(topic))
    if (kept.length < mine.length) this.hadToGiveUp = true
    for (const share of kept) this.owners.set(shareName(share), id)
    return kept
  }

  private size(id: string): number {
    return this.shares.get(id)?.length ?? 0
  }

  /** The reader of a topic that has least, the first one by its id. */
  private leastOf(topic: string): string {
    const [first, ...others] = this.readersOf(topic)
    return others.reduce((least, id) => {
      const by = this.size(id) - this.size(least) || compareTexts(id, least)
      return by < 0 ? id : least
    }, first ?? '')
  }

  private give(share: Share, id: string): void {
    this.shares.get(id)?.push(share)
    this.owners.set(shareName(share), id)
  }

  private copy(): Map<string, Share[]> {
    return new Map([...this.shares].map(([id, list]) => [id, [...list]]))
  }

  /** Whether a member could get more, or others could take something of it. */
  private mayChange({ id, topics }: Assignee): boolean {
    const most = topics.reduce((sum, topic) => sum + (this.partitions.get(topic) ?? 0), 0)
    const shared = ({ topic }: Share) => this.readersOf(topic).length > 1
    return this.size(id) < most || (this.shares.get(id)?.some(shared) ?? false)
  }

  /** Moves partitions for as long as that makes the group more even. Returns whether any has moved. */
  private even(shares: readonly Share[], active: readonly Assignee[]): boolean {
    let hasMoved = false
    for (let moves = true; moves; ) {
      moves = false
      for (const share of shares) {
        if (this.isEven(active)) break
        const to = this.betterOwner(share)
        if (to === null) continue
        this.move(this.movedInstead(share, to), to)
        moves = true
      }
      hasMoved ||= moves
    }
    return hasMoved
  }

  private isEven(active: readonly Assignee[]): boolean {
    const sizes = active.map(({ id }) => this.size(id))
    if (Math.max(...sizes) - Math.min(...sizes) <= 1) return true
    return active.every(({ id, topics }) =>
      this.members.every((other) => {
        if (this.size(other.id) <= this.size(id) + 1) return true
        return !this.shares.get(other.id)?.some(({ topic }) => topics.includes(topic))
      }),
    )
  }

  /** Who is to have a partition instead of its owner: the one that had it before, or whoever has least. */
  private betterOwner(share: Share): string | null {
    const size = this.size(this.owners.get(shareName(share)) ?? '')
    const before = this.before.get(shareName(share))
    if (before !== undefined && this.readersOf(share.topic).includes(before)) {
      if (size > this.size(before) + 1) return before
    }
    const least = this.leastOf(share.topic)
    return size > this.size(least) + 1 ? least : null
  }

  /** If another partition of the topic came the opposite way it goes back in this one's place. */
  private movedInstead(share: Share, to: string): Share {
    const name = shareName(share)
    const from = this.moves.get(name)?.from ?? this.owners.get(name)
    const back = [...this.moves.values()].filter(
      (move) => move.share.topic === share.topic && move.from === to && move.to === from,
    )
    const [first] = inHashOrder(back, (move) => shareHash(move.share))
    return first?.share ?? share
  }

  private move(share: Share, to: string): void {
    const name = shareName(share)
    const owner = this.owners.get(name) ?? ''
    const list = this.shares.get(owner) ?? []
    list.splice(
      list.findIndex((each) => shareName(each) === name),
      1,
    )
    this.give(share, to)
    const from = this.moves.get(name)?.from ?? owner
    if (from === to) this.moves.delete(name)
    else this.moves.set(name, { share, from, to })
  }
}

/** The sum of the differences in size between any two members. */
function unevenness(
  shares: ReadonlyMap<string, readonly Share[]>,
  among: readonly Assignee[],
): number {
  const sizes = among.map(({ id }) => shares.get(id)?.length ?? 0)
  let sum = 0
  sizes.forEach((a, i) => {
    for (const b of sizes.slice(i + 1)) sum += Math.abs(a - b)
  })
  return sum
}
