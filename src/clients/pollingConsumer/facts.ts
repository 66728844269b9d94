/** What can happen to a polling consumer besides what happens to every client. */
export const POLLING_CONSUMER_FACTS = {
  /** It asks for messages. */
  asked: 560,
  /** Messages came; message = the first, aux = how many. */
  batchTaken: 561,
  /** The answer was empty: it pauses. */
  nothingCame: 562,
} as const
