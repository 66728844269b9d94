/** What travels on links: the operation of each parcel. The message layer draws them by these. */
export const OP = {
  /** Forward: a message. */
  publish: 1,
  route: 2,
  deliver: 3,
  /** Back, amqp. */
  ack: 4,
  nack: 5,
  requeue: 6,
  subscribe: 7,
  hangUp: 8,
  cancel: 34,
  closeChannel: 35,
  /** Amqp: back to a producer, and forward to a consumer that gets nothing more. */
  confirmed: 36,
  refused: 37,
  returned: 38,
  lost: 39,
  /** Log: back. */
  poll: 10,
  commit: 11,
  member: 12,
  /** Log: back, offsets for the transaction of a reader's own producer. */
  addOffsets: 57,
  /** Log: forward. */
  batch: 13,
  assignment: 14,
  /** Log: forward from a producer that batches, and its answers. */
  produce: 50,
  initProducer: 51,
  endTransaction: 52,
  produced: 53,
  notProduced: 56,
  producerId: 54,
  transactionEnded: 55,
  /** Event store: forward from a client, and its reply. */
  command: 20,
  load: 21,
  append: 22,
  reply: 23,
  event: 24,
  checkpoint: 25,
  /** Event store: a query to a read model. */
  query: 26,
  /** Sqs: back, and its empty answer. */
  receive: 30,
  delete: 31,
  visibility: 32,
  nothing: 33,
  /** Nats: a reply on its way back to the requester and to it; a request for messages and its end; term, in progress. */
  answer: 40,
  ask: 41,
  term: 42,
  progress: 43,
  status: 44,
  noResponders: 45,
  /** Redis streams, back: XREADGROUP with an id, XAUTOCLAIM, XCLAIM, and XADD of a dead letter with its XACK. */
  history: 60,
  autoClaim: 61,
  claim: 62,
  setAside: 63,
} as const

/** An answer without events, one event, or a page of them. */
export function eventsOp(count: number): number {
  if (count === 0) return OP.reply
  return count === 1 ? OP.event : OP.batch
}
