/** What can happen in a queue of the SQS family. Every fact is about the queue; `aux` says which copy. */
export const SQS_FACTS = {
  /** A message is stored; message, aux = position. */
  sent: 300,
  /** Its delay is over, and it can be received; message, aux = position. */
  delayOver: 301,
  /** Accepted and not stored: its deduplication id was seen before; message, aux = position of the first. */
  deduplicated: 302,
  /** Refused at the door; message, aux = reason (`SEND_REFUSED`). */
  sendRefused: 303,
  /** A request found nothing and waits; aux = request. */
  receiveWaits: 304,
  /** A request waits no longer: it is answered, or its time is over; aux = request. */
  receiveEnded: 305,
  /** A request went back empty; aux = part of the client that asked. */
  receivedNothing: 306,
  /** A message went to a client and is in flight; message, aux = receipt. */
  received: 307,
  /** Deleted; message, aux = receipt. */
  deleted: 308,
  /** A request to delete succeeded without effect: its handle is an old one; message, aux = receipt. */
  deleteIgnored: 309,
  /** FIFO: a request to delete was refused, its handle has expired; message, aux = receipt. */
  handleExpired: 310,
  /** A copy survived its deletion on a server that was not reachable; message, aux = receipt. */
  copySurvived: 311,
  /** A message in flight stays hidden for another time; message, aux = row `VisibilityRow`. */
  visibilityChanged: 312,
  /** A request to change the visibility was refused: the message is not in flight; message, aux = receipt. */
  notInFlight: 313,
  /** The visibility timeout is over: it can be received again; message, aux = receipt. */
  visibilityOver: 314,
  /** Received too often: it went to the dead-letter queue; message, aux = receipt. */
  movedToDeadLetters: 315,
  /** It was kept for as long as the queue keeps messages; message, aux = position. */
  expired: 316,
  /** Everything in the queue was deleted; aux = how many messages. */
  purged: 317,
} as const

/** Why a message was refused. */
export const SEND_REFUSED = { noGroup: 1, noDeduplicationId: 2 } as const
