/** The parameters of each kind of client: in the document they lie in the node, in a script `set` changes one. */
import * as v from 'valibot'
import type { TopicSettings } from '../../brokers/log/keeping.ts'
import type { CommandHandlerSettings } from '../../clients/commandHandler/settings.ts'
import type { ConsumerSettings } from '../../clients/consumer/settings.ts'
import type { GroupConsumerSettings } from '../../clients/groupConsumer/settings.ts'
import type { MqttClientSettings } from '../../clients/mqttClient/settings.ts'
import type { PollingConsumerSettings } from '../../clients/pollingConsumer/settings.ts'
import {
  PROCESS_NAMES,
  type ProcessManagerSettings,
} from '../../clients/processManager/settings.ts'
import type { ProducerSettings } from '../../clients/producer/settings.ts'
import { type ProjectionSettings, VIEW_NAMES } from '../../clients/projection/settings.ts'
import type {
  RedisConsumerSettings,
  RedisReaderSettings,
} from '../../clients/redisConsumer/settings.ts'
import type { RelaySettings } from '../../clients/relay/settings.ts'
import type { RequesterSettings } from '../../clients/requester/settings.ts'
import type { ServiceSettings } from '../../clients/service/settings.ts'
import type { SubscriberSettings } from '../../clients/subscriber/settings.ts'
import type { ClientKind } from '../kinds.ts'
import { amount, arrivals, duration, headers, id, list, oneOf, text, whole } from './fields.ts'
import { LIMITS } from './limits.ts'

const body = text(0, LIMITS.bodyChars)
const key = text(0, LIMITS.keyChars)
const share = amount(0, 1)
const effect = v.exactOptional(text(0, LIMITS.effectChars))
const output = v.exactOptional(body)
const inbox = v.exactOptional(whole(0, LIMITS.burst))
const failureRate = v.exactOptional(share)
const yes = v.exactOptional(v.boolean('give true or false'))
/** Of a filter on all streams there must be something to filter by. */
const source = v.exactOptional(
  v.pipe(
    text(0, LIMITS.nameChars),
    v.regex(
      /^(?!\$all\?)|^.{5}(type|stream)=[^,]*[^,\s][^,]*(,[^,]*[^,\s][^,]*)*$/,
      'give "$all?type=" or "$all?stream=" and then prefixes with commas between them',
    ),
  ),
)

const reads = v.exactOptional(oneOf(['old', 'strict', 'tolerant', 'upcaster']))
const keyList = list(key, 1, LIMITS.keys)

const qos = v.picklist([0, 1, 2], 'give 0, 1 or 2')

interface SettingsOf {
  producer: ProducerSettings
  consumer: ConsumerSettings
  pollingConsumer: PollingConsumerSettings
  groupConsumer: GroupConsumerSettings
  commandHandler: CommandHandlerSettings
  projection: ProjectionSettings
  relay: RelaySettings
  processManager: ProcessManagerSettings
  service: ServiceSettings
  mqttClient: MqttClientSettings
  natsSubscriber: SubscriberSettings
  natsRequester: RequesterSettings
  redisSubscriber: SubscriberSettings
  redisConsumer: RedisConsumerSettings
  redisReader: RedisReaderSettings
}

/** One entry a field, so that the compiler finds a setting that has none. */
type EntriesOf<Settings> = {
  [F in keyof Required<Settings>]: v.GenericSchema<Required<Settings>[F]>
}

const subscriber = {
  service: duration,
  queueGroup: v.exactOptional(text(1, LIMITS.nameChars)),
  joinMs: v.exactOptional(amount(0, LIMITS.durationMs)),
  pendingMax: v.exactOptional(whole(1, LIMITS.queueLength)),
  batch: v.exactOptional(whole(1, LIMITS.pollRecords)),
  expiresMs: v.exactOptional(amount(1, LIMITS.delayMs)),
  ackWhen: v.exactOptional(oneOf(['after', 'before', 'never'])),
  failureRate,
  onFailure: v.exactOptional(oneOf(['nak', 'term', 'leave'])),
  nakDelayMs: v.exactOptional(amount(0, LIMITS.delayMs)),
  progressEveryMs: v.exactOptional(amount(1, LIMITS.delayMs)),
  replyWith: v.exactOptional(body),
  inbox,
  effect,
  output,
}

/** `$`, `0` or an id of an entry. */
export const entryId = v.pipe(
  v.string('give a text'),
  v.regex(/^(\$|\d{1,15}(-\d{1,15})?)$/, 'give "$", "0" or an id such as "1500-0"'),
)

const entryWork = {
  service: duration,
  count: whole(1, LIMITS.pollRecords),
  blockMs: amount(0, LIMITS.delayMs),
  failureRate,
  failOn: v.exactOptional(text(1, LIMITS.keyChars)),
  startAtMs: v.exactOptional(amount(0, LIMITS.durationMs)),
  crashAtMs: v.exactOptional(amount(0, LIMITS.durationMs)),
  restartAfterMs: v.exactOptional(amount(0, LIMITS.delayMs)),
  inbox,
  effect,
  output,
}

export const SETTINGS = {
  producer: {
    headers: v.exactOptional(list(headers(false), 1, LIMITS.variants)),
    priorities: v.exactOptional(list(whole(0, LIMITS.priority), 1, LIMITS.variants)),
    expirationMs: v.exactOptional(amount(0, LIMITS.delayMs)),
    persistent: yes,
    mandatory: yes,
    confirms: yes,
    confirmTimeoutMs: v.exactOptional(amount(1, LIMITS.delayMs)),
    onNack: v.exactOptional(oneOf(['drop', 'retry'])),
    onReturn: v.exactOptional(oneOf(['drop', 'retry'])),
    retries: v.exactOptional(whole(0, LIMITS.attempts)),
    backoffMs: v.exactOptional(amount(1, LIMITS.delayMs)),
    backoffFactor: v.exactOptional(amount(1, 10)),
    jitter: v.exactOptional(share),
    replyTo: v.exactOptional(id),
    acks: v.exactOptional(oneOf(['0', '1', 'all'])),
    partition: v.exactOptional(whole(0, LIMITS.partitions - 1)),
    lingerMs: v.exactOptional(amount(0, LIMITS.waitMs)),
    batchBytes: v.exactOptional(whole(1, LIMITS.queueBytes)),
    batchRecords: v.exactOptional(whole(1, LIMITS.batchRecords)),
    maxInFlight: v.exactOptional(whole(1, LIMITS.inFlight)),
    idempotent: yes,
    requestTimeoutMs: v.exactOptional(amount(1, LIMITS.timeoutMs)),
    deliveryTimeoutMs: v.exactOptional(amount(1, LIMITS.timeoutMs)),
    transaction: v.exactOptional(whole(1, LIMITS.batchRecords)),
    abortRate: v.exactOptional(share),
    transactionTimeoutMs: v.exactOptional(amount(1, LIMITS.timeoutMs)),
    lossRate: v.exactOptional(share),
    messageIds: yes,
    arrivals,
    bodies: list(body, 1, LIMITS.bodies),
    firstNumber: v.exactOptional(whole(0, LIMITS.arrivals)),
    keys: v.exactOptional(
      v.variant('kind', [
        v.strictObject({ kind: v.literal('none') }),
        v.strictObject({ kind: v.literal('turn'), of: keyList }),
        v.strictObject({ kind: v.literal('random'), of: keyList }),
      ]),
    ),
  },
  consumer: {
    service: duration,
    ack: oneOf(['auto', 'manual', 'early']),
    prefetch: whole(0, LIMITS.prefetch),
    concurrency: whole(1, LIMITS.concurrency),
    failureRate,
    failOn: v.exactOptional(text(1, LIMITS.keyChars)),
    onFailure: v.exactOptional(oneOf(['requeue', 'drop', 'crash'])),
    crashAtMs: v.exactOptional(amount(0, LIMITS.durationMs)),
    restartAfterMs: v.exactOptional(amount(0, LIMITS.delayMs)),
    prefetchScope: v.exactOptional(oneOf(['consumer', 'channel'])),
    priority: v.exactOptional(whole(-1000, 1000)),
    exclusive: yes,
    offset: v.exactOptional(
      v.union(
        [oneOf(['first', 'last', 'next']), whole(0, LIMITS.queueLength)],
        'give "first", "last", "next" or an offset',
      ),
    ),
    reply: yes,
    inbox,
    effect,
    output,
  },
  pollingConsumer: {
    service: duration,
    maxMessages: whole(1, LIMITS.receiveMessages),
    waitTimeMs: amount(0, LIMITS.receiveWaitMs),
    pauseMs: v.exactOptional(amount(1, LIMITS.waitMs)),
    visibilityTimeoutMs: v.exactOptional(amount(0, LIMITS.visibilityMs)),
    extendEveryMs: v.exactOptional(amount(1, LIMITS.visibilityMs)),
    deleteWhen: oneOf(['after', 'before']),
    failureRate,
    onFailure: v.exactOptional(oneOf(['leave', 'release'])),
    inbox,
    effect,
    output,
  },
  groupConsumer: {
    group: text(1, LIMITS.nameChars),
    service: duration,
    maxPollRecords: whole(1, LIMITS.pollRecords),
    fetchMaxWaitMs: amount(1, LIMITS.waitMs),
    commit: oneOf(['before', 'after', 'auto', 'transaction']),
    transactionTimeoutMs: v.exactOptional(amount(1, LIMITS.timeoutMs)),
    commitEveryMs: v.exactOptional(amount(1, LIMITS.waitMs)),
    commitEveryRecords: v.exactOptional(whole(1, LIMITS.pollRecords)),
    offsetReset: oneOf(['earliest', 'latest', 'none']),
    assignor: v.exactOptional(oneOf(['range', 'roundrobin', 'sticky', 'cooperative-sticky'])),
    protocol: v.exactOptional(oneOf(['classic', 'consumer', 'share'])),
    lockMs: v.exactOptional(amount(1, LIMITS.timeoutMs)),
    deliveryLimit: v.exactOptional(whole(1, LIMITS.attempts)),
    renewEveryMs: v.exactOptional(amount(1, LIMITS.timeoutMs)),
    staticMember: yes,
    isolation: v.exactOptional(oneOf(['read_uncommitted', 'read_committed'])),
    startAtMs: v.exactOptional(amount(0, LIMITS.durationMs)),
    closeAtMs: v.exactOptional(amount(0, LIMITS.durationMs)),
    crashAtMs: v.exactOptional(amount(0, LIMITS.durationMs)),
    restartAfterMs: v.exactOptional(amount(0, LIMITS.delayMs)),
    sessionTimeoutMs: v.exactOptional(amount(100, LIMITS.timeoutMs)),
    maxPollIntervalMs: v.exactOptional(amount(100, LIMITS.timeoutMs)),
    failureRate,
    onFailure: v.exactOptional(oneOf(['skip', 'retry'])),
    inbox,
    effect,
    output,
  },
  commandHandler: {
    domain: oneOf(['account', 'payments', 'order', 'inventory', 'seats']),
    stream: text(1, LIMITS.nameChars),
    service: duration,
    retries: whole(0, LIMITS.retries),
    backoffMs: v.exactOptional(amount(0, LIMITS.waitMs)),
    expects: v.exactOptional(oneOf(['version', 'any'])),
    foldMs: v.exactOptional(amount(0, LIMITS.waitMs)),
    snapshotEvery: v.exactOptional(whole(0, LIMITS.arrivals)),
    checksSnapshots: yes,
    foldVersion: v.exactOptional(v.picklist([1, 2], 'give 1 or 2')),
    writes: v.exactOptional(oneOf(['v1', 'v2', 'newType'])),
    reads,
  },
  projection: {
    view: oneOf(VIEW_NAMES),
    source,
    service: duration,
    mode: v.exactOptional(oneOf(['async', 'inline'])),
    batch: v.exactOptional(whole(1, LIMITS.relayBatch)),
    lagMs: v.exactOptional(amount(0, LIMITS.delayMs)),
    checkpoint: v.exactOptional(oneOf(['with', 'before', 'after'])),
    checkpointMs: v.exactOptional(amount(0, LIMITS.waitMs)),
    idempotent: yes,
    answers: v.exactOptional(oneOf(['now', 'whenThere'])),
    reads,
    onUnreadable: v.exactOptional(oneOf(['stop', 'skip'])),
  },
  relay: {
    pollMs: amount(1, LIMITS.waitMs),
    batch: whole(1, LIMITS.relayBatch),
    body: v.exactOptional(body),
    saveMs: v.exactOptional(amount(0, LIMITS.waitMs)),
    confirms: yes,
    confirmMs: v.exactOptional(amount(1, LIMITS.delayMs)),
  },
  processManager: {
    process: oneOf(PROCESS_NAMES),
    service: duration,
    group: v.exactOptional(text(1, LIMITS.nameChars)),
    source,
    bufferSize: v.exactOptional(whole(1, LIMITS.prefetch)),
    messageTimeoutMs: v.exactOptional(amount(1, LIMITS.delayMs)),
    maxRetryCount: v.exactOptional(whole(0, LIMITS.retries)),
    onFail: v.exactOptional(oneOf(['retry', 'park', 'skip'])),
    checkpointMs: v.exactOptional(amount(0, LIMITS.waitMs)),
    remembers: yes,
    timeoutMs: v.exactOptional(amount(1, LIMITS.delayMs)),
    retries: v.exactOptional(whole(0, LIMITS.retries)),
    failOn: v.exactOptional(text(0, LIMITS.keyChars)),
    effect,
  },
  service: {
    service: duration,
    writes: oneOf(['databaseFirst', 'brokerFirst', 'outbox', 'cdc']),
    writeMs: v.exactOptional(amount(0, LIMITS.waitMs)),
    pollMs: v.exactOptional(amount(1, LIMITS.waitMs)),
    batch: v.exactOptional(whole(1, LIMITS.relayBatch)),
    markMs: v.exactOptional(amount(0, LIMITS.waitMs)),
    relays: v.exactOptional(whole(1, LIMITS.relays)),
    claims: v.exactOptional(oneOf(['none', 'lock', 'lease'])),
    leaseMs: v.exactOptional(amount(1, LIMITS.delayMs)),
    confirms: yes,
    confirmMs: v.exactOptional(amount(1, LIMITS.delayMs)),
    crashEvery: v.exactOptional(whole(0, LIMITS.arrivals)),
    restartAfterMs: v.exactOptional(amount(0, LIMITS.delayMs)),
    output,
  },
  mqttClient: {
    version: v.exactOptional(v.picklist([4, 5], 'give 4 (MQTT 3.1.1) or 5')),
    cleanStart: yes,
    sessionExpiryMs: v.exactOptional(amount(0, LIMITS.delayMs)),
    keepAliveMs: v.exactOptional(amount(0, LIMITS.timeoutMs)),
    connectAtMs: v.exactOptional(amount(0, LIMITS.durationMs)),
    leaveAtMs: v.exactOptional(amount(0, LIMITS.durationMs)),
    backAtMs: v.exactOptional(amount(0, LIMITS.durationMs)),
    crashAtMs: v.exactOptional(amount(0, LIMITS.durationMs)),
    reconnectMs: v.exactOptional(amount(1, LIMITS.timeoutMs)),
    receiveMaximum: v.exactOptional(whole(1, LIMITS.prefetch)),
    subscriptions: v.exactOptional(
      list(v.strictObject({ filter: text(1, LIMITS.keyChars), qos, noLocal: yes }), 0, LIMITS.keys),
    ),
    will: v.exactOptional(
      v.strictObject({
        topic: text(1, LIMITS.keyChars),
        body,
        qos: v.exactOptional(qos),
        retain: yes,
        delayMs: v.exactOptional(amount(0, LIMITS.delayMs)),
      }),
    ),
    arrivals,
    topics: v.exactOptional(list(text(1, LIMITS.keyChars), 1, LIMITS.keys)),
    bodies: list(body, 1, LIMITS.bodies),
    qos: v.exactOptional(qos),
    retain: yes,
    expiryS: v.exactOptional(whole(0, LIMITS.delayMs)),
    service: duration,
    inbox,
    effect,
  },
  natsSubscriber: subscriber,
  natsRequester: {
    arrivals,
    bodies: list(body, 1, LIMITS.bodies),
    timeoutMs: amount(1, LIMITS.delayMs),
    effect,
  },
  redisSubscriber: subscriber,
  redisConsumer: {
    ...entryWork,
    ack: oneOf(['after', 'before', 'noack']),
    readsPending: yes,
    claimEveryMs: v.exactOptional(amount(1, LIMITS.delayMs)),
    minIdleMs: v.exactOptional(amount(0, LIMITS.delayMs)),
    maxDeliveries: v.exactOptional(whole(1, LIMITS.deliveries)),
    deadLetters: v.exactOptional(id),
  },
  redisReader: { ...entryWork, from: entryId },
} as const satisfies { [K in ClientKind]: EntriesOf<SettingsOf[K]> }

/**
 * Settings that say which program this is, or how its messages are told apart: they are changed in the
 * design, not in a run.
 */
export const FIXED_SETTINGS: ReadonlySet<string> = new Set([
  'group',
  'domain',
  'stream',
  'view',
  'process',
  'relays',
  'source',
  'bufferSize',
  'messageTimeoutMs',
  'maxRetryCount',
  'firstNumber',
  'replyTo',
  'idempotent',
  'transaction',
  'crashAtMs',
  'startAtMs',
  'closeAtMs',
  'assignor',
  'protocol',
  'lockMs',
  'deliveryLimit',
  'staticMember',
  'connectAtMs',
  'leaveAtMs',
  'backAtMs',
  'queueGroup',
  'joinMs',
  'messageIds',
  'deadLetters',
  'from',
])

const topicMs = amount(1, LIMITS.delayMs)
const topicBytes = whole(1, LIMITS.queueBytes)

/** What a topic may be asked to keep. */
export const TOPIC_ENTRIES = {
  replicationFactor: v.exactOptional(whole(1, LIMITS.clusterBrokers)),
  minInsyncReplicas: v.exactOptional(whole(1, LIMITS.clusterBrokers)),
  uncleanLeaderElection: yes,
  replicaLagMs: v.exactOptional(topicMs),
  replicaFetchMs: v.exactOptional(topicMs),
  retentionMs: v.exactOptional(topicMs),
  retentionBytes: v.exactOptional(topicBytes),
  segmentBytes: v.exactOptional(topicBytes),
  segmentMs: v.exactOptional(topicMs),
  checkMs: v.exactOptional(topicMs),
  cleanup: v.exactOptional(oneOf(['delete', 'compact', 'compact,delete'])),
  dirtyRatio: v.exactOptional(share),
  deleteRetentionMs: v.exactOptional(amount(0, LIMITS.delayMs)),
} as const satisfies EntriesOf<TopicSettings>
