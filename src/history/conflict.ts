/** Conflicts at an event store as a frame tells of them: both writers, and the version that each of them expected. */

/** Conflicts that a node lists, at most. */
export const CONFLICTS_LISTED = 5

export interface StoreConflict {
  stream: string
  /** What the slower writer expected, what the faster one did, and what there was, in words. */
  expected: string
  won: string
  found: string
  /** First event of the refused append, and the node that wanted it; the event that was faster, and its node. */
  message: number
  loser: string
  winning: number
  winner: string
  atUs: number
}
/** A conflict as the handler that lost knows of it, from when it was told: of which command it came. */
export interface HandlerConflict extends StoreConflict {
  command: number
  loserName: string
  winnerName: string
}
