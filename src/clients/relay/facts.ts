/** What a relay does, beyond what all clients do: the kinds of its facts, 210 to 219. */
export const RELAY_FACTS = {
  /** It asks the store for events; aux = the position from which it wants them. */
  polling: 210,
  /** The store answered; message = the first event (-1: none), aux = how many. */
  polled: 211,
  /** An event went out; message = the event, aux = the message made of it. */
  relayed: 212,
  /** It saved how far it came; aux = its position. */
  saved: 213,
  /** The broker has one of its messages; message, aux = the event's position and the way, as one number. */
  confirmed: 214,
  /** No confirm came in time, or a refusal, and the event is published again; message = the event, aux = its position. */
  unconfirmed: 215,
} as const
