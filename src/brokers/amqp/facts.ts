/** What can happen in an AMQP broker. `node` is the part named first; -1 where nothing is said. */
export const AMQP_FACTS = {
  /** Broker: an exchange was declared; message = row, aux = its part. */
  exchangeDeclared: 10,
  /** Broker: a queue was declared; message = row, aux = its part. */
  queueDeclared: 11,
  /** Exchange: a queue was bound; message = interned key, aux = queue part. */
  bound: 12,
  /** Exchange: a binding was taken off; message = interned key, aux = queue part. */
  unbound: 13,
  /** Broker: a channel was opened; message = row, aux = its part. */
  channelOpened: 14,
  /** Channel: it was closed; aux = reply code, 200 when the client closed it, 0 when the socket broke. */
  channelClosed: 15,
  /** Channel: prefetch for consumers started from now on; aux = count, 0 = no limit. */
  prefetchSet: 16,
  /** Broker: a consumer was started; message = row, aux = its part. */
  consumerStarted: 17,
  /** Consumer: it gets nothing more; aux = reason (`CANCELLED`). */
  consumerCancelled: 18,
  /** Exchange: a copy is on its way to a queue; message, aux = queue part. Only where routing takes time. */
  routed: 19,
  /** Exchange: no queue matched and the message is gone; message. */
  unroutable: 20,
  /** Queue: a message is stored at the back; message, aux = exchange part it came by. */
  enqueued: 21,
  /** Queue: a message was sent to a consumer; message, aux = consumer part. */
  delivered: 22,
  /** Queue: a message was fetched with basic.get; message, aux = channel part, negative (-1 - part) if without ack. */
  got: 23,
  /** Channel: acknowledged; message, aux = delivery tag. */
  acked: 24,
  /** Channel: back to the queue (nack, reject, recover, or its channel went); message, aux = delivery tag. */
  requeued: 25,
  /** Channel: nacked or rejected without requeue; message, aux = delivery tag. */
  rejected: 26,
  /** Queue: a ready message is gone; message, aux = reason (`DROPPED`). */
  dropped: 27,
  /** Queue: a message was refused at the door because the queue is full; message, aux = exchange part. */
  refused: 28,
  /** Queue: all ready messages were removed; aux = how many. */
  purged: 29,
  /** Queue: it was deleted with all that was in it; aux = ready messages lost. */
  queueDeleted: 30,
  /** Exchange: it was deleted. */
  exchangeDeleted: 31,
  /** Exchange: a binding with arguments, or to another exchange; message = row (`BindingRow`), aux = destination part. */
  boundByRow: 240,
  /** Exchange: such a binding was taken off; message = row, aux = destination part. */
  unboundByRow: 241,
  /** Queue: the head's time to live is over; message, aux = 1 if it is dead-lettered, 0 if it is gone. */
  expired: 242,
  /** Queue: a message died and goes to the dead-letter exchange; message = the copy that goes on, aux = why (`DEATH`). */
  deadLettered: 243,
  /** Queue: the dead-lettered copy is gone too; message = the copy, aux = why (`DEAD_END`). */
  deadLetterLost: 244,
  /** Channel: publisher confirm, basic.ack; message, aux = sequence number. */
  confirmed: 245,
  /** Channel: publisher confirm, basic.nack: a queue refused the message; message, aux = sequence number. */
  nacked: 246,
  /** Channel: copies are under way, the confirm waits for them; message, aux = how many. */
  confirmAwaited: 247,
  /** Channel: a copy that a confirm waits for has arrived; message, aux = 1 stored, 0 refused. */
  confirmStep: 248,
  /** Channel: publisher confirms are on. */
  confirmsSelected: 249,
  /** Channel: it is transactional. */
  txSelected: 250,
  /** Channel: a publish waits for the commit; message, aux = row (`HeldPublish`). */
  txPublished: 251,
  /** Channel: acknowledgements or rejections wait for the commit; message = row (`HeldAnswer`), aux = how many. */
  txAnswered: 252,
  /** Channel: the transaction takes effect; aux = publishes in it. */
  txCommitted: 253,
  /** Channel: the transaction is undone; aux = publishes that are gone. */
  txRolledBack: 254,
  /** Channel: prefetch for the whole channel; aux = count, 0 = no limit. */
  limitSet: 255,
  /** Queue: a channel's common prefetch is used up, its consumers here wait; aux = channel part. */
  limitReached: 256,
  /** Queue: they may go on; aux = channel part. */
  limitLifted: 257,
  /** Queue: this consumer is the single active one; aux = consumer part. */
  activated: 258,
  /** Channel: back to the queue, but behind everything that waits (quorum queue without delivery limit); message, aux = tag. */
  requeuedAtBack: 259,
  /** Channel: returned once too often (x-delivery-limit); message, aux = tag. */
  gaveUp: 260,
  /** Channel: nacked or rejected, and the queue has a dead-letter exchange; message, aux = tag. */
  rejectedToDeadLetter: 261,
  /** Queue: a message that is not persistent did not survive the restart; message. */
  forgotten: 262,
  /** Queue: it is there again after the restart; message = row (`RecoveredRow`), aux = ready messages. */
  recovered: 263,
  /** Broker: it stops and starts again; all connections are gone. */
  restarted: 264,
  /** Queue: it is full, and told this publisher so (quorum queue, reject-publish); aux = channel part. */
  publisherBlocked: 265,
  /** Queue: it has room again; all publishers may go on. */
  publishersFreed: 266,
  /** Stream: a message was sent to a consumer and stays; message, aux = consumer part. */
  read: 267,
  /** Channel: a stream's message was acknowledged, which earns credit; message, aux = tag. */
  readAcked: 268,
  /** Channel: a mandatory message comes back to its publisher (312); message, aux = exchange part. */
  returned: 269,
  /** Queue: nobody used it for as long as x-expires says; it is deleted. */
  queueExpired: 270,
  /** Queue: it was used, so its x-expires starts anew. */
  queueUsed: 271,
  /** Queue: a channel is known to it as a publisher (quorum queue, reject-publish); aux = channel part. */
  publisherKnown: 272,
  /** Exchange: a copy goes on to another exchange; message, aux = exchange part. Only where that takes time. */
  passedOn: 273,
  /** Queue: a consumer without acknowledgements has earned its credit back (quorum queue); message = how many, aux = consumer part. */
  autoSettled: 274,
  /** Queue: consumers stand in this order (quorum queue); message = row, a list of parts. */
  turnSet: 275,
  /** Queue: it was gone and is declared again; message = interned name of the connection that it belongs to, -1: none. */
  redeclared: 276,
  /** Queue: its process crashed and is there again, without its consumers (a fault of 3.10.8); message = row (`RecoveredRow`), aux = ready messages lost. */
  queueCrashed: 277,
  /** Queue: a message went to a consumer without acknowledgements past all that wait (a fault of 3.10.8); message, aux = consumer part. */
  passedBy: 278,
  /** Channel: a delivery of before its queue crashed was answered, which means nothing any more; message, aux = tag. */
  answeredInVain: 279,
} as const

/** Why a ready message was dropped. */
export const DROPPED = { maxLength: 1, maxLengthDeadLettered: 2 } as const

/** Why a message was dead-lettered, as `x-death` names it (rabbitmq.com/docs/dlx, "effects"). */
export const DEATH = ['expired', 'maxlen', 'rejected', 'delivery_limit'] as const
export type Death = (typeof DEATH)[number]

/** Why a dead-lettered copy is gone: no queue took it, or it would only go round in a circle. */
export const DEAD_END = { unroutable: 0, cycle: 1 } as const

/** Why a consumer gets nothing more. */
export const CANCELLED = { byClient: 0, queueDeleted: 1, channelClosed: 2 } as const
