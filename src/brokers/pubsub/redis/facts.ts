/** What can happen in Redis Pub/Sub. The part named first is the one that the fact is about. */
export const REDIS_PUBSUB_FACTS = {
  /** Server: a client listens to a channel or a pattern from now on; aux = row `SubscriptionRow`. */
  subscribed: 340,
  /** Subscription: it is over; aux = why (`UNSUBSCRIBED`). */
  unsubscribed: 341,
  /** Server: a message was published; message, aux = how many copies went out. Nothing of it is kept. */
  published: 342,
  /** Subscription: a copy went out to its client; message. */
  delivered: 343,
} as const

/** Why a subscription is over. */
export const UNSUBSCRIBED = { byClient: 0, disconnected: 1, restarted: 2 } as const
