/** Parameters of this kind of client, as the scenario document states them. */
import type { Duration } from '../../engine/distributions.ts'
import type { InboxSettings } from '../client.ts'

/** A consumer of queues (amqp). With a link out to an exchange, queue or topic it is a service: it publishes a message for each one that it has processed. */
export interface ConsumerSettings extends InboxSettings {
  service: Duration
  /** `auto`: acknowledged as it is sent (no_ack). `manual`: after the work. `early`: before the work. */
  ack: 'auto' | 'manual' | 'early'
  /** Most unacknowledged messages; 0 = no limit. */
  prefetch: number
  /** How many it works on at once. */
  concurrency: number
  /** Share of messages whose handler throws, 0 to 1. */
  failureRate?: number
  /** A message whose body contains this text fails always. */
  failOn?: string
  /** What it does then: nack with requeue, nack without (dropped or dead-lettered), or its process dies. */
  onFailure?: 'requeue' | 'drop' | 'crash'
  /** It dies once, at this moment of the run. */
  crashAtMs?: number
  /** How long it stays down after a crash, until it starts again by itself. */
  restartAfterMs?: number
  /** Whether the prefetch is for this consumer (unless stated) or for all of its channel. */
  prefetchScope?: 'consumer' | 'channel'
  /** Consumers of a higher priority are served first. */
  priority?: number
  /** Nobody else may consume from its queue. */
  exclusive?: boolean
  /** From a stream: where it begins; `next` unless stated. */
  offset?: 'first' | 'last' | 'next' | number
  /** What it publishes goes to the queue that the message names (reply-to), with its correlation id. */
  reply?: boolean
  /** What the handler does, shown in the ledger of effects: `Processing order: {body}`. */
  effect?: string
  /** Body of what it publishes, `{body}` is the consumed one. Only with a link out. */
  output?: string
}
