/** What can happen to a client of Redis streams besides what happens to every client. */
export const REDIS_CLIENT_FACTS = {
  /** It asks for new entries (XREADGROUP with >, XREAD); aux = position to read from, -1 for `>` and `$`. */
  readAsked: 640,
  /** It asks for its own pending entries (XREADGROUP with an id); aux = position to read from. */
  historyAsked: 641,
  /** It asks for idle pending entries of its group (XAUTOCLAIM); aux = position to look from. */
  claimAsked: 642,
  /** It asks for one pending entry of its group (XCLAIM); message, aux = position. */
  entryClaimAsked: 643,
  /** The server's answer to it left; message = the first entry, -1 if there is none; aux = answer. */
  answered: 644,
  /** An answer with entries came; message = the first of them, aux = answer. */
  batchTaken: 645,
  /** An answer without entries came; aux = answer. */
  nothingCame: 646,
  /** An entry of its own pending list has no fields any more, since the stream does not have it: it acknowledges it; message, aux = position. */
  foundGone: 647,
  /** An entry was delivered more often than it puts up with: it sets it aside; message, aux = position. */
  gaveUp: 648,
  /** A person has it claim as soon as it asks for something again; message and aux = position of an entry, -1 for all that are idle. */
  claimWished: 649,
  /** Its link works again: it has a new connection, and asks once more for what it waited for. */
  reconnected: 655,
  /** An entry that was in its hands went with the process; message, aux = position. */
  forgotten: 656,
  /** Its group is not there (NOGROUP): it asks again after a pause. */
  refused: 657,
} as const
