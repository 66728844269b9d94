/**
 * A member of a group: one run of one client, from its first join until it leaves or is expelled. A
 * client that comes back is a new member; with a group.instance.id it takes over what the one before had.
 */
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import type { Commits } from './commits.ts'
import { LOG_FACTS } from './facts.ts'
import type { Group } from './group.ts'
import type { Progress } from './progress.ts'
import type { Segments } from './segments.ts'
import { SHARE_FACTS } from './share/facts.ts'
import type { Sharing } from './share/sharing.ts'

/** Where a group without a valid offset starts (auto.offset.reset); with `none` the client's poll throws. */
export type OffsetReset = 'earliest' | 'latest' | 'none'

/** partition.assignment.strategy; the last one rebalances cooperatively, the others eagerly. */
export type AssignorName = 'range' | 'roundrobin' | 'sticky' | 'cooperative-sticky'

/** What a member says of itself when it joins. */
export interface MemberTerms {
  /** Id of the client, and a number that it raises each time that it begins anew. */
  client: string
  incarnation: number
  sessionTimeoutUs: number
  /** How long a rebalance waits for it to join again (max.poll.interval.ms). */
  rebalanceTimeoutUs: number
  offsetReset: OffsetReset
  /** Range if not said. */
  assignor?: AssignorName
  /** group.instance.id: it is a static member (KIP-345). */
  instanceId?: string
  /** group.protocol: `consumer` is the server-side one (KIP-848), classic if not said. */
  protocol?: 'classic' | 'consumer' | 'share'
  /** In a share group: group.share.record.lock.duration.ms and group.share.delivery.count.limit. */
  lockMs?: number
  deliveryLimit?: number
  /** isolation.level: read_uncommitted if not said. */
  isolation?: 'read_uncommitted' | 'read_committed'
}

/** Row behind `memberAdded`. */
export interface MemberRow extends MemberTerms {
  part: number
  group: number
  /** Parts of the topics that it reads. */
  topics: number[]
}

/** What a member asks of its broker. */
export interface MemberContext {
  readonly sim: Simulation
  readonly shares: Sharing | null
  readonly node: number
  readonly segments: Segments
  readonly commits: Commits
  progressAt(part: number): Progress
  memberDue(member: Member, kind: number, arg: number): void
}

/** Timers of a member. */
export const MEMBER_TIMER = { session: 0, fetch: 1 } as const

export class Member implements Part {
  isAlive = true
  /** Whether it has joined for the generation that is being prepared. */
  hasJoined = false
  lastHeardUs: number
  /** Member part of the run that took its place (static membership), -1 if none did. */
  replacedBy = -1
  /** Parts of the progresses that it owns. */
  readonly owned: number[] = []
  /** Where in `owned` the next fetch begins to look. */
  turn = 0
  /** Whether a poll waits, for at most how many records, and which one of its polls that is. */
  isWaiting = false
  waitMax = 0
  waits = 0
  /** First segment of the last batch that it was sent in this generation, -1 if none. */
  lastBatch = -1
  readonly node: number
  readonly group: Group
  readonly definition: MemberRow
  readonly row: number
  private readonly broker: MemberContext

  constructor(broker: MemberContext, row: number, definition: MemberRow, group: Group) {
    this.broker = broker
    this.row = row
    this.definition = definition
    this.node = definition.part
    this.group = group
    this.lastHeardUs = broker.sim.nowUs
    broker.sim.records.ints(this.node, 'broker').put(0, broker.node)
    broker.sim.enlist(this)
  }

  /** Whether it keeps what it owns while its group rebalances. */
  get isIncremental(): boolean {
    const { assignor, protocol } = this.definition
    return assignor === 'cooperative-sticky' || protocol === 'consumer' || protocol === 'share'
  }

  /** Whether it acquires records instead of owning partitions. */
  get isSharing(): boolean {
    return this.definition.protocol === 'share'
  }

  /** Id of its client. */
  get client(): string {
    return this.definition.client
  }

  /** Its member id, by which assignors order. Kafka appends a random UUID, here the count of runs. */
  get id(): string {
    return `${this.definition.client}-${this.definition.incarnation}`
  }

  due(kind: number, arg: number): void {
    this.broker.memberDue(this, kind, arg)
  }

  /** These follow from facts about a progress. Called while such a fact is applied. */
  own(progress: number): void {
    this.owned.push(progress)
  }
  disown(progress: number): void {
    this.owned.splice(this.owned.indexOf(progress), 1)
    this.turn = 0
  }

  apply(kind: number, _message: number, aux: number): void {
    const { nowUs } = this.broker.sim
    switch (kind) {
      case LOG_FACTS.fetched:
        this.applyFetched(aux)
        break
      case LOG_FACTS.committed:
        this.broker.commits.count = aux + 1
        this.broker.progressAt(this.broker.commits.progressOf(aux)).committed =
          this.broker.commits.offsetOf(aux)
        this.lastHeardUs = nowUs
        break
      case LOG_FACTS.joined:
        this.hasJoined = true
        if (!this.isIncremental) {
          this.isWaiting = false
          this.lastBatch = -1
        }
        this.lastHeardUs = nowUs
        break
      case LOG_FACTS.left:
      case LOG_FACTS.replaced:
      case LOG_FACTS.expelled:
        if (kind === LOG_FACTS.replaced) this.replacedBy = aux
        this.isAlive = false
        this.isWaiting = false
        this.group.remove(this.node)
        break
      case SHARE_FACTS.acquired:
        this.isWaiting = false
        this.broker.shares?.applyAcquired(this, aux)
        break
      case SHARE_FACTS.renewed:
        this.broker.shares?.applyRenewed(aux)
        break
      case LOG_FACTS.heartbeat:
        this.lastHeardUs = nowUs
        break
      case LOG_FACTS.fetchWaits:
        this.isWaiting = true
        this.waitMax = aux
        this.waits++
        break
      case LOG_FACTS.fetchEnded:
        this.isWaiting = false
        break
    }
  }

  archive(io: Archive): void {
    this.isAlive = io.flag(this.isAlive)
    this.hasJoined = io.flag(this.hasJoined)
    this.lastHeardUs = io.int(this.lastHeardUs)
    this.replacedBy = io.int(this.replacedBy)
    io.list(this.owned)
    this.turn = io.int(this.turn)
    this.isWaiting = io.flag(this.isWaiting)
    this.waitMax = io.int(this.waitMax)
    this.waits = io.int(this.waits)
    this.lastBatch = io.int(this.lastBatch)
  }

  private applyFetched(segment: number): void {
    const { segments } = this.broker
    const progress = segments.progressOf(segment)
    this.broker.progressAt(progress).position =
      segments.fromOf(segment) + segments.lengthOf(segment)
    this.isWaiting = false
    this.turn = (this.owned.indexOf(progress) + 1) % this.owned.length
    this.lastBatch = segments.firstOf(segment)
    segments.count = segment + 1
  }
}
