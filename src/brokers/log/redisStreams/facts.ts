/** What can happen in Redis Streams. The part named first is the one that the fact is about. */
export const REDIS_STREAM_FACTS = {
  /** Server: a key holds a stream from now on; aux = row `StreamRow`. */
  streamCreated: 440,
  /** Stream: its key was deleted, with its groups. */
  streamDeleted: 441,
  /** Stream: an entry was added at its end; message, aux = position. */
  added: 442,
  /** Stream: its oldest entries went (MAXLEN, MINID); aux = its new first position. */
  trimmed: 443,
  /** Stream: one entry was deleted (XDEL); message, aux = position. */
  deleted: 444,
  /** Stream: XSETID set its last id; aux = row `StreamIds`. */
  idSet: 445,
  /** Stream: a group reads it from now on; aux = row `GroupRow`. */
  groupCreated: 446,
  /** Group: it was destroyed, with its pending entries. */
  groupDestroyed: 447,
  /** Group: XGROUP SETID or XCLAIM LASTID moved it; aux = row `GroupIds`. */
  groupMoved: 448,
  /** Group: a consumer is known from now on; aux = row `ConsumerRow`. */
  consumerCreated: 449,
  /** Consumer: it was deleted; aux = how many pending entries went with it. */
  consumerDeleted: 450,
  /** Consumer: it showed itself, by a read or a claim. */
  seen: 451,
  /** Consumer: a new entry was sent to it and is pending; message, aux = position. */
  delivered: 452,
  /** Consumer: a new entry was sent to it with NOACK, so nothing is pending; message, aux = position. */
  handed: 453,
  /** Group: it has come as far as an entry; message, aux = read (`Group.bookRead`). */
  advanced: 454,
  /** Consumer: it read a pending entry of its own once more; message, aux = position. */
  redelivered: 455,
  /** Consumer: it took a pending entry over; message, aux = row `Claim`. */
  claimed: 456,
  /** Group: an entry was acknowledged; message, aux = position. */
  acked: 457,
  /** Group: a pending entry went because the stream does not have it any more; message, aux = position. */
  pendingDropped: 458,
  /** Server: a client waits for entries; aux = row `Wait`. */
  waitStarted: 459,
  /** Server: a waiting client got entries; aux = row `Wait`. */
  waitServed: 460,
  /** Server: a waiting client's time was up; aux = row `Wait`. */
  waitTimedOut: 461,
  /** Server: a waiting client was refused, its group or stream being gone; aux = row `Wait`. */
  waitRefused: 462,
  /** Server: a waiting client's connection ended; aux = row `Wait`. */
  waitDropped: 463,
  /**
   * Group: an entry went (trimmed, XDEL) before the group was given it, or while it was pending. Redis tells nobody;
   * message, aux = position.
   */
  goneUnread: 464,
  gonePending: 465,
  /** Group: it was destroyed and is made once more, with nothing of before; aux = row `GroupIds`. */
  groupMadeAgain: 466,
  /** Group: the server restarted, and the append-only file has some of it otherwise; aux = row `Recovery`. */
  recovered: 467,
} as const
