/** What a projection does, beyond what all clients do: the kinds of its facts, 200 to 209 and 610 to 619. */
export const PROJECTION_FACTS = {
  /** It subscribes; aux = the position from which it wants events. */
  subscribing: 200,
  /** It has worked off a page of history and asks for the next; aux = the position where that begins. */
  asking: 201,
  /** Events came; message = the first (-1: none), aux = the position behind the last. */
  received: 202,
  /** There is no more history: from now on events come as they are written. */
  caughtUp: 203,
  /** It saved its position by itself; aux = the position. */
  checkpointed: 610,
  /** An event was left out, as its rows hold its position already; message, aux = position. */
  skipped: 611,
  /** It folds all of history anew; aux = row `Rebuild`. */
  rebuilding: 612,
  /** An event is in the new table; message, aux = position. */
  rebuilt: 613,
  /** The new table has caught up and takes the place of the old one; aux = the old one's number. */
  swapped: 614,
  /** It cannot read an event; message, aux = position. It stops there, or goes on without it. */
  stopped: 615,
  leftOut: 616,
  /** Somebody asks it; message = the command that was before, aux = the position that its events end at. */
  asked: 617,
  /** It answers; message as before, aux = how many events the answer lacks: 0 = nothing older than what was written. */
  answered: 618,
} as const

/** How a read model is folded anew. */
export interface Rebuild {
  /** `inPlace`: its rows are gone until it is done. `blueGreen`: the old ones are served meanwhile. */
  how: 'inPlace' | 'blueGreen'
  /** The view of the new table, if it is another. */
  view?: string
  /** The first position that can be read, if that is not 0. */
  from?: number
}
