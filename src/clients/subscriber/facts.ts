/** What can happen to a subscriber besides what happens to every client. */
export const SUBSCRIBER_FACTS = {
  /** It connects and subscribes; aux = how many connections it had before. */
  cameOnline: 840,
  /** It closed its connection: nothing reaches it, what it holds it works on. */
  wentOffline: 841,
  /** A message that it was subscribed to, or would have been, passed it by; message, aux = why (`MISSED`). */
  missed: 842,
  /** It asks a JetStream consumer for messages; aux = how many. */
  askedNext: 843,
  /** A request for messages is over; aux = status (404, 408, 409; 0 = nothing came in time). */
  requestEnded: 844,
  /** A message in its memory was lost in a crash; message, aux = place in its inbox. */
  forgotten: 845,
  /** A filter of a subscription changed; aux = row `{ link, filter }`. */
  filterChanged: 846,
  /** A person settled a message in its place; message, aux = place in its inbox. */
  settledByHand: 847,
  /** A message that was settled by hand leaves its hands; message, aux = place in its inbox. */
  skipped: 848,
  /** It will join later; aux = after how many milliseconds. */
  joinPlanned: 849,
  /** A JetStream consumer tells it that nothing is to be sent (100). */
  heard: 835,
  /** It heard nothing from its JetStream consumer for two of its heartbeats. */
  heartbeatsMissed: 836,
} as const

/** Why a message passed a subscriber by. */
export const MISSED = {
  /** It has not joined yet, it closed its connection, it is crashed. */
  notJoined: 0,
  offline: 1,
  crashed: 2,
  /** It is connecting: the server has not heard of its subscription. */
  connecting: 3,
  /** Its client library holds as many as it may: a slow consumer. */
  slow: 4,
  /** It was lost on its link; on the link of who published it. */
  lost: 5,
  unsent: 6,
} as const
