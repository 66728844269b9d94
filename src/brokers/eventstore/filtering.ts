/** Filters of subscriptions to all streams: made by `filters.ts` when that is loaded, as few scenarios have one. */
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'

/** Before the rule, in the name of a filtered source: `$all?type=Deposited,Withdrawn`. */
export const FILTER_PREFIX = '$all?'

/** What passes each filter that somebody subscribes with. */
export interface FilterIndex {
  /** Counts for a filter from now on. */
  add(name: string): void
  /** An event has been written. */
  put(position: number, type: string, stream: string): void
  /** Whether a filter lets an event pass. */
  has(name: string, type: string, stream: string): boolean
  sizeOf(name: string): number
  positionIn(name: string, at: number): number
  archive(io: Archive): void
}

export const filtering: { make: ((records: Records, node: number) => FilterIndex) | null } = {
  make: null,
}
