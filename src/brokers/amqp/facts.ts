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
} as const

/** Why a ready message was dropped. */
export const DROPPED = { maxLength: 1 } as const

/** Why a consumer gets nothing more. */
export const CANCELLED = { byClient: 0, queueDeleted: 1, channelClosed: 2 } as const
