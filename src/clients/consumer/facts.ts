/** What can happen to a consumer of queues besides what happens to every client. */
export const CONSUMER_FACTS = {
  /** A message was in its memory when it crashed; message, aux = delivery (see `delivery.ts`). */
  forgotten: 155,
  /** A person answered a delivery in its place; message, aux = delivery. */
  answeredByHand: 580,
  /** A delivery that was answered by hand leaves the buffer; message, aux = delivery. */
  passedOver: 581,
  /** The broker ended its subscription; aux = reply code, 0 when the queue is gone. */
  subscriptionLost: 582,
} as const
