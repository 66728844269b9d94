/** What can happen in an event store: the kinds of its facts, 90 to 129. */
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
