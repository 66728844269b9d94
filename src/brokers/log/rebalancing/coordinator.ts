/**
 * The coordinator with everything that the plain one leaves out: the other assignors, cooperative
 * rebalancing (KIP-429), static membership (KIP-345) and groups of the server-side protocol
 * (`serverSide.ts`). It is loaded with a scenario whose groups ask for one of these.
 */

import type { Assignee, Share } from '../assignors/assignee.ts'
import { assignRange } from '../assignors/range.ts'
import { assignRoundRobin } from '../assignors/roundRobin.ts'
import { assignCooperative, assignSticky } from '../assignors/sticky.ts'
import type { JoinRequest } from '../coordinator.ts'
import { LOG_ERRORS } from '../errors.ts'
import { LOG_FACTS, REBALANCE } from '../facts.ts'
import type { Group } from '../group.ts'
import type { AssignorName, Member } from '../member.ts'
import type { Subscription } from '../subscription.ts'
import { partsOf, ServerSide } from './serverSide.ts'

const ASSIGNORS: Record<
  AssignorName,
  (
    partitions: ReadonlyMap<string, number>,
    members: readonly Assignee[],
  ) => ReadonlyMap<string, Share[]>
> = {
  range: assignRange,
  roundrobin: assignRoundRobin,
  sticky: (partitions, members) => assignSticky(partitions, members).shares,
  'cooperative-sticky': (partitions, members) => assignCooperative(partitions, members).shares,
}

export class RebalancingCoordinator extends ServerSide {
  override heartbeat(member: Member, generation: number): void {
    super.heartbeat(member, generation)
    if (member.isAlive && isServerSide(member)) this.reconcile(member, false)
  }

  /** A member that keeps what it owns is not out of its generation before it has joined the next one. */
  override standing(member: Member, generation: number): number {
    if (!member.isAlive) return deathOf(member)
    if (!member.isIncremental) return super.standing(member, generation)
    const mustJoin = member.group.phase === 'preparing' && !member.hasJoined
    return mustJoin ? LOG_ERRORS.rebalanceInProgress : LOG_ERRORS.none
  }

  override restart(group: Group, reason: number): void {
    if (!this.isServerSideGroup(group)) super.restart(group, reason)
    else for (const part of group.members) this.revokeAll(this.broker.member(part))
  }

  protected override admit(group: Group, request: JoinRequest): void {
    if (request.protocol === 'share') {
      const member = this.enroll(group, request)
      this.broker.sim.emit(member, LOG_FACTS.joined, -1, -1)
      this.retarget(group, REBALANCE.joined)
      this.tellShared(member)
      return
    }
    const before = this.staticMemberOf(group, request)
    if (before) this.replace(before, group, request)
    else if (request.protocol === 'consumer') {
      const member = this.enroll(group, request)
      this.broker.sim.emit(member, LOG_FACTS.joined, -1, -1)
      this.retarget(group, REBALANCE.joined)
      this.reconcile(member, true)
    } else super.admit(group, request)
  }

  protected override joinAgain(member: Member, request: JoinRequest): void {
    if (!member.isIncremental || !member.isAlive) {
      super.joinAgain(member, request)
      return
    }
    if (member.isSharing) {
      this.tellShared(member)
      return
    }
    // A run whose first join was never answered holds nothing.
    const gaveUp = this.keepOnly(member, request.owned ?? [])
    if (isServerSide(member)) this.reconcile(member, true)
    else this.joinCooperatively(member, gaveUp)
  }

  /** KIP-932: what a member that is gone had acquired is available again at once. */
  protected override revokeAll(member: Member): void {
    if (member.isSharing) this.broker.shares?.releaseAll(member)
    else super.revokeAll(member)
  }

  /** Everyone in a share group reads every partition. */
  private tellShared(member: Member): void {
    const parts = this.broker
      .subscriptionsOf(member.group)
      .filter(({ topic }) => member.definition.topics.includes(topic.node))
      .flatMap(({ progress }) => progress.map(({ node }) => node))
    this.broker.tellAssigned(member, this.rowOf(member, parts))
  }

  protected override goOnWithout(group: Group, reason: number): void {
    if (this.isServerSideGroup(group)) this.retarget(group, reason)
    else super.goOnWithout(group, reason)
  }

  protected override share(
    partitions: ReadonlyMap<string, number>,
    members: readonly Assignee[],
    group: Group,
  ): Map<string, Share[]> {
    return new Map(ASSIGNORS[this.assignorOf(group)](partitions, members))
  }

  /** With what the assignors go by besides the name: what it owns or owned last, its group.instance.id. */
  protected override assignee(member: Member, subscriptions: readonly Subscription[]): Assignee {
    const { instanceId } = member.definition
    return {
      ...super.assignee(member, subscriptions),
      ...(instanceId !== undefined && { instanceId }),
      owned: claimsOf(member, subscriptions),
      generation: member.group.generation,
    }
  }

  /** A new generation. Under the cooperative assignor each is told what it keeps, and what it is to give up. */
  protected override complete(group: Group): void {
    if (this.assignorOf(group) !== 'cooperative-sticky') {
      super.complete(group)
      return
    }
    const { broker } = this
    broker.sim.emit(group, LOG_FACTS.rebalanceCompleted, -1, group.generation + 1)
    const members = group.members.map((part) => broker.member(part))
    const subscriptions = broker.subscriptionsOf(group)
    const shares = this.share(
      new Map(subscriptions.map(({ topic }) => [topic.name, topic.partitions.length])),
      members.map((member) => this.assignee(member, subscriptions)),
      group,
    )
    for (const member of members) {
      this.tell(member, partsOf(subscriptions, shares.get(member.id) ?? []))
    }
  }

  private joinCooperatively(member: Member, gaveUp: boolean): void {
    const { group } = member
    if (group.phase === 'stable') {
      if (!gaveUp && !this.hasToGiveUp(member)) {
        // The answer to its join was lost.
        this.broker.tellAssigned(member, this.assignmentRow(member))
        return
      }
      this.prepare(group, gaveUp ? REBALANCE.givenUp : REBALANCE.joined)
    }
    if (member.hasJoined) return
    this.broker.sim.emit(member, LOG_FACTS.joined, -1, -1)
    this.completeIfReady(group)
  }

  private hasToGiveUp(member: Member): boolean {
    return member.owned.some((part) => this.broker.progressAt(part).isLeaving)
  }

  /** What it does not hold on to any more is free. Returns whether there was anything. */
  private keepOnly(member: Member, claimed: readonly number[]): boolean {
    const given = member.owned.filter((part) => !claimed.includes(part))
    for (const part of given) {
      this.broker.sim.emit(this.broker.progressAt(part), LOG_FACTS.revoked, -1, member.node)
    }
    return given.length > 0
  }

  private staticMemberOf(group: Group, { instanceId }: JoinRequest): Member | undefined {
    if (instanceId === undefined) return undefined
    const members = group.members.map((part) => this.broker.member(part))
    return members.find(({ definition }) => definition.instanceId === instanceId)
  }

  /** KIP-345: whoever comes with the group.instance.id of a member takes its place; nobody else notices. */
  private replace(before: Member, group: Group, request: JoinRequest): void {
    const { broker } = this
    const member = this.enroll(group, request)
    const kept = before.owned.filter((part) => !broker.progressAt(part).isLeaving)
    const isFree = kept.length < before.owned.length
    this.revokeAll(before)
    broker.sim.emit(before, LOG_FACTS.replaced, -1, member.node)
    if (isServerSide(member)) {
      broker.sim.emit(member, LOG_FACTS.joined, -1, -1)
      this.reconcile(member, true)
      return
    }
    const isStable = group.phase === 'stable'
    if (isStable) for (const part of kept) this.assign(broker.progressAt(part), member)
    if (isStable && isFree) this.prepare(group, REBALANCE.givenUp)
    broker.sim.emit(member, LOG_FACTS.joined, -1, -1)
    if (group.phase === 'stable') broker.tellAssigned(member, this.assignmentRow(member))
    else this.completeIfReady(group)
  }

  private assignorOf(group: Group): AssignorName {
    const [first] = group.members
    return (first !== undefined && this.broker.member(first).definition.assignor) || 'range'
  }

  private isServerSideGroup(group: Group): boolean {
    return group.target !== -1
  }
}

function isServerSide({ definition }: Member): boolean {
  return definition.protocol === 'consumer'
}

function deathOf(member: Member): number {
  return member.replacedBy !== -1 ? LOG_ERRORS.fencedInstanceId : LOG_ERRORS.unknownMemberId
}

/** What a member owns; of one that gives up everything as it joins, what it owned last and nobody took since. */
function claimsOf(member: Member, subscriptions: readonly Subscription[]): Share[] {
  return subscriptions.flatMap(({ topic, progress }) =>
    progress
      .filter(({ owner, lastOwner }) => {
        return (owner === -1 && !member.isIncremental ? lastOwner : owner) === member.node
      })
      .map(({ partition }) => ({ topic: topic.name, partition: partition.index })),
  )
}
