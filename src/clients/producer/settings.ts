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
  /** Id of the queue in which it wants its replies: each message says so, with a correlation id. */
  replyTo?: string
}

/** What of it makes message properties. */
export const PROPERTY_SETTINGS = ['headers', 'priorities', 'expirationMs', 'persistent'] as const
