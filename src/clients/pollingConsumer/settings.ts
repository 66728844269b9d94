/** Parameters of this kind of client, as the scenario document states them. */
import type { Duration } from '../../engine/distributions.ts'
import type { InboxSettings } from '../client.ts'

/** A receiver of an SQS-like queue: asks for messages, works on them one by one, deletes each. With a link out it is a service. */
export interface PollingConsumerSettings extends InboxSettings {
  service: Duration
  /** Most messages of one receive, 1 to 10. */
  maxMessages: number
  /** How long a receive waits for a message; 0 is short polling. */
  waitTimeMs: number
  /** How long it pauses after an empty answer; 100 ms unless stated. */
  pauseMs?: number
  /** How long what it receives stays hidden, instead of the queue's visibility timeout. */
  visibilityTimeoutMs?: number
  /** While it works it hides what it holds for another visibility timeout, so often. */
  extendEveryMs?: number
  /** Deletes a message after the work on it, or before. */
  deleteWhen: 'after' | 'before'
  /** Share of messages whose handler throws, 0 to 1. */
  failureRate?: number
  /** What it does then: leaves the message hidden until its timeout, or gives it back at once. */
  onFailure?: 'leave' | 'release'
  effect?: string
  output?: string
}

export const DEFAULT_PAUSE_MS = 100
