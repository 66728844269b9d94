/** Parameters of this kind of client, as the scenario document states them. */
import type { Duration } from '../../engine/distributions.ts'

/** A consumer of queues (amqp). With a link out to an exchange, queue or topic it is a service: it publishes a message for each one that it has processed. */
export interface ConsumerSettings {
  service: Duration
  /** `auto`: acknowledged as it is sent (no_ack). `manual`: after the work. `early`: before the work. */
  ack: 'auto' | 'manual' | 'early'
  /** Most unacknowledged messages; 0 = no limit. */
  prefetch: number
  /** How many it works on at once. */
  concurrency: number
  /** Share of messages whose handler throws, 0 to 1. */
  failureRate?: number
  /** What it does then: nack with requeue, or nack without (dropped or dead-lettered). */
  onFailure?: 'requeue' | 'drop'
  /** What the handler does, shown in the ledger of effects: `Processing order: {body}`. */
  effect?: string
  /** Body of what it publishes, `{body}` is the consumed one. Only with a link out. */
  output?: string
}
