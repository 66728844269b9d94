/** Settings of streams and consumers (docs.nats.io/nats-concepts/jetstream), with the server's defaults. */
import { JetStreamError } from '../errors.ts'
import { hasWildcard, isSubsetOf, isValidSubject } from '../subjects.ts'

export interface StreamConfig {
  subjects: readonly string[]
  /** `limits` keeps until a limit, `interest` until all consumers settled it, `workqueue` until one did. */
  retention: 'limits' | 'interest' | 'workqueue'
  /** What goes when a limit is reached: the oldest message, or the one that comes. */
  discard: 'old' | 'new'
  discardNewPerSubject: boolean
  /** Memory does not survive a restart. */
  storage: 'memory' | 'file'
  /** 0 = no limit, for all of these. */
  maxMessages: number
  maxMessagesPerSubject: number
  maxBytes: number
  maxMessageSize: number
  maxAgeUs: number
  maxConsumers: number
  /** How long message ids are remembered. */
  duplicateWindowUs: number
  denyDelete: boolean
  denyPurge: boolean
  allowRollup: boolean
}

const TWO_MINUTES_US = 120_000_000

export function streamConfig(given: Partial<StreamConfig>): StreamConfig {
  const config: StreamConfig = {
    subjects: [],
    retention: 'limits',
    discard: 'old',
    discardNewPerSubject: false,
    storage: 'memory',
    maxMessages: 0,
    maxMessagesPerSubject: 0,
    maxBytes: 0,
    maxMessageSize: 0,
    maxAgeUs: 0,
    maxConsumers: 0,
    duplicateWindowUs: 0,
    denyDelete: false,
    denyPurge: false,
    allowRollup: false,
    ...given,
  }
  if (config.duplicateWindowUs === 0) {
    const { maxAgeUs } = config
    config.duplicateWindowUs = maxAgeUs > 0 ? Math.min(maxAgeUs, TWO_MINUTES_US) : TWO_MINUTES_US
  }
  return config
}

/** Refuses what the server refuses. */
export function checkStream(name: string, config: StreamConfig): void {
  const { maxAgeUs, duplicateWindowUs, discard, discardNewPerSubject, subjects } = config
  const isWrong =
    name === '' ||
    /[.*>\s]/.test(name) ||
    subjects.some((subject) => !isValidSubject(subject)) ||
    (maxAgeUs > 0 && (maxAgeUs < 100_000 || duplicateWindowUs > maxAgeUs)) ||
    duplicateWindowUs < 100_000 ||
    (config.denyPurge && config.allowRollup) ||
    (discardNewPerSubject && (discard !== 'new' || config.maxMessagesPerSubject <= 0))
  if (isWrong) throw new JetStreamError('streamInvalidConfig')
}

export interface ConsumerConfig {
  ackPolicy: 'explicit' | 'all' | 'none'
  deliverPolicy: DeliverPolicy
  startSequence: number
  /** Deliver policy "by start time": it begins with the first message stored then or later. */
  startUs?: number
  /** `''` = all of the stream. */
  filterSubject: string
  ackWaitUs: number
  /** Waits before each redelivery, the last one from then on; they take the place of ack wait. */
  backoffUs: readonly number[]
  /** Most deliveries of a message; -1 = no limit. */
  maxDeliver: number
  /** Most messages not yet settled; -1 = no limit. */
  maxAckPending: number
  /** A push consumer sends to this subject; `''` makes it a pull consumer. */
  deliverSubject: string
  deliverGroup: string
  /** Most pulls that wait. */
  maxWaiting: number
  /** Messages are sent without their body; a header says how large it is. */
  headersOnly?: true
  /** Replay policy "original": what is there already is sent at the pace at which it was published. */
  replayOriginal?: true
  /** Push: it says so often that nothing is to be sent. */
  idleHeartbeatUs?: number
  /** Push: its client confirms what arrived, which needs heartbeats. */
  flowControl?: true
  /** Push: bits a second. */
  rateLimitBps?: number
  /** It is deleted when nobody used it for so long. */
  inactiveThresholdUs?: number
  /** Most messages that a pull may ask for, and how long it may wait at most. */
  maxRequestBatch?: number
  maxRequestExpiresUs?: number
}

export type DeliverPolicy =
  | 'all'
  | 'last'
  | 'new'
  | 'by_start_sequence'
  | 'by_start_time'
  | 'last_per_subject'

const THIRTY_SECONDS_US = 30_000_000

export function consumerConfig(given: Partial<ConsumerConfig>): ConsumerConfig {
  const config: ConsumerConfig = {
    ackPolicy: 'explicit',
    deliverPolicy: 'all',
    startSequence: 0,
    filterSubject: '',
    ackWaitUs: 0,
    backoffUs: [],
    maxDeliver: 0,
    maxAckPending: 0,
    deliverSubject: '',
    deliverGroup: '',
    maxWaiting: 0,
    ...given,
  }
  const acks = config.ackPolicy !== 'none'
  if (config.maxDeliver === 0) config.maxDeliver = -1
  if (config.ackWaitUs === 0 && acks) config.ackWaitUs = THIRTY_SECONDS_US
  if (config.backoffUs.length > 0) config.ackWaitUs = config.backoffUs[0] as number
  if (config.maxAckPending === 0 && acks) config.maxAckPending = 1000
  if (config.deliverSubject === '' && config.maxWaiting === 0) config.maxWaiting = 512
  return config
}

/** Refuses what the server refuses for a consumer of this stream. */
export function checkConsumer(config: ConsumerConfig, stream: StreamConfig): void {
  const { backoffUs, maxDeliver, filterSubject } = config
  if (backoffUs.length > 0 && maxDeliver <= backoffUs.length) {
    throw new JetStreamError('maxDeliverBackoff')
  }
  checkMode(config)
  if (config.deliverSubject !== '') checkPush(config, stream)
  else if (config.ackPolicy === 'none' && stream.retention === 'workqueue') {
    throw new JetStreamError('pullRequiresAck')
  }
  if (filterSubject !== '' && !fits(filterSubject, stream.subjects)) {
    throw new JetStreamError('filterNotSubset')
  }
  const needsStart = config.deliverPolicy === 'by_start_sequence'
  const needsTime = config.deliverPolicy === 'by_start_time'
  const needsFilter = config.deliverPolicy === 'last_per_subject'
  if (
    needsStart !== config.startSequence > 0 ||
    needsTime !== (config.startUs !== undefined) ||
    (needsFilter && filterSubject === '')
  ) {
    throw new JetStreamError('invalidPolicy')
  }
}

/** What the server looks at first: settings that only one of push and pull has. */
function checkMode(config: ConsumerConfig): void {
  const { idleHeartbeatUs, flowControl, rateLimitBps, maxRequestBatch, maxWaiting } = config
  if (maxRequestBatch !== undefined && maxRequestBatch < 0) throw new JetStreamError('maxBatch')
  const { maxRequestExpiresUs } = config
  if (maxRequestExpiresUs && maxRequestExpiresUs < 1000) {
    throw new JetStreamError('maxExpires')
  }
  if (config.deliverSubject !== '') return
  if (rateLimitBps) throw new JetStreamError('pullRateLimit')
  if (maxWaiting < 0) throw new JetStreamError('maxWaitingNegative')
  if (idleHeartbeatUs) throw new JetStreamError('heartbeatNeedsPush')
  if (flowControl) throw new JetStreamError('flowControlNeedsPush')
}

function checkPush(config: ConsumerConfig, stream: StreamConfig) {
  const { deliverSubject, maxWaiting, maxAckPending, ackPolicy } = config
  const { idleHeartbeatUs, flowControl } = config
  if (hasWildcard(deliverSubject)) throw new JetStreamError('deliverToWildcards')
  if (!isValidSubject(deliverSubject)) throw new JetStreamError('invalidDeliverSubject')
  if (stream.subjects.some((subject) => isSubsetOf(deliverSubject, subject))) {
    throw new JetStreamError('deliverCycle')
  }
  if (maxWaiting !== 0) throw new JetStreamError('pushMaxWaiting')
  if (maxAckPending > 0 && ackPolicy === 'none') throw new JetStreamError('maxPendingNeedsAck')
  if (idleHeartbeatUs !== undefined && idleHeartbeatUs < 100_000) {
    throw new JetStreamError('smallHeartbeat')
  }
  if (flowControl && !idleHeartbeatUs) throw new JetStreamError('flowControlHeartbeat')
}

function fits(filter: string, subjects: readonly string[]): boolean {
  if (!isValidSubject(filter)) return false
  return subjects.some(
    (subject) =>
      isSubsetOf(filter, subject) || (hasWildcard(filter) && isSubsetOf(subject, filter)),
  )
}

/** Changes that the server refuses to an existing consumer. */
export function mayBecome(old: ConsumerConfig, next: ConsumerConfig): boolean {
  return (
    old.deliverPolicy === next.deliverPolicy &&
    old.startSequence === next.startSequence &&
    old.startUs === next.startUs &&
    old.replayOriginal === next.replayOriginal &&
    old.idleHeartbeatUs === next.idleHeartbeatUs &&
    old.flowControl === next.flowControl &&
    old.ackPolicy === next.ackPolicy &&
    old.maxWaiting === next.maxWaiting &&
    (old.deliverSubject === '') === (next.deliverSubject === '')
  )
}
