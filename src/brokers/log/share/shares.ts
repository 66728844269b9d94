/**
 * Share groups, the queue-like face of a topic (KIP-932): every member reads every partition, record by
 * record. A record that is handed out is acquired for a time (group.share.record.lock.duration.ms); its
 * member accepts, releases or rejects it; what comes back too often (group.share.delivery.count.limit) is
 * archived. A member may renew the locks of what it works on (KIP-1222). Left out: that a coordinator shares
 * partitions among members, and acquiring whole batches.
 */
import type { IntColumn } from '../../../base/column.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { LogBroker } from '../broker.ts'
import { LOG_FACTS } from '../facts.ts'
import { GROUP_TIMER, type Group } from '../group.ts'
import { MEMBER_TIMER, type Member } from '../member.ts'
import type { Partition } from '../partition.ts'
import type { Progress } from '../progress.ts'
import type { Topic } from '../topic.ts'
import { SHARE_FACTS as FACTS } from './facts.ts'
import { InFlight } from './inFlight.ts'
import type { Answer, Sharing } from './sharing.ts'

/** group.share.record.lock.duration.ms, group.share.delivery.count.limit, group.share.partition.max.record.locks */
export const DEFAULT_LOCK_MS = 30_000
export const DEFAULT_DELIVERY_LIMIT = 5
const IN_FLIGHT_MAX = 200

export class Shares implements Sharing {
  /** Acquisitions so far; of each its progress and its offset. */
  count = 0
  private readonly progresses: IntColumn
  private readonly offsets: IntColumn
  private readonly broker: LogBroker

  constructor(broker: LogBroker) {
    this.broker = broker
    this.progresses = broker.sim.records.ints(broker.node, 'shareProgress')
    this.offsets = broker.sim.records.ints(broker.node, 'shareOffset')
  }

  /** ShareFetch: what there is, at most `max` records, or a wait. */
  poll(member: Member, max: number, waitUs: number): void {
    if (this.serve(member, max)) return
    const { sim } = this.broker
    sim.emit(member, LOG_FACTS.fetchWaits, -1, max)
    sim.after(waitUs, member, MEMBER_TIMER.fetch, member.waits)
  }

  /** Something in a partition can be had: whoever has waited for it is served, in the order of joining. */
  wake(partition: Partition): void {
    for (const { topic, group } of this.broker.subscriptions) {
      if (topic !== partition.topic) continue
      for (const part of [...group.members]) {
        const member = this.broker.member(part)
        if (member.isSharing && member.isWaiting) this.serve(member, member.waitMax)
      }
    }
  }

  /** ShareAcknowledge for one record. */
  answer(member: Member, progress: Progress, offset: number, how: Answer): void {
    const { sim } = this.broker
    const { share, partition } = progress
    const isIts =
      share?.holds(offset) &&
      share.stateAt(offset) === 'acquired' &&
      share.memberAt(offset) === member.node
    const message = partition.messageAt(offset)
    if (!isIts) sim.emit(member, FACTS.answerRefused, message, offset)
    else if (how === 'renew') this.lock(member, progress, offset, FACTS.renewed)
    else if (how === 'release') this.giveBack(progress, offset, FACTS.released, member)
    else sim.emit(progress, how === 'accept' ? FACTS.accepted : FACTS.rejected, message, offset)
  }

  /** The member goes: its records are available again at once; the others are woken when it is gone. */
  releaseAll(member: Member): void {
    for (const progress of this.progressesOf(member)) {
      const { share } = progress
      if (!share) continue
      for (let offset = share.start; offset < share.end; offset++) {
        if (share.stateAt(offset) === 'acquired' && share.memberAt(offset) === member.node) {
          this.giveBack(progress, offset, FACTS.released, member, false)
        }
      }
    }
  }

  /** The timer of an acquisition. */
  lockDue(group: Group, acquisition: number): void {
    const progress = this.broker.progressAt(this.progresses.get(acquisition))
    const offset = this.offsets.get(acquisition)
    const { share } = progress
    if (!share?.holds(offset) || share.stateAt(offset) !== 'acquired') return
    if (share.acquisitionAt(offset) !== acquisition) return
    const [first] = group.members
    const member = this.broker.member(share.memberAt(offset))
    const terms = first === undefined ? member : this.broker.member(first)
    this.giveBack(progress, offset, FACTS.lockTimedOut, terms)
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
  }

  /** Available again, or archived if it was delivered too often. */
  private giveBack(
    progress: Progress,
    offset: number,
    kind: number,
    { definition }: Member,
    wakes = true,
  ): void {
    const { share, partition } = progress
    if (!share) return
    const { sim } = this.broker
    const message = partition.messageAt(offset)
    sim.emit(progress, kind, message, offset)
    const limit = definition.deliveryLimit ?? DEFAULT_DELIVERY_LIMIT
    if (share.countAt(offset) >= limit) sim.emit(progress, FACTS.archived, message, offset)
    else if (wakes) this.wake(partition)
  }

  /** Acquires what there is, the lowest offsets first, one topic only. Returns whether there was anything. */
  private serve(member: Member, max: number): boolean {
    const { broker } = this
    const batch = broker.segments.count
    let topic: Topic | null = null
    let message = -1
    let left = max
    for (const progress of this.inTurn(member)) {
      if (topic !== null && topic !== progress.partition.topic) continue
      for (const offset of this.availableIn(progress, member, left)) {
        const first = progress.partition.messageAt(offset)
        if (topic === null) message = first
        topic = progress.partition.topic
        left--
        this.acquire(member, progress, offset, batch)
      }
      if (left === 0) break
    }
    if (topic === null) return false
    broker.tellBatch(member, topic, message, batch, max - left)
    return true
  }

  private acquire(member: Member, progress: Progress, offset: number, batch: number): void {
    this.broker.segments.book(progress.node, offset, 1, batch)
    this.lock(member, progress, offset, FACTS.acquired)
  }

  /** The lock of an acquisition begins, or begins anew as another one: the timer before is of no consequence. */
  private lock(member: Member, progress: Progress, offset: number, kind: number): void {
    const { sim } = this.broker
    this.progresses.put(this.count, progress.node)
    this.offsets.put(this.count, offset)
    const lockUs = (member.definition.lockMs ?? DEFAULT_LOCK_MS) * 1000
    sim.after(lockUs, member.group, GROUP_TIMER.lock, this.count)
    sim.emit(member, kind, progress.partition.messageAt(offset), this.count)
  }

  /** Offsets that can be acquired now: what came back, and what was never handed out. */
  private availableIn(progress: Progress, member: Member, most: number): number[] {
    const share = this.begun(progress, member)
    const { partition } = progress
    const end = Math.min(
      partition.readEnd(member.definition.isolation === 'read_committed'),
      share.start + IN_FLIGHT_MAX,
    )
    const found: number[] = []
    for (let offset = Math.max(share.start, partition.start); offset < end; offset++) {
      if (found.length === most) break
      const isFree = !share.holds(offset) || share.stateAt(offset) === 'available'
      if (isFree && partition.isReadable(offset, false)) found.push(offset)
    }
    return found
  }

  /** share.auto.offset.reset, when nobody has read the partition yet. */
  private begun(progress: Progress, { definition }: Member): InFlight {
    const { start, end } = progress.partition
    if (progress.share) return progress.share
    const from = definition.offsetReset === 'earliest' ? start : end
    this.broker.sim.emit(progress, FACTS.started, -1, from)
    return progress.share ?? new InFlight(from)
  }

  /** Its partitions, beginning after the one that gave last. */
  private inTurn(member: Member): Progress[] {
    const all = this.progressesOf(member)
    const turn = this.count % Math.max(1, all.length)
    return [...all.slice(turn), ...all.slice(0, turn)]
  }

  private progressesOf({ group, definition }: Member): Progress[] {
    return this.broker
      .subscriptionsOf(group)
      .filter(({ topic }) => definition.topics.includes(topic.node))
      .flatMap(({ progress }) => progress)
  }

  applyRenewed(acquisition: number): void {
    this.count = acquisition + 1
    const progress = this.broker.progressAt(this.progresses.get(acquisition))
    progress.share?.renew(this.offsets.get(acquisition), acquisition)
  }

  /** An acquisition is a fact about the member. Called while it is applied. */
  applyAcquired(member: Member, acquisition: number): void {
    this.count = acquisition + 1
    const offset = this.offsets.get(acquisition)
    const progress = this.broker.progressAt(this.progresses.get(acquisition))
    progress.share?.acquire(offset, member.node, acquisition)
    this.broker.segments.count++
  }
}
