/** What a projection does, beyond what all clients do: the kinds of its facts, 200 to 209. */
export const PROJECTION_FACTS = {
  /** It subscribes; aux = the position from which it wants events. */
  subscribing: 200,
  /** It has worked off a page of history and asks for the next; aux = the position where that begins. */
  asking: 201,
  /** Events came; message = the first (-1: none), aux = the position behind the last. */
  received: 202,
  /** There is no more history: from now on events come as they are written. */
  caughtUp: 203,
} as const
