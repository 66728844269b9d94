/** What a process manager does, beyond what all clients do: the kinds of its facts, 620 to 629 and 650 to 655. */
export const PROCESS_MANAGER_FACTS = {
  /** It subscribes; aux = the position from which it wants events. */
  subscribing: 620,
  /** It has worked off a page of history and asks for the next; aux = the position where that begins. */
  asking: 621,
  /** Events came; message = the first (-1: none), aux = the position behind the last. */
  received: 622,
  /** There is no more history. */
  caughtUp: 623,
  /** It is done with an event; message, aux = position (of a group: number of the delivery). */
  reacted: 624,
  /** It sent a command; message = the command, aux = number of what it waits for. */
  sent: 625,
  /** Nothing followed in time, and it sends the command again; message = the command, aux as above. */
  sentAgain: 626,
  /** It sent a command often enough, and waits for a person; message, aux as above. */
  gaveUp: 627,
  /** It saved its position; aux = position. */
  checkpointed: 628,
  /** It goes back to a position and reacts from there on once more; aux = position. */
  rewound: 629,
  /** It has reacted to this event before and leaves it; message, aux = position. */
  remembered: 650,
  /** There is nobody to send a command to; message = the event, aux = interned domain. */
  unroutable: 651,
  /** A delivery of its group came; message, aux = number of the delivery. */
  handed: 652,
  /** It cannot work on an event and gives it back; message, aux = number of the delivery. */
  gaveBack: 653,
  /** It cannot work on an event and stops there; message, aux = position. */
  stopped: 654,
} as const
