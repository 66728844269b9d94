/** What can happen to a producer besides what happens to every client. */
export const PRODUCER_FACTS = {
  /** The next message was planned, otherwise than with the message before it; aux = number of the plan. */
  planned: 150,
  /** Its messages bear these properties in turn from now on; aux = row, a list of rows. */
  propertiesSet: 600,
  /** It knows that the broker has a message; message. */
  confirmed: 601,
  /** The broker could not store a message (basic.nack); message. */
  refused: 602,
  /** A mandatory message came back: no queue took it; message. */
  returned: 603,
  /** No confirm came in time; message, aux = attempt. */
  timedOut: 604,
  /** It will publish a message again; message, aux = microseconds until then. */
  retryPlanned: 605,
  /** It publishes a message again; message, aux = attempt. */
  republished: 606,
  /** It gives a message up; message, aux = attempts. */
  gaveUp: 607,
} as const
