/**
 * Membership: joining, signs of life, leaving, expulsion and rebalancing, as the group coordinator of
 * the classic protocol does it (eager: everyone gives up everything, then all is given out anew).
 * It decides; the state is in groups, members and progresses. Left out: SyncGroup (the assignor runs
 * here instead of in the group's leader), static membership, cooperative rebalancing (KIP-429) and
 * the newer protocol (KIP-848).
 */
import type { Simulation } from '../../engine/simulation.ts'
import { assignRange } from './assignors/range.ts'
import { LOG_ERRORS } from './errors.ts'
import { EXPELLED, LOG_FACTS, REBALANCE } from './facts.ts'
import { GROUP_TIMER, type Group } from './group.ts'
import { MEMBER_TIMER, type Member, type MemberRow, type OffsetReset } from './member.ts'
import type { Progress } from './progress.ts'
import type { Subscription } from './subscription.ts'
import type { Topic } from './topic.ts'

/** JoinGroup. */
export interface JoinRequest {
  group: string
  /** Id of the client, and a number that it raises each time that it begins anew. */
  client: string
  incarnation: number
  topics: readonly Topic[]
  sessionTimeoutUs: number
  rebalanceTimeoutUs: number
  offsetReset: OffsetReset
}

/** Row that tells a member what is its own. */
export interface Assignment {
  generation: number
  member: number
  /** Parts of the progresses, and the position to read each from. */
  progress: number[]
  positions: number[]
}

/** What the coordinator asks of its broker. */
export interface CoordinatorContext {
  readonly sim: Simulation
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
  private readonly broker: CoordinatorContext

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
      this.joinAgain(known)
      return
    }
    if (group.phase === 'empty') this.prepare(group, REBALANCE.firstMember)
    else if (group.phase === 'stable') this.prepare(group, REBALANCE.joined)
    const member = broker.addMember({
      part: broker.sim.nextNode(),
      group: group.node,
      client: request.client,
      incarnation: request.incarnation,
      topics: request.topics.map((topic) => topic.node),
      sessionTimeoutUs: request.sessionTimeoutUs,
      rebalanceTimeoutUs: request.rebalanceTimeoutUs,
      offsetReset: request.offsetReset,
    })
    broker.sim.after(request.sessionTimeoutUs, member, MEMBER_TIMER.session)
    broker.sim.emit(member, LOG_FACTS.joined, -1, -1)
    this.completeIfReady(group)
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
  private joinAgain(member: Member): void {
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

  private expel(member: Member, reason: number): void {
    this.revokeAll(member)
    this.broker.sim.emit(member, LOG_FACTS.expelled, -1, reason)
    this.goOnWithout(member.group, REBALANCE.expelled)
  }

  private goOnWithout(group: Group, reason: number): void {
    if (group.phase === 'stable') this.prepare(group, reason)
    this.completeIfReady(group)
  }

  private prepare(group: Group, reason: number): void {
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

  private completeIfReady(group: Group): void {
    if (group.phase !== 'preparing' || group.isGathering) return
    if (group.members.every((part) => this.broker.member(part).hasJoined)) this.complete(group)
  }

  /** A new generation: partitions are given out, and each member is told. */
  private complete(group: Group): void {
    const { broker } = this
    broker.sim.emit(group, LOG_FACTS.rebalanceCompleted, -1, group.generation + 1)
    const members = group.members.map((part) => broker.member(part))
    const subscriptions = broker.subscriptionsOf(group)
    const shares = assignRange(
      new Map(subscriptions.map(({ topic }) => [topic.name, topic.partitions.length])),
      members.map(({ id, definition }) => ({
        id,
        topics: subscriptions
          .filter(({ topic }) => definition.topics.includes(topic.node))
          .map(({ topic }) => topic.name),
      })),
    )
    for (const member of members) {
      for (const { topic, partition } of shares.get(member.id) ?? []) {
        const subscription = subscriptions.find((s) => s.topic.name === topic)
        const progress = subscription?.progress[partition]
        if (progress) this.assign(progress, member)
      }
    }
    for (const member of members) broker.tellAssigned(member, this.assignmentRow(member))
  }

  /** The owner goes on at the committed offset, or where auto.offset.reset says. */
  private assign(progress: Progress, member: Member): void {
    const { sim } = this.broker
    const { committed, partition } = progress
    sim.emit(progress, LOG_FACTS.assigned, -1, member.node)
    if (committed >= partition.start) sim.emit(progress, LOG_FACTS.resumed, -1, committed)
    else this.reset(progress, member)
  }

  /** auto.offset.reset: nothing is committed, or what is committed was deleted meanwhile. */
  reset(progress: Progress, member: Member): void {
    const { start, end } = progress.partition
    const offset = member.definition.offsetReset === 'earliest' ? start : end
    this.broker.sim.emit(progress, LOG_FACTS.reset, -1, offset)
  }

  private assignmentRow(member: Member): number {
    const { broker } = this
    const assignment: Assignment = {
      generation: member.group.generation,
      member: member.node,
      progress: [...member.owned],
      positions: member.owned.map((part) => broker.progressAt(part).position),
    }
    return broker.sim.records.row(assignment)
  }

  private revokeAll(member: Member): void {
    while (member.owned.length > 0) {
      const progress = this.broker.progressAt(member.owned[0] as number)
      this.broker.sim.emit(progress, LOG_FACTS.revoked, -1, member.node)
    }
  }
}
