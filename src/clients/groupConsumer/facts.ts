/** What can happen to a group consumer besides what happens to every client. `aux` of started, processed and failed is the record's place in its inbox. */
export const GROUP_CONSUMER_FACTS = {
  /** It asks to join its group and holds nothing any more; aux = which of its runs as a member this is. */
  joining: 165,
  /** It was told what is its own; aux = row `Assignment`. */
  assigned: 166,
  /** It heard that its group rebalances: it joins again when its batch is done. */
  rejoinAsked: 167,
  /** It heard that the group went on without it; aux = error code. */
  expelled: 168,
  /** It worked longer than max.poll.interval.ms without a poll and leaves its group. */
  left: 169,
  /** It asks for records. */
  polled: 170,
  /** A batch came; message = the first, aux = how many. */
  batchReceived: 171,
  /** It sends its offsets; aux = for how many partitions. */
  committing: 172,
  /** One of the offsets that it sent is stored. */
  commitAnswered: 173,
  /** Its offsets cannot be stored: it is no longer what it was in the group; aux = error code. */
  commitFailed: 174,
  /** Its poll returned without records. */
  pollReturnedEmpty: 175,
} as const
