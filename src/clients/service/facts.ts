/** What a service with a database does, beyond what all clients do: the kinds of its facts, 630 to 639 and 855 to 859. */
export const SERVICE_FACTS = {
  /** A row is in its database; message = command, aux = number of the row. With an outbox its message is, too. */
  rowSaved: 630,
  /** It tells others; message = command, aux = the message that it publishes. */
  announced: 631,
  /** It is done with a command; message. */
  finished: 632,
  /** A command was in memory and is gone with the process; message. What it had written stays. */
  lost: 633,
  /** A command came while the process was down; message. */
  unheard: 634,
  /** Its relay takes messages up; aux = number of rows that will be published then. */
  relaying: 635,
  /** Its relay remembers how far it has published; aux = number of rows. */
  marked: 636,
  /** The process of its relay died; the service goes on. */
  relayCrashed: 637,
  relayRestarted: 638,
  /** One of several relays takes rows up; aux = row `Competing`. */
  taken: 855,
  /** One of several relays remembers what it has published; aux = row `Competing`. */
  markedBy: 856,
  /** One of several relays died, or starts again; aux = its number. */
  competitorCrashed: 857,
  competitorRestarted: 858,
  /** The broker has what was published of a row; message, aux = the row and the way, as one number. */
  confirmed: 859,
  /** No confirm came in time, and a relay publishes a row again; message = command, aux = the row. */
  unconfirmed: 639,
} as const

/** What one of several relays does with rows. */
export interface Competing {
  /** Its number, from 0. */
  relay: number
  rows: readonly number[]
  /** Until when it has claimed them: -1 as long as it is connected; not given: it has not. */
  untilUs?: number
}
