/** What can happen to a requester besides what happens to every client. */
export const REQUESTER_FACTS = {
  /** It knows when its next request comes; aux = number of the plan. */
  planned: 850,
  /** The reply to a request came; message = the reply, aux = the request. */
  replied: 851,
  /** The server knows of nobody who listens (503); message = the request. */
  noResponders: 852,
  /** No reply came in time; message = the request. */
  timedOut: 853,
  /** A reply came that it does not wait for (any more); message = the reply, aux = the request. */
  replyIgnored: 854,
} as const
