/** What can happen in a cloud topic. The part named first is the one that the fact is about. */
export const CLOUD_FACTS = {
  /** Service: a topic was created; aux = row `TopicRow`. */
  topicCreated: 430,
  /** Topic: it is gone; its subscriptions keep what they have. */
  topicDeleted: 431,
  /** Service: a subscription was created; aux = row `SubscriptionRow`. */
  subscriptionCreated: 432,
  /** Subscription: it is gone with its backlog; aux = messages lost. */
  subscriptionDeleted: 433,
  /** Topic: a message was published; message, aux = subscriptions that there are. */
  published: 434,
  /** Subscription: a message joined its backlog; message, aux = position. */
  arrived: 435,
  /** Subscription: its filter let a message pass by, which counts as acknowledged; message. */
  filteredOut: 436,
  /** Subscription: a message was sent and has to be acknowledged in time; message, aux = ack id. */
  leased: 437,
  /** Subscription: acknowledged; message, aux = ack id. */
  acknowledged: 438,
  /** Subscription: nacked, to be sent again; message, aux = ack id. */
  nacked: 439,
  /** Subscription: the ack deadline passed, to be sent again; message, aux = ack id. */
  deadlinePassed: 344,
  /** Subscription: the ack deadline was moved; message, aux = row `Extension`. */
  deadlineMoved: 345,
  /** Subscription: a message goes back with one before it that has the same ordering key; message, aux = ack id. */
  heldBack: 346,
  /** Subscription: tried as often as allowed, so it goes to the dead-letter topic; message, aux = position. */
  deadLettered: 347,
  /** Subscription: nobody acknowledged it within the retention; message, aux = position. */
  expired: 348,
  /** Subscription: a copy went on to a queue, which settles it here; message, aux = position. */
  forwarded: 349,
  /** Subscription: a new message waits because its ordering key stands still; message, aux = position. */
  setAside: 373,
  /** Subscription: what comes from now on is filtered otherwise; aux = row `FilterRow`. */
  filterChanged: 429,
  /** Subscription: a pull found nothing and waits; aux = row `Pull`. */
  pullStarted: 371,
  /** Subscription: a pull that waited has its answer, empty or not; aux = row `Pull`. */
  pullEnded: 372,
} as const
