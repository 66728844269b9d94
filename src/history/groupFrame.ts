/** What there is to see of a consumer group in a topic at the playhead: a part of the frame. */

export interface SharedRecord {
  offset: number
  state: 'available' | 'acquired' | 'acknowledged' | 'archived'
  /** How often it was delivered, and whose it is while it is acquired. */
  count: number
  member: string | null
}
export interface GroupState {
  name: string
  /** `preparing`: its members join for the next generation. */
  phase: 'empty' | 'preparing' | 'stable'
  generation: number
  /** When the last rebalance began and ended, -1 if never; who it still waits for. */
  startedUs: number
  completedUs: number
  waitsFor: string[]
  partitions: {
    /** -1: nothing committed. */
    committed: number
    /** Offset that the next poll reads; -1: no member owns it. */
    position: number
    /** Id of the member that owns it, or null; of the one that had it before; whether the owner is to give it up. */
    member: string | null
    before: string | null
    leaving: boolean
    /** Where it is to be committed when an open transaction is; -1: none is open. */
    pending: number
    /** When the oldest record that is not committed was made, -1 if all are. */
    oldestUs: number
    /** In a share group: the records that are under way, from its start offset on; null in the other groups. */
    share: SharedRecord[] | null
  }[]
}
