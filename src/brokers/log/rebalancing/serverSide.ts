/**
 * The newer group protocol (KIP-848): the coordinator decides who is to have what, and brings each member
 * there by the answers to its heartbeats, one by one. Nobody waits for the others: a member first gives up
 * what is not to be its own any more, and only then does another one get it. The assignor stands for
 * Kafka's `uniform` one. Left out: regular expressions, racks, moving a group from one protocol to the other.
 */

import type { Share } from '../assignors/assignee.ts'
import { assignSticky } from '../assignors/sticky.ts'
import { Coordinator, progressOf } from '../coordinator.ts'
import { LOG_FACTS } from '../facts.ts'
import type { Group, Target } from '../group.ts'
import type { Member } from '../member.ts'
import type { Subscription } from '../subscription.ts'

export abstract class ServerSide extends Coordinator {
  /** The group's epoch is raised: the target is worked out anew from what members have. */
  protected retarget(group: Group, reason: number): void {
    const { broker } = this
    const subscriptions = broker.subscriptionsOf(group)
    const members = group.members.map((part) => broker.member(part))
    const [first] = members
    const before = group.target === -1 ? null : broker.sim.records.rowAt<Target>(group.target)
    if (first?.isSharing || before?.isShare) {
      const shared: Target = { reason, progress: [], members: [], isShare: true }
      broker.sim.emit(group, LOG_FACTS.retargeted, -1, broker.sim.records.row(shared))
      for (const { topic } of subscriptions) {
        for (const partition of topic.partitions) broker.shares?.wake(partition)
      }
      return
    }
    const { shares } = assignSticky(
      new Map(subscriptions.map(({ topic }) => [topic.name, topic.partitions.length])),
      members.map((member) => this.assignee(member, subscriptions)),
    )
    const target: Target = { reason, progress: [], members: [] }
    for (const member of members) {
      for (const part of partsOf(subscriptions, shares.get(member.id) ?? [])) {
        target.progress.push(part)
        target.members.push(member.node)
      }
    }
    broker.sim.emit(group, LOG_FACTS.retargeted, -1, broker.sim.records.row(target))
  }

  /** Brings a member one step nearer to the target; `always` if it waits for an answer. */
  protected reconcile(member: Member, always: boolean): void {
    const { broker } = this
    const { progress, members } = broker.sim.records.rowAt<Target>(member.group.target)
    const wanted = progress.filter((_, i) => this.presentOf(members[i] as number) === member.node)
    const isGivingUp = member.owned.some((part) => !wanted.includes(part))
    const target = isGivingUp ? wanted.filter((part) => member.owned.includes(part)) : wanted
    this.tell(member, target, always)
  }

  /**
   * Tells a member what it has from now on: what it keeps and what is free. What it is to give up stays
   * its own until it says that it let go.
   */
  protected tell(member: Member, target: readonly number[], always = true): void {
    const { broker } = this
    const kept: number[] = []
    let hasChanged = always
    for (const part of member.owned) {
      const progress = broker.progressAt(part)
      if (target.includes(part) && !progress.isLeaving) kept.push(part)
      else if (!progress.isLeaving) {
        broker.sim.emit(progress, LOG_FACTS.revocationAsked, -1, member.node)
        hasChanged = true
      }
    }
    const fresh = target.filter((part) => broker.progressAt(part).owner === -1)
    for (const part of fresh) this.assign(broker.progressAt(part), member)
    if (hasChanged || fresh.length > 0) {
      const row = this.rowOf(member, [...kept, ...fresh], fresh)
      broker.tellAssigned(member, row)
    }
  }

  /** The member that has the place of a static one by now. */
  private presentOf(part: number): number {
    const { replacedBy } = this.broker.member(part)
    return replacedBy === -1 ? part : this.presentOf(replacedBy)
  }
}

/** Parts of the progresses in some partitions. */
export function partsOf(
  subscriptions: readonly Subscription[],
  shares: readonly Share[],
): number[] {
  return shares.flatMap((share) => progressOf(subscriptions, share)?.node ?? [])
}
