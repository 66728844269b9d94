/** What can happen in an MQTT broker. The part named first is the one that the fact is about. */
export const MQTT_FACTS = {
  /** Broker: a session begins; aux = row `SessionRow`. */
  sessionCreated: 400,
  /** Session: it is over, with its subscriptions and all that waits in it; aux = why (`SESSION_ENDED`). */
  sessionEnded: 401,
  /** Session: its client connected; aux = row `Connection`. */
  connected: 402,
  /** Session: its connection ended; aux = how (`DISCONNECTED`). */
  disconnected: 403,
  /** Session: SUBSCRIBE, a filter was added or its options were changed; aux = row `SubscriptionRow`. */
  subscribed: 404,
  /** Session: UNSUBSCRIBE; aux = interned filter. */
  unsubscribed: 405,
  /** Broker: the next message of a share group goes to its next member; aux = interned filter with group. */
  shareTurned: 406,
  /** Broker: a message is passed on; message, aux = subscriptions that match. */
  published: 407,
  /** Broker: a topic keeps this message for those who subscribe later; message. */
  retained: 408,
  /** Broker: a topic keeps nothing any more; message = the one that cleared it, or the one that expired. */
  retainedCleared: 409,

  /** Session: QoS 1 or 2, the message waits for its turn; message, aux = position. */
  queued: 410,
  /** Session: PUBLISH with QoS 0 to the client; message. */
  sentOnce: 411,
  /** Session: PUBLISH with QoS 1 or 2 to the client, unanswered from now on; message, aux = position. */
  sent: 412,
  /** Session: the same once more with DUP after a reconnect; message, aux = position. */
  sentAgain: 413,
  /** Session: PUBACK from the client, QoS 1 is done; message, aux = position. */
  pubackReceived: 414,
  /** Session: PUBREC from the client; message, aux = position. */
  pubrecReceived: 415,
  /** Session: PUBREL to the client; message, aux = position. */
  pubrelSent: 416,
  /** Session: PUBCOMP from the client, QoS 2 is done; message, aux = position. */
  pubcompReceived: 417,
  /** Session: a message was not kept for it; message, aux = why (`DROPPED`). */
  dropped: 418,

  /** Session: PUBLISH with QoS 2 from the client, held until it is released; message, aux = packet id. */
  held: 420,
  /** Session: PUBACK to the client; message. */
  pubackSent: 421,
  /** Session: PUBREC to the client; message, aux = packet id. */
  pubrecSent: 422,
  /** Session: PUBREL from the client; message, aux = packet id. */
  pubrelReceived: 423,
  /** Session: PUBCOMP to the client; message, aux = packet id. */
  pubcompSent: 424,

  /** Session: its last will is published; message. */
  willSent: 426,
  /** Session: its last will is due later; message. */
  willDelayed: 427,
  /** Session: its last will is not wanted any more; message. */
  willDropped: 428,
} as const

/** Why a session is over. */
export const SESSION_ENDED = { clean: 0, expired: 1, restarted: 2 } as const

/** How a connection ended. */
export const DISCONNECTED = {
  properly: 0,
  lost: 1,
  takenOver: 2,
  thrownOut: 3,
  restarted: 4,
} as const

/** Why a message was not kept for a session. */
export const DROPPED = { absent: 0, full: 1, expired: 2 } as const
