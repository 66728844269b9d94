/** What a sender stands between: the client whose records it sends, with its settings, and the link to the topic. */
import type { Topic } from '../../../brokers/log/topic.ts'
import type { Part } from '../../../engine/simulation.ts'
import type { ProducerSettings } from '../settings.ts'

/** Kafka's defaults. */
export const SENDER_DEFAULTS = {
  batchBytes: 16_384,
  lingerMs: 0,
  maxInFlight: 5,
  requestTimeoutMs: 30_000,
  deliveryTimeoutMs: 120_000,
  backoffMs: 100,
  transactionTimeoutMs: 60_000,
} as const

/** The link to the topic. */
export interface SenderConnection {
  readonly topic: Topic
  /** InitProducerId. */
  init(): void
  produce(message: number, count: number, request: number): void
  endTransaction(commit: boolean): void
}

/** The client whose process it is part of, and how that wants its records to be sent. */
export interface SendingClient extends Part {
  readonly isCrashed: boolean
}
export type SendingSettings = Partial<ProducerSettings>
