/**
 * Reading: a poll is answered with what there is, or waits for the first record that comes (long
 * polling: fetch.min.bytes is 1, the wait is fetch.max.wait.ms). Kafka's consumer fetches ahead and
 * hands out max.poll.records at a poll; here both are one step, and only the members of a group read.
 */
import type { Simulation } from '../../engine/simulation.ts'
import { LOG_FACTS } from './facts.ts'
import { MEMBER_TIMER, type Member } from './member.ts'
import type { Partition } from './partition.ts'
import type { Progress } from './progress.ts'
import type { Segments } from './segments.ts'
import type { Subscription } from './subscription.ts'
import type { Topic } from './topic.ts'

/** What the fetcher asks of its broker. */
export interface FetcherContext {
  readonly sim: Simulation
  readonly segments: Segments
  readonly subscriptions: readonly Subscription[]
  member(part: number): Member
  progressAt(part: number): Progress
  resetPosition(progress: Progress, member: Member): void
  /** Puts a batch on its way: `count` records in the segments from `first` on. */
  tellBatch(
    member: Member,
    topic: Topic | null,
    message: number,
    first: number,
    count: number,
  ): void
}

export class Fetcher {
  private readonly broker: FetcherContext

  constructor(broker: FetcherContext) {
    this.broker = broker
  }

  /** A poll for at most `max` records. `lastBatch` names the last batch that arrived, -1 for none. */
  poll(member: Member, lastBatch: number, max: number, waitUs: number): void {
    const { sim } = this.broker
    if (member.lastBatch !== lastBatch) this.readAgain(member)
    if (this.serve(member, max)) return
    sim.emit(member, LOG_FACTS.fetchWaits, -1, max)
    sim.after(waitUs, member, MEMBER_TIMER.fetch, member.waits)
  }

  /** A record came: whoever waits for it is served. */
  wake(partition: Partition): void {
    const { subscriptions } = this.broker
    for (let i = 0; i < subscriptions.length; i++) {
      const subscription = subscriptions[i] as Subscription
      if (subscription.topic !== partition.topic) continue
      const { owner } = subscription.progress[partition.index] as Progress
      if (owner === -1) continue
      const member = this.broker.member(owner)
      if (member.isWaiting) this.serve(member, member.waitMax)
    }
  }

  /** The timer of a poll that waits. */
  endWait(member: Member, wait: number): void {
    if (!member.isWaiting || member.waits !== wait) return
    this.broker.sim.emit(member, LOG_FACTS.fetchEnded, -1, -1)
    this.broker.tellBatch(member, null, -1, -1, 0)
  }

  /**
   * Sends what there is, beginning after the partition that gave last (as fetch sessions rotate), from
   * one topic only: each topic has a link of its own. Returns whether there was anything.
   */
  private serve(member: Member, max: number): boolean {
    const { broker } = this
    const { owned, turn } = member
    const batch = broker.segments.count
    let topic: Topic | null = null
    let message = -1
    let left = max
    for (let i = 0; i < owned.length && left > 0; i++) {
      const progress = broker.progressAt(owned[(turn + i) % owned.length] as number)
      const { partition } = progress
      if (topic !== null && topic !== partition.topic) continue
      // UNSTABLE_OFFSET_COMMIT (KIP-447): a transaction that is open is to move the group's offset.
      if (progress.pending !== -1) continue
      // OFFSET_OUT_OF_RANGE: what it would read next was deleted, or lost in an unclean election.
      const isOut = progress.position < partition.start || progress.position > partition.end
      if (isOut) broker.resetPosition(progress, member)
      // auto.offset.reset is none, and there is no offset to read from.
      if (progress.position < partition.start || progress.position > partition.end) continue
      const committedOnly = member.definition.isolation === 'read_committed'
      const end = partition.readEnd(committedOnly)
      this.passOver(progress, end, committedOnly)
      const from = progress.position
      const count = Math.min(left, readableEnd(partition, from, end, committedOnly) - from)
      if (count <= 0) continue
      const first = partition.messageAt(from)
      if (topic === null) message = first
      topic = partition.topic
      left -= count
      broker.segments.book(progress.node, from, count, batch)
      broker.sim.emit(member, LOG_FACTS.fetched, first, broker.segments.count)
    }
    if (topic === null) return false
    broker.tellBatch(member, topic, message, batch, max - left)
    return true
  }

  /** Control records, what was compacted away and aborted records are no reader's: it goes on after them. */
  private passOver(progress: Progress, end: number, committedOnly: boolean): void {
    const { partition, position } = progress
    let to = position
    while (to < end && !partition.isReadable(to, committedOnly)) to++
    if (to > position) this.broker.sim.emit(progress, LOG_FACTS.passedOver, -1, to)
  }

  /** The last batch never arrived: a real client would ask with its own, older position. */
  private readAgain(member: Member): void {
    const { segments, sim } = this.broker
    const batch = member.lastBatch
    for (let at = batch; at !== -1 && at < segments.count && segments.firstOf(at) === batch; at++) {
      const progress = this.broker.progressAt(segments.progressOf(at))
      const from = segments.fromOf(at)
      const isUntouched = progress.position === from + segments.lengthOf(at)
      if (progress.owner === member.node && isUntouched) {
        sim.emit(progress, LOG_FACTS.refetched, -1, from)
      }
    }
  }
}

/** Where the run of readable records ends that begins at `from`: a batch has one run of each partition. */
function readableEnd(
  partition: Partition,
  from: number,
  end: number,
  committedOnly: boolean,
): number {
  if (partition.keeping === null) return end
  let to = from
  while (to < end && partition.isReadable(to, committedOnly)) to++
  return to
}
