/** Parameters of this kind of client, as the scenario document states them. */
import type { Arrivals } from '../../engine/distributions.ts'

/** Publishes messages to what it is linked to: exchange, queue (by the default exchange), topic, command handler. */
export interface ProducerSettings {
  arrivals: Arrivals
  /** Body; `{n}` is the number of the message. With several bodies they are used in turn. */
  bodies: string[]
  /** What `{n}` is in the first message; 1 unless stated. */
  firstNumber?: number
  /** amqp: the routing key if the link gives none. log: keys used in turn or drawn at random; none = keyless. */
  keys?: { kind: 'none' } | { kind: 'turn' | 'random'; of: string[] }
  /** amqp: headers and priorities, each used in turn. */
  headers?: Record<string, string | number | boolean>[]
  priorities?: number[]
  /** amqp: how long a message may wait in a queue. */
  expirationMs?: number
  /** amqp: kept by durable queues when the broker restarts. */
  persistent?: boolean
  /** amqp: a message that no queue takes comes back. */
  mandatory?: boolean
  /** amqp: the broker says when it has a message, and the producer waits for that so long (5000 unless stated). */
  confirms?: boolean
  confirmTimeoutMs?: number
  /** What it does when the broker refuses a message or says nothing in time, and when one comes back. */
  onNack?: 'drop' | 'retry'
  onReturn?: 'drop' | 'retry'
  /** How often it tries again (3 unless stated), after which pause (1000), growing by which factor (2). */
  retries?: number
  backoffMs?: number
  backoffFactor?: number
  /** Share of the pause that is left to chance, 0 to 1. */
  jitter?: number
  /** log: it batches its records and waits for the broker: for none, for the leader, for all replicas in sync. */
  acks?: '0' | '1' | 'all'
  /** log: the partition of every record, whatever its key. */
  partition?: number
  /** log: how long a batch waits for more records, and how many bytes fit in (batch.size): of keys and values. */
  lingerMs?: number
  batchBytes?: number
  /** log: besides, a batch has so many records at most; Kafka has no such limit. */
  batchRecords?: number
  /** log: requests that may be unanswered at a time (max.in.flight.requests.per.connection). */
  maxInFlight?: number
  /** log: every batch has a sequence number, so that none is written twice or out of order (enable.idempotence). */
  idempotent?: boolean
  /** log: how long it waits for an answer, and for how long it tries (request.timeout.ms, delivery.timeout.ms). */
  requestTimeoutMs?: number
  deliveryTimeoutMs?: number
  /** log: so many records are one transaction; the share of transactions that it aborts. */
  transaction?: number
  abortRate?: number
  /** log: after so long the broker aborts an open transaction (transaction.timeout.ms). */
  transactionTimeoutMs?: number
  /** log: share of requests that get lost, or whose answer does. */
  lossRate?: number
  /** Id of the queue in which it wants its replies: each message says so, with a correlation id. */
  replyTo?: string
  /** nats: each message bears an id of its own (Nats-Msg-Id), by which a stream knows it again. */
  messageIds?: boolean
}

/** How long it waits for a confirm unless the document says so. */
export const CONFIRM_TIMEOUT_MS = 5000

/** Whether it batches its records and waits for answers, as a Kafka client does, instead of just writing them. */
export function isBatching({ acks, idempotent, transaction }: ProducerSettings): boolean {
  return acks !== undefined || idempotent === true || transaction !== undefined
}

/** What of it makes message properties. */
export const PROPERTY_SETTINGS = ['headers', 'priorities', 'expirationMs', 'persistent'] as const
