/** What a service with a database does, beyond what all clients do: the kinds of its facts, 630 to 639. */
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
} as const
