/**
 * A consumer group: its members, its generation, and whether it is being rebalanced. Groups know
 * nothing of each other: each reads every record of its topics.
 */
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { LOG_FACTS, REBALANCE } from './facts.ts'
import type { Member } from './member.ts'

/** Row behind `groupCreated`. */
export interface GroupRow {
  part: number
  name: string
}

/** Row behind `retargeted` (KIP-848): the group's epoch is raised, and each progress has a member or none. */
export interface Target {
  reason: number
  progress: number[]
  members: number[]
  /** A share group (KIP-932): everyone reads everything. */
  isShare?: boolean
}

/** `empty`: nobody is in it. `preparing`: members join for the next generation. `stable`: they read. */
export type Phase = 'empty' | 'preparing' | 'stable'
const PHASES: readonly Phase[] = ['empty', 'preparing', 'stable']

/** What a group asks of its broker. */
export interface GroupContext {
  readonly sim: Simulation
  member(part: number): Member
  groupDue(group: Group, kind: number, arg: number): void
}

/** Timers of a group. */
export const GROUP_TIMER = { gathered: 0, rebalanceTimeout: 1, lock: 2 } as const

export class Group implements Part {
  phase: Phase = 'empty'
  /** Raised each time that partitions are given out. */
  generation = 0
  /** Rebalances begun so far. */
  rebalances = 0
  /** When the last rebalance began, and when it was over. */
  startedUs = -1
  completedUs = -1
  /** Row of who is to have what, under the server-side protocol; -1 if it never was decided there. */
  target = -1
  /** Whether it waits for others to join the first member (group.initial.rebalance.delay.ms). */
  isGathering = false
  /** Parts of the members that are in it. */
  readonly members: number[] = []
  readonly node: number
  readonly name: string
  readonly row: number
  private readonly broker: GroupContext

  constructor(broker: GroupContext, row: number, created: GroupRow) {
    this.broker = broker
    this.row = row
    this.node = created.part
    this.name = created.name
    const { records } = broker.sim
    records.ints(this.node, 'name').put(0, records.strings.id(this.name))
    broker.sim.enlist(this)
  }

  due(kind: number, arg: number): void {
    this.broker.groupDue(this, kind, arg)
  }

  /** These follow from facts about a member. Called while such a fact is applied. */
  add(member: number): void {
    this.members.push(member)
  }
  remove(member: number): void {
    this.members.splice(this.members.indexOf(member), 1)
    if (this.members.length === 0) {
      this.phase = 'empty'
      this.isGathering = false
    }
  }

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case LOG_FACTS.rebalanceStarted:
        this.phase = 'preparing'
        this.rebalances++
        this.startedUs = this.broker.sim.nowUs
        this.isGathering = aux === REBALANCE.firstMember
        for (const part of this.members) this.broker.member(part).hasJoined = false
        break
      case LOG_FACTS.rebalanceCompleted:
        this.phase = 'stable'
        this.generation = aux
        this.isGathering = false
        this.completedUs = this.broker.sim.nowUs
        for (const part of this.members) {
          this.broker.member(part).lastHeardUs = this.broker.sim.nowUs
        }
        break
      case LOG_FACTS.retargeted:
        this.phase = this.members.length === 0 ? 'empty' : 'stable'
        this.generation++
        this.target = aux
        this.startedUs = this.broker.sim.nowUs
        this.completedUs = this.startedUs
        break
    }
  }

  archive(io: Archive): void {
    this.phase = PHASES[io.int(PHASES.indexOf(this.phase))] ?? 'empty'
    this.generation = io.int(this.generation)
    this.rebalances = io.int(this.rebalances)
    this.isGathering = io.flag(this.isGathering)
    this.startedUs = io.int(this.startedUs)
    this.completedUs = io.int(this.completedUs)
    this.target = io.int(this.target)
    io.list(this.members)
  }
}
