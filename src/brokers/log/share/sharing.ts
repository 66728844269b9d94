/** What a broker asks of its share groups; who answers (`shares.ts`) is loaded with a scenario that has some. */
import type { Archive } from '../../../engine/archive.ts'
import type { Group } from '../group.ts'
import type { Member } from '../member.ts'
import type { Partition } from '../partition.ts'
import type { Progress } from '../progress.ts'

/** `renew` says that the record is still worked on: its lock begins anew (KIP-1222). */
export type Answer = 'accept' | 'release' | 'reject' | 'renew'

export interface Sharing {
  /** ShareFetch: what there is, at most `max` records, or a wait. */
  poll(member: Member, max: number, waitUs: number): void
  /** Something in a partition can be had: whoever has waited for it is served, in the order of joining. */
  wake(partition: Partition): void
  /** ShareAcknowledge for one record. */
  answer(member: Member, progress: Progress, offset: number, how: Answer): void
  /** The member goes: its records are available again at once; the others are woken when it is gone. */
  releaseAll(member: Member): void
  /** The timer of an acquisition. */
  lockDue(group: Group, acquisition: number): void
  /** An acquisition is a fact about the member. Called while it is applied. */
  applyAcquired(member: Member, acquisition: number): void
  /** The same for a lock that begins anew. */
  applyRenewed(acquisition: number): void
  archive(io: Archive): void
}
