/** Parameters of this kind of client, as the scenario document states them. */
import type { Duration } from '../../engine/distributions.ts'
import type { InboxSettings } from '../client.ts'

/** Subscribes to subjects or channels, or takes messages from a JetStream consumer; works on them one by one. With a link out it is a service. */
export interface SubscriberSettings extends InboxSettings {
  service: Duration
  /** nats: the queue group that it is a member of. */
  queueGroup?: string
  /** It connects and subscribes only then; at once unless stated. */
  joinMs?: number
  /** Messages that its client library keeps for it at most: what comes beyond is dropped. No limit unless stated. */
  pendingMax?: number
  /** JetStream pull: how many messages it asks for at once (1 unless stated), and how long a request waits (5000). */
  batch?: number
  expiresMs?: number
  /** JetStream: acknowledges after the work (unless stated), before it, or never. */
  ackWhen?: 'after' | 'before' | 'never'
  failureRate?: number
  /** JetStream, when the handler throws: nak at once (unless stated) or after `nakDelayMs`, term, or say nothing. */
  onFailure?: 'nak' | 'term' | 'leave'
  nakDelayMs?: number
  /** JetStream: says so often that it is still at work. */
  progressEveryMs?: number
  /** nats: answers each request with this; `{body}` is the request's. */
  replyWith?: string
  effect?: string
  output?: string
}

export const DEFAULT_EXPIRES_MS = 5000
