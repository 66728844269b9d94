/** What can happen to a producer besides what happens to every client. */
export const PRODUCER_FACTS = {
  /** The next message was planned, otherwise than with the message before it; aux = number of the plan. */
  planned: 150,
} as const
