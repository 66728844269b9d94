/**
 * How far one group has come in one partition: the committed offset, which outlives members, and the
 * position that the present owner reads from next. In Kafka the first is a record in
 * __consumer_offsets and the second is kept by the client; here both are in the broker's books.
 */
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { LOG_FACTS } from './facts.ts'
import type { Group } from './group.ts'
import type { Member } from './member.ts'
import type { Partition } from './partition.ts'
import { SHARE_FACTS } from './share/facts.ts'
import { InFlight, type RecordState } from './share/inFlight.ts'

/** What a progress asks of its broker. */
export interface ProgressContext {
  readonly sim: Simulation
  member(part: number): Member
}

export class Progress implements Part {
  /** -1: nothing committed. */
  committed = -1
  /** -1: nobody owns it. */
  position = -1
  owner = -1
  /** Who owned it before it was last given up; whether its owner is asked to give it up. */
  lastOwner = -1
  isLeaving = false
  /** What an open transaction is to commit: until it is over, nobody knows where the group is; -1: none. */
  pending = -1
  /** In a share group: what is under way. */
  share: InFlight | null = null
  readonly node: number
  readonly group: Group
  readonly partition: Partition
  private readonly broker: ProgressContext

  constructor(broker: ProgressContext, node: number, group: Group, partition: Partition) {
    this.broker = broker
    this.node = node
    this.group = group
    this.partition = partition
    const { records } = broker.sim
    records.ints(node, 'partition').put(0, partition.node)
    records.ints(node, 'group').put(0, group.node)
    broker.sim.enlist(this)
  }

  /** Records that the owner has not been sent yet; 0 if nobody reads it. */
  get unread(): number {
    return this.position === -1 ? 0 : this.partition.end - this.position
  }

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case LOG_FACTS.seeked:
      case LOG_FACTS.offsetCommitted:
        this.committed = aux
        if (this.share) this.share = new InFlight(aux)
        break
      case LOG_FACTS.refetched:
      case LOG_FACTS.positionMoved:
      case LOG_FACTS.resumed:
      case LOG_FACTS.reset:
        this.position = aux
        break
      case LOG_FACTS.passedOver:
        if (this.committed === this.position) this.committed = aux
        this.position = aux
        break
      case LOG_FACTS.assigned:
        this.owner = aux
        this.broker.member(aux).own(this.node)
        break
      case LOG_FACTS.revoked:
        this.owner = -1
        this.position = -1
        this.lastOwner = aux
        this.isLeaving = false
        this.broker.member(aux).disown(this.node)
        break
      case LOG_FACTS.revocationAsked:
        this.isLeaving = true
        break
      case SHARE_FACTS.started:
        this.share = new InFlight(aux)
        this.committed = aux
        break
      case SHARE_FACTS.released:
      case SHARE_FACTS.lockTimedOut:
        this.settle(aux, 'available')
        break
      case SHARE_FACTS.accepted:
        this.settle(aux, 'acknowledged')
        break
      case SHARE_FACTS.rejected:
      case SHARE_FACTS.archived:
        this.settle(aux, 'archived')
        break
    }
  }

  private settle(offset: number, state: RecordState): void {
    this.share?.settle(offset, state)
    this.committed = this.share?.start ?? this.committed
  }

  archive(io: Archive): void {
    this.committed = io.int(this.committed)
    this.position = io.int(this.position)
    this.owner = io.int(this.owner)
    this.lastOwner = io.int(this.lastOwner)
    this.isLeaving = io.flag(this.isLeaving)
    this.pending = io.int(this.pending)
    const isShared = io.flag(this.share !== null)
    if (io.loading) this.share = isShared ? new InFlight(0) : null
    this.share?.archive(io)
  }
}
