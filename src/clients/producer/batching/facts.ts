/** What can happen to the records of a producer that batches them, as Kafka's does. The part is its sender. */
export const SENDER_FACTS = {
  /** A record joined a batch that is not sent yet; message, aux = partition. */
  batched: 780,
  /** A batch takes no more records; message = its first, aux = number of the batch. */
  batchClosed: 781,
  /** A batch is on its way; message = its first, aux = number of the request. */
  sent: 782,
  /** The broker has it; message = its first, aux = number of the request. */
  acknowledged: 783,
  /** The broker does not take it, or its connection broke; message = its first, aux = error code. */
  refused: 784,
  /** Nothing was heard of it in time; message = its first, aux = attempts so far. */
  timedOut: 785,
  /** It is not tried again; message = its first, aux = records in it. */
  gaveUp: 786,
  /** The producer has its id and epoch; aux = row `Identity`. */
  initialized: 787,
  /** It counts its batches anew, in another epoch; aux = epoch. */
  epochBumped: 788,
  /** It asks for the end of its transaction; aux = 1 for a commit, 0 for an abort. */
  transactionEnding: 789,
  /** The transaction is over; aux as above. */
  transactionEnded: 790,
  /** A record waits for the next transaction; message. */
  held: 791,
  /** A request got lost on its way, or the answer to one; message = the batch's first, aux = number of the request. */
  requestLost: 792,
  answerLost: 793,
  /** A person had a request sent once more; message = the batch's first, aux = number of the request. */
  duplicated: 794,
  /** Another producer has its transactional id now: it may not write any more. */
  fenced: 795,
  /** It does not wait for an answer (acks=0); message = the batch's first, aux = number of the request. */
  unanswered: 796,
  /** Everything that it held is gone with its process. */
  forgotten: 797,
} as const

/** Row behind `initialized`. */
export interface Identity {
  id: number
  epoch: number
}
