/** What can happen to a consumer of queues besides what happens to every client. */
export const CONSUMER_FACTS = {
  /** A message was in its memory when it crashed; message, aux = delivery (see `delivery.ts`). */
  forgotten: 155,
} as const
