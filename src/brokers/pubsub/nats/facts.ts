/** What can happen in a NATS server. The part named first is the one that the fact is about. */
export const NATS_FACTS = {
  /** Server: a client listens to a subject from now on; aux = row `SubscriptionRow`. */
  subscribed: 350,
  /** Subscription: it ends after so many deliveries in all; aux = how many. */
  limitSet: 351,
  /** Subscription: it is over; aux = why (`UNSUBSCRIBED`). */
  unsubscribed: 352,
  /** Server: a client published a message; message, aux = copies that went out. Core NATS keeps nothing of it. */
  published: 353,
  /** Subscription: a copy went out to its client; message. */
  delivered: 354,
  /** Server: a request found nobody who listens (503); message. */
  noResponders: 355,
  /** Server: nobody listened to what was published, and no stream keeps its subject; message. */
  unheard: 356,
  /** Server: it refuses a stream or a consumer as it was asked for; aux = row `SetupRefusal`. */
  setupRefused: 357,
  /** Server: a client asks a durable that is not there, and gets no answer; aux = row `Unanswered`. */
  unanswered: 358,

  /** Server: a stream was created; aux = row `StreamRow`. */
  streamCreated: 360,
  /** Stream: it is gone with its consumers; aux = why (`STREAM_GONE`). */
  streamDeleted: 361,
  /** Stream: a message was stored; message, aux = sequence. */
  stored: 362,
  /** Stream: nobody is interested, so the sequence is spent and nothing is kept; message, aux = sequence. */
  passedOver: 363,
  /** Stream: a message with a known id came again and was not stored; message, aux = sequence of the first. */
  duplicate: 364,
  /** Stream: a message was refused; message, aux = error code (`JS_ERRORS`). */
  refused: 365,
  /** Stream: a message went because a limit was reached; message, aux = sequence. */
  limited: 366,
  /** Stream: a message was too old; message, aux = sequence. */
  expired: 367,
  /** Stream: everyone whom it concerned settled it (work queue, interest); message, aux = sequence. */
  settled: 368,
  /** Stream: someone deleted a message; message, aux = sequence. */
  deleted: 369,
  /** Stream: messages before a sequence were purged; aux = the first sequence that stays. */
  purged: 370,

  /** Server: a consumer was created; aux = row `ConsumerRow`. */
  consumerCreated: 375,
  /** Consumer: its settings were changed; aux = row `ConsumerConfig`. */
  consumerUpdated: 376,
  /** Consumer: it is gone. */
  consumerDeleted: 377,
  /** Consumer: someone listens to its delivery subject. */
  interestGained: 378,
  /** Consumer: nobody listens to its delivery subject any more. */
  interestLost: 379,
  /** Consumer: a client asks for messages and they may come later; aux = row `Pull`. */
  pullStarted: 380,
  /**
   * Consumer: a pull got nothing at all (404), others are waiting (408), it is more than is allowed (409); aux =
   * status code, and with 409 a thousand times what it exceeds (`EXCEEDS`).
   */
  pullRefused: 381,
  /** Consumer: a pull is over before it got all that it asked for (408); aux = row `Pull`. */
  pullTimedOut: 382,
  /** Consumer: the client of a pull is gone; aux = row `Pull`. */
  pullDropped: 383,
  /** Consumer: a message was sent; message, aux = consumer sequence. */
  sent: 384,
  /** Consumer: it looked as far as a sequence and nothing before it is for it; aux = next stream sequence. */
  skipped: 385,
  /** Consumer: it takes the next of the last messages of each subject, with which it starts. */
  lastTaken: 386,
  /** Consumer: +ACK; message, aux = consumer sequence. */
  acked: 387,
  /** Consumer: -NAK, to be sent again at once; message, aux = consumer sequence. */
  naked: 388,
  /** Consumer: -NAK with a delay; message, aux = row `Delay`. */
  nakedLater: 389,
  /** Consumer: +WPI, the clock of ack wait starts again; message, aux = consumer sequence. */
  inProgress: 390,
  /** Consumer: +TERM, given up and settled; message, aux = consumer sequence. */
  terminated: 391,
  /** Consumer: ack wait is over, to be sent again; message, aux = stream sequence. */
  ackWaitOver: 392,
  /** Consumer: sent as often as max deliver allows, so it is not sent again; message, aux = stream sequence. */
  gaveUp: 393,
  /** Consumer: what was to be sent again is not in the stream any more; aux = stream sequence. */
  vanished: 394,
  /** Consumer: a message that it had not settled was removed from the stream; message, aux = stream sequence. */
  removedUnsettled: 395,
  /** Consumer: the stream was purged; aux = the first sequence that stays. */
  purgedTo: 396,
  /** Consumer: the server restarted; who was waiting and what was queued again is forgotten. */
  recovered: 397,
  /** Consumer: replay policy "original", the next message waits as long as it was published later; message, aux = row `Held`. */
  held: 398,
  /** Consumer: replay policy "original", what was there when it was made is sent; from now on it sends at once. */
  caughtUp: 374,
  /** Consumer: it tells who listens that nothing is to be sent. */
  heartbeat: 399,
} as const

/** Why a subscription is over. */
export const UNSUBSCRIBED = { byClient: 0, limit: 1, disconnected: 2, restarted: 3 } as const

/** Why a stream is gone. */
export const STREAM_GONE = { deleted: 0, memory: 1 } as const

/** What a pull that is refused with 409 asks for too much of; 0 = the consumer pushes. */
export const EXCEEDS = { maxWaiting: 1, batch: 2, expires: 3 } as const

/** Code of a refusal because a stream is full: of all codes the one that whoever only draws has to know. */
export const STORE_FAILED = 10077

/** Row behind `unanswered`. */
export interface Unanswered {
  /** Part of who asks. */
  client: number
  /** Name of the durable. */
  consumer: string
}

/** Row behind `setupRefused`. */
export interface SetupRefusal {
  /** What was to be made: the name of a stream or consumer. */
  name: string
  errCode: number
  text: string
}
