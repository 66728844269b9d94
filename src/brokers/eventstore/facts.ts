/** What can happen in an event store: the kinds of its facts, 90 to 97 and 500 to 529. */
export const EVENTSTORE_FACTS = {
  /** A stream got its first event; aux = its interned name. Always followed by `appended`. */
  streamCreated: 90,
  /** An event was written; aux = the stream's index. Version and position are the next free ones. */
  appended: 91,
  /** An append was refused; message = its first event, aux = row `Conflict`. Nothing was written. */
  conflicted: 92,
  /** An append was acknowledged although its events are already there; message = the first, aux = the stream's index. */
  repeated: 93,
  /** A subscription began; aux = row `Subscribed`. */
  subscribed: 94,
  /** An event went to a subscriber; aux = channel. */
  delivered: 95,
  /** A subscription has seen everything and gets what is appended from now on; aux = channel. */
  caughtUp: 96,
  /** The subscriber is gone; aux = channel. */
  unsubscribed: 97,
  /** A stream cannot be read any more; aux = its index. What is appended next goes on from its last version. */
  softDeleted: 500,
  /** A stream cannot be read or written ever again; aux = its index. */
  tombstoned: 501,
  /** What a stream keeps was limited; aux = row `StreamLimits`. */
  limited: 502,
  /** An append to a stream with a tombstone was refused; message = its first event, aux = the stream's index. */
  refused: 503,
  /** The key of a person's data was deleted; aux = the person's interned name. */
  keyDeleted: 504,
  /** What stands before a version of a stream cannot be read any more; aux = row `Truncation`. */
  truncated: 505,
} as const

/** Why an append was refused. */
export interface Conflict {
  stream: string
  /** What the writer expected: a version, `NO_STREAM` or `ANY`. */
  expected: number
  /** The stream's version at that moment, -1 if there is no stream. */
  actual: number
}

/** What a subscription asks for. */
export interface Subscribed {
  channel: number
  /** Null: all streams. */
  stream: string | null
  /** The first version (or position, for all streams) that it wants. */
  from: number
  /** The subscriber's own number for this subscription: comes back with every push. */
  token: number
}

/** What a stream keeps: KurrentDB's `$maxCount` and `$maxAge`. Null: no limit. */
export interface StreamLimits {
  stream: string
  maxCount: number | null
  maxAgeUs: number | null
}

/** KurrentDB's `$tb`: a stream is read from the version `before` on. */
export interface Truncation {
  stream: string
  before: number
}

/** What happens in a persistent subscription: kinds 510 to 529. aux = number of the delivery unless said otherwise. */
export const PERSISTENT_FACTS = {
  /** aux = member. */
  joined: 510,
  left: 511,
  /** An event went to a member; aux = its place in the source. The delivery's number is the next free one. */
  dispatched: 512,
  acked: 513,
  /** It will be tried again: its member said so, was gone or took too long. */
  retried: 514,
  parked: 515,
  skipped: 516,
  timedOut: 517,
  /** Parked events go out again; aux = how many. */
  replayed: 518,
  /** aux = place in the source before which all is done. */
  checkpointed: 519,
} as const
