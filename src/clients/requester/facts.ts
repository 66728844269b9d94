/** What can happen to a requester besides what happens to every client. */
export const REQUESTER_FACTS = {
  /** It knows when its next request comes; aux = number of the plan. */
  planned: 640,
  /** The reply to a request came; message = the reply, aux = the request. */
  replied: 641,
  /** The server knows of nobody who listens (503); message = the request. */
  noResponders: 642,
  /** No reply came in time; message = the request. */
  timedOut: 643,
  /** A reply came that it does not wait for (any more); message = the reply, aux = the request. */
  replyIgnored: 644,
} as const
