/** Settings of streams and consumers by the names that the JetStream API has; times end in `Ms`. */
import type { ConsumerConfig, StreamConfig } from '../pubsub/nats/jetstream/config.ts'
import { Unknown } from './runner.ts'

type Given = Readonly<Record<string, unknown>>
type Read<T> = Readonly<Record<string, (value: unknown) => Partial<T>>>

/** What the API has -1 for, the family has 0: no limit. */
const limit = (value: unknown) => Math.max(0, Number(value))
const us = (value: unknown) => Math.round(Number(value) * 1000)

/** What does not show in a trace of one server. */
const WITHOUT_EFFECT: Readonly<Record<string, () => object>> = {
  description: () => ({}),
  num_replicas: () => ({}),
}

const STREAM: Read<StreamConfig> = {
  subjects: (value) => ({ subjects: (value as unknown[]).map(String) }),
  retention: (value) => ({ retention: value as StreamConfig['retention'] }),
  discard: (value) => ({ discard: value as StreamConfig['discard'] }),
  discard_new_per_subject: (value) => ({ discardNewPerSubject: value === true }),
  storage: (value) => ({ storage: value as StreamConfig['storage'] }),
  max_msgs: (value) => ({ maxMessages: limit(value) }),
  max_msgs_per_subject: (value) => ({ maxMessagesPerSubject: limit(value) }),
  max_bytes: (value) => ({ maxBytes: limit(value) }),
  max_msg_size: (value) => ({ maxMessageSize: limit(value) }),
  max_consumers: (value) => ({ maxConsumers: limit(value) }),
  max_ageMs: (value) => ({ maxAgeUs: us(value) }),
  duplicate_windowMs: (value) => ({ duplicateWindowUs: us(value) }),
  deny_delete: (value) => ({ denyDelete: value === true }),
  deny_purge: (value) => ({ denyPurge: value === true }),
  allow_rollup_hdrs: (value) => ({ allowRollup: value === true }),
  ...WITHOUT_EFFECT,
}

const CONSUMER: Read<ConsumerConfig> = {
  ack_policy: (value) => ({ ackPolicy: value as ConsumerConfig['ackPolicy'] }),
  deliver_policy: (value) => ({ deliverPolicy: value as ConsumerConfig['deliverPolicy'] }),
  opt_start_seq: (value) => ({ startSequence: Number(value) }),
  filter_subject: (value) => ({ filterSubject: String(value) }),
  ack_waitMs: (value) => ({ ackWaitUs: us(value) }),
  backoffMs: (value) => ({ backoffUs: (value as unknown[]).map(us) }),
  max_deliver: (value) => ({ maxDeliver: Number(value) }),
  max_ack_pending: (value) => ({ maxAckPending: Number(value) }),
  deliver_subject: (value) => ({ deliverSubject: String(value) }),
  deliver_group: (value) => ({ deliverGroup: String(value) }),
  max_waiting: (value) => ({ maxWaiting: Number(value) }),
  /** In ms since the case began. */
  opt_start_timeMs: (value) => ({ startUs: us(value) }),
  headers_only: (value) => (value === true ? { headersOnly: true } : {}),
  replay_policy: (value) => (value === 'original' ? { replayOriginal: true } : {}),
  idle_heartbeatMs: (value) => ({ idleHeartbeatUs: us(value) }),
  flow_control: (value) => (value === true ? { flowControl: true } : {}),
  rate_limit_bps: (value) => ({ rateLimitBps: Number(value) }),
  inactive_thresholdMs: (value) => ({ inactiveThresholdUs: us(value) }),
  max_batch: (value) => ({ maxRequestBatch: Number(value) }),
  max_expiresMs: (value) => ({ maxRequestExpiresUs: us(value) }),
  sample_freq: () => ({}),
  mem_storage: () => ({}),
  ...WITHOUT_EFFECT,
}

export function readStreamConfig(given: Given): Partial<StreamConfig> {
  return readAll(given, STREAM)
}

export function readConsumerConfig(given: Given): Partial<ConsumerConfig> {
  return readAll(given, CONSUMER)
}

function readAll<T>(given: Given, known: Read<T>): Partial<T> {
  const read: Partial<T> = {}
  for (const [name, value] of Object.entries(given)) {
    const setting = known[name]
    if (!setting) throw new Unknown(`setting ${name} is not known`)
    Object.assign(read, setting(value))
  }
  return read
}
