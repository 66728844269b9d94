/**
 * Membership: joining, signs of life, leaving, expulsion and rebalancing, as the group coordinator of
 * the classic protocol does it (eager: everyone gives up everything, then all is given out anew).
 * It decides; the state is in groups, members and progresses. JoinGroup and SyncGroup are one exchange:
 * the assignor runs here instead of in the group's leader. Other assignors, static membership, cooperative
 * rebalancing and the server-side protocol are in `rebalancing/`, which is loaded with a scenario that has them.
 */
import type { Simulation } from '../../engine/simulation.ts'
import type { Assignee, Share } from './assignors/assignee.ts'
import { assignRange } from './assignors/range.ts'
import { LOG_ERRORS } from './errors.ts'
import { EXPELLED, LOG_FACTS, REBALANCE } from './facts.ts'
import { GROUP_TIMER, type Group } from './group.ts'
import { MEMBER_TIMER, type Member, type MemberRow, type MemberTerms } from './member.ts'
import type { Progress } from './progress.ts'
import type { Sharing } from './share/sharing.ts'
import type { Subscription } from './subscription.ts'
import type { Topic } from './topic.ts'

/** JoinGroup. */
export interface JoinRequest extends MemberTerms {
  group: string
  topics: readonly Topic[]
  /** Parts of the progresses that it holds on to, if it joins again without giving up everything. */
  owned?: readonly number[]
}

/** Row that tells a member what is its own. */
export interface Assignment {
  generation: number
  member: number
  /** Parts of the progresses, and the position to read each from. */
  progress: number[]
  positions: number[]
  /** If it keeps the others: those of its progresses that begin now. */
  fresh?: number[]
}

/** What the coordinator asks of its broker. */
export interface CoordinatorContext {
  readonly sim: Simulation
  readonly shares: Sharing | null
  /** group.initial.rebalance.delay.ms */
  readonly gatherUs: number
  member(part: number): Member
  memberOf(client: string): Member | undefined
  progressAt(part: number): Progress
  subscriptionsOf(group: Group): Subscription[]
  ensureGroup(name: string): Group
  ensureSubscription(group: Group, topic: Topic): Subscription
  addMember(row: MemberRow): Member
  /** Puts an answer on its way to the member. */
  tellAssigned(member: Member, assignmentRow: number): void
  tellRefused(member: Member, code: number): void
}

export class Coordinator {
  protected readonly broker: CoordinatorContext

  constructor(broker: CoordinatorContext) {
    this.broker = broker
  }

  /** A client wants to be in the next generation. Its answer is the assignment, when all have joined. */
  join(request: JoinRequest): void {
    const { broker } = this
    const group = broker.ensureGroup(request.group)
    for (const topic of request.topics) broker.ensureSubscription(group, topic)
    const known = broker.memberOf(request.client)
    if (known?.group === group && known.definition.incarnation === request.incarnation) {
      this.joinAgain(known, request)
      return
    }
    this.admit(group, request)
  }

  /** A client that is not in the group, or begins anew. */
  protected admit(group: Group, request: JoinRequest): void {
    if (group.phase === 'empty') this.prepare(group, REBALANCE.firstMember)
    else if (group.phase === 'stable') this.prepare(group, REBALANCE.joined)
    this.broker.sim.emit(this.enroll(group, request), LOG_FACTS.joined, -1, -1)
    this.completeIfReady(group)
  }

  /** A new member, and the timer of its session. */
  protected enroll(group: Group, request: JoinRequest): Member {
    const { group: _name, owned: _owned, client, incarnation, topics, ...terms } = request
    const member = this.broker.addMember({
      part: this.broker.sim.nextNode(),
      group: group.node,
      client,
      incarnation,
      topics: topics.map((topic) => topic.node),
      ...terms,
    })
    this.broker.sim.after(request.sessionTimeoutUs, member, MEMBER_TIMER.session)
    return member
  }

  /** A sign of life; the answer says whether it has to join again. */
  heartbeat(member: Member, generation: number): void {
    const code = this.standing(member, generation)
    if (code !== LOG_ERRORS.unknownMemberId) {
      this.broker.sim.emit(member, LOG_FACTS.heartbeat, -1, -1)
    }
    if (code !== LOG_ERRORS.none) this.broker.tellRefused(member, code)
  }

  /** How a request with this generation stands with the group; 0 if well. */
  standing(member: Member, generation: number): number {
    if (!member.isAlive) return LOG_ERRORS.unknownMemberId
    if (generation !== member.group.generation) return LOG_ERRORS.illegalGeneration
    if (member.group.phase === 'preparing') return LOG_ERRORS.rebalanceInProgress
    return LOG_ERRORS.none
  }

  leave(member: Member): void {
    if (!member.isAlive) return
    this.revokeAll(member)
    this.broker.sim.emit(member, LOG_FACTS.left, -1, -1)
    this.goOnWithout(member.group, REBALANCE.left)
  }

  /** Everyone gives up what they own and has to join again. */
  restart(group: Group, reason: number): void {
    for (const part of group.members) this.revokeAll(this.broker.member(part))
    if (group.phase === 'stable') this.prepare(group, reason)
  }

  /** The session timer of a member. While it waits for others to join, silence is no reason. */
  checkSession(member: Member): void {
    if (!member.isAlive) return
    const { sim } = this.broker
    const waitsForOthers = member.group.phase === 'preparing' && member.hasJoined
    const heardUs = waitsForOthers ? sim.nowUs : member.lastHeardUs
    const leftUs = heardUs + member.definition.sessionTimeoutUs - sim.nowUs
    if (leftUs > 0) sim.after(leftUs, member, MEMBER_TIMER.session)
    else this.expel(member, EXPELLED.sessionTimeout)
  }

  /** A timer of a group; `rebalance` says which rebalance it was set for. */
  groupDue(group: Group, kind: number, rebalance: number): void {
    if (group.phase !== 'preparing' || group.rebalances !== rebalance) return
    if (kind === GROUP_TIMER.gathered) {
      this.complete(group)
      return
    }
    for (const part of [...group.members]) {
      const member = this.broker.member(part)
      if (!member.hasJoined) this.expel(member, EXPELLED.rebalanceTimeout)
    }
  }

  /** A known member: its answer was lost, or it has heard of the rebalance, or it begins anew. */
  protected joinAgain(member: Member, _request: JoinRequest): void {
    const { group } = member
    if (!member.isAlive) {
      this.broker.tellRefused(member, LOG_ERRORS.unknownMemberId)
      return
    }
    if (group.phase === 'stable') {
      if (member.lastBatch === -1) {
        this.broker.tellAssigned(member, this.assignmentRow(member))
        return
      }
      this.prepare(group, REBALANCE.joined)
    }
    if (member.hasJoined) return
    this.revokeAll(member)
    this.broker.sim.emit(member, LOG_FACTS.joined, -1, -1)
    this.completeIfReady(group)
  }

  protected expel(member: Member, reason: number): void {
    this.revokeAll(member)
    this.broker.sim.emit(member, LOG_FACTS.expelled, -1, reason)
    this.goOnWithout(member.group, REBALANCE.expelled)
  }

  protected goOnWithout(group: Group, reason: number): void {
    if (group.phase === 'stable') this.prepare(group, reason)
    this.completeIfReady(group)
  }

  protected prepare(group: Group, reason: number): void {
    const { sim } = this.broker
    sim.emit(group, LOG_FACTS.rebalanceStarted, -1, reason)
    if (reason === REBALANCE.firstMember) {
      sim.after(this.broker.gatherUs, group, GROUP_TIMER.gathered, group.rebalances)
      return
    }
    let timeoutUs = 0
    for (const part of group.members) {
      timeoutUs = Math.max(timeoutUs, this.broker.member(part).definition.rebalanceTimeoutUs)
    }
    sim.after(timeoutUs, group, GROUP_TIMER.rebalanceTimeout, group.rebalances)
  }

  protected completeIfReady(group: Group): void {
    if (group.phase !== 'preparing' || group.isGathering) return
    if (group.members.every((part) => this.broker.member(part).hasJoined)) this.complete(group)
  }

  /** A new generation: partitions are given out, and each member is told. */
  protected complete(group: Group): void {
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
      for (const share of shares.get(member.id) ?? []) {
        const progress = progressOf(subscriptions, share)
        if (progress && progress.owner === -1) this.assign(progress, member)
      }
    }
    for (const member of members) broker.tellAssigned(member, this.assignmentRow(member))
  }

  /** Who gets which partition: the group's assignor. */
  protected share(
    partitions: ReadonlyMap<string, number>,
    members: readonly Assignee[],
    _group: Group,
  ): Map<string, Share[]> {
    return assignRange(partitions, members)
  }

  /** A member as assignors see it. */
  protected assignee(member: Member, subscriptions: readonly Subscription[]): Assignee {
    return {
      id: member.id,
      topics: subscriptions
        .filter(({ topic }) => member.definition.topics.includes(topic.node))
        .map(({ topic }) => topic.name),
    }
  }

  /** The owner goes on at the committed offset, or where auto.offset.reset says. */
  protected assign(progress: Progress, member: Member): void {
    const { sim } = this.broker
    const { committed, partition } = progress
    sim.emit(progress, LOG_FACTS.assigned, -1, member.node)
    if (committed >= partition.start) sim.emit(progress, LOG_FACTS.resumed, -1, committed)
    else this.reset(progress, member)
  }

  /** auto.offset.reset: nothing is committed, or what is committed was deleted meanwhile. */
  reset(progress: Progress, member: Member): void {
    const { start, end } = progress.partition
    const { offsetReset } = member.definition
    // The client's poll throws; until then nothing is read.
    if (offsetReset === 'none') {
      this.broker.sim.emit(progress, LOG_FACTS.noOffset, -1, member.node)
      this.broker.tellRefused(member, LOG_ERRORS.offsetOutOfRange)
      return
    }
    this.broker.sim.emit(progress, LOG_FACTS.reset, -1, offsetReset === 'earliest' ? start : end)
  }

  protected assignmentRow(member: Member): number {
    return this.rowOf(member, [...member.owned])
  }

  protected rowOf(member: Member, progress: number[], fresh?: number[]): number {
    const { broker } = this
    const assignment: Assignment = {
      generation: member.group.generation,
      member: member.node,
      progress,
      positions: progress.map((part) => broker.progressAt(part).position),
      ...(fresh && { fresh }),
    }
    return broker.sim.records.row(assignment)
  }

  protected revokeAll(member: Member): void {
    while (member.owned.length > 0) {
      const progress = this.broker.progressAt(member.owned[0] as number)
      this.broker.sim.emit(progress, LOG_FACTS.revoked, -1, member.node)
    }
  }
}

/** The progress in a partition that an assignor named. */
export function progressOf(
  subscriptions: readonly Subscription[],
  { topic, partition }: Share,
): Progress | undefined {
  return subscriptions.find((s) => s.topic.name === topic)?.progress[partition]
}
