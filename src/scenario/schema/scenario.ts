/** The shape of a scenario document, field by field. What one field says about another is in `references.ts`. */
import * as v from 'valibot'
import { STREAM_EXISTS } from '../../brokers/eventstore/expectedVersion.ts'
import { CRASH_POINTS } from '../../clients/client.ts'
import { VIEW_NAMES } from '../../clients/projection/settings.ts'
import { SCENARIO_FORMAT } from '../document.ts'
import { amount, headers, id, list, oneOf, text, whole } from './fields.ts'
import { LIMITS } from './limits.ts'
import { entryId, SETTINGS, TOPIC_ENTRIES } from './settings.ts'

const coordinate = amount(-LIMITS.coordinate, LIMITS.coordinate)

const base = {
  id,
  name: text(1, LIMITS.nameChars),
  position: v.strictObject({ x: coordinate, y: coordinate }),
}

const part = { ...base, broker: id }

const yes = v.exactOptional(v.boolean('give true or false'))

/** What an event store holds from the start. */
const contents = v.strictObject({
  stream: text(1, LIMITS.nameChars),
  times: v.exactOptional(whole(1, LIMITS.storedTimes)),
  events: list(
    v.strictObject({
      type: text(1, LIMITS.nameChars),
      data: v.record(v.string(), v.unknown()),
      schemaVersion: v.exactOptional(whole(1, 1000)),
      person: v.exactOptional(text(1, LIMITS.nameChars)),
      personal: v.exactOptional(list(text(1, LIMITS.nameChars), 0, LIMITS.headers)),
    }),
    1,
    LIMITS.storedEvents,
  ),
})

const node = v.variant('kind', [
  v.strictObject({ kind: v.literal('producer'), ...base, ...SETTINGS.producer }),
  v.strictObject({
    kind: v.literal('exchange'),
    ...part,
    type: oneOf(['default', 'direct', 'fanout', 'topic', 'headers', 'x-consistent-hash']),
    durable: yes,
    autoDelete: yes,
    internal: yes,
    alternate: v.exactOptional(id),
    hashHeader: v.exactOptional(text(1, LIMITS.keyChars)),
  }),
  v.strictObject({
    kind: v.literal('queue'),
    ...part,
    type: v.exactOptional(oneOf(['classic', 'quorum', 'stream'])),
    durable: yes,
    autoDelete: yes,
    exclusive: yes,
    serverNamed: yes,
    maxLength: v.exactOptional(whole(1, LIMITS.queueLength)),
    maxBytes: v.exactOptional(whole(1, LIMITS.queueBytes)),
    overflow: v.exactOptional(oneOf(['drop-head', 'reject-publish', 'reject-publish-dlx'])),
    messageTtlMs: v.exactOptional(amount(0, LIMITS.delayMs)),
    expiresMs: v.exactOptional(amount(1, LIMITS.delayMs)),
    maxPriority: v.exactOptional(whole(1, LIMITS.priority)),
    deadLetterExchange: v.exactOptional(text(0, LIMITS.idChars)),
    deadLetterKey: v.exactOptional(text(0, LIMITS.keyChars)),
    deliveryLimit: v.exactOptional(whole(0, LIMITS.deliveries)),
    singleActiveConsumer: yes,
  }),
  v.strictObject({ kind: v.literal('consumer'), ...base, ...SETTINGS.consumer }),
  v.strictObject({
    kind: v.literal('sqsQueue'),
    ...part,
    fifo: yes,
    contentDeduplication: yes,
    visibilityTimeoutMs: v.exactOptional(amount(0, LIMITS.visibilityMs)),
    delayMs: v.exactOptional(amount(0, LIMITS.sqsDelayMs)),
    retentionMs: v.exactOptional(amount(LIMITS.sqsRetentionMinMs, LIMITS.sqsRetentionMs)),
    deadLetters: v.exactOptional(id),
    maxReceiveCount: v.exactOptional(whole(1, LIMITS.receiveCount)),
    duplicateRate: v.exactOptional(amount(0, 1)),
    disorderRate: v.exactOptional(amount(0, 1)),
  }),
  v.strictObject({ kind: v.literal('pollingConsumer'), ...base, ...SETTINGS.pollingConsumer }),
  v.strictObject({
    kind: v.literal('topic'),
    ...part,
    partitions: whole(1, LIMITS.partitions),
    ...TOPIC_ENTRIES,
  }),
  v.strictObject({ kind: v.literal('groupConsumer'), ...base, ...SETTINGS.groupConsumer }),
  v.strictObject({
    kind: v.literal('eventStore'),
    ...part,
    contents: v.exactOptional(list(contents, 1, LIMITS.bodies)),
  }),
  v.strictObject({ kind: v.literal('commandHandler'), ...base, ...SETTINGS.commandHandler }),
  v.strictObject({ kind: v.literal('projection'), ...base, ...SETTINGS.projection }),
  v.strictObject({ kind: v.literal('relay'), ...base, ...SETTINGS.relay }),
  v.strictObject({ kind: v.literal('processManager'), ...base, ...SETTINGS.processManager }),
  v.strictObject({ kind: v.literal('service'), ...base, ...SETTINGS.service }),
  v.strictObject({ kind: v.literal('cloudTopic'), ...part }),
  v.strictObject({
    kind: v.literal('cloudSubscription'),
    ...part,
    push: yes,
    ackDeadlineMs: v.exactOptional(amount(1, LIMITS.visibilityMs)),
    retentionMs: v.exactOptional(amount(1, LIMITS.sqsRetentionMs)),
    filter: v.exactOptional(text(0, LIMITS.filterChars)),
    ordering: yes,
    minBackoffMs: v.exactOptional(amount(0, LIMITS.delayMs)),
    maxBackoffMs: v.exactOptional(amount(0, LIMITS.delayMs)),
    deadLetterTopic: v.exactOptional(id),
    maxDeliveryAttempts: v.exactOptional(whole(1, LIMITS.receiveCount)),
    pushMax: v.exactOptional(whole(1, LIMITS.prefetch)),
  }),
  v.strictObject({ kind: v.literal('mqttBroker'), ...part }),
  v.strictObject({ kind: v.literal('mqttClient'), ...base, ...SETTINGS.mqttClient }),
  v.strictObject({ kind: v.literal('natsServer'), ...part }),
  v.strictObject({
    kind: v.literal('natsStream'),
    ...part,
    retention: v.exactOptional(oneOf(['limits', 'interest', 'workqueue'])),
    discard: v.exactOptional(oneOf(['old', 'new'])),
    storage: v.exactOptional(oneOf(['memory', 'file'])),
    maxMessages: v.exactOptional(whole(1, LIMITS.queueLength)),
    maxMessagesPerSubject: v.exactOptional(whole(1, LIMITS.queueLength)),
    maxBytes: v.exactOptional(whole(1, LIMITS.queueBytes)),
    maxAgeMs: v.exactOptional(amount(100, LIMITS.delayMs)),
    duplicateWindowMs: v.exactOptional(amount(100, LIMITS.delayMs)),
  }),
  v.strictObject({
    kind: v.literal('natsConsumer'),
    ...part,
    push: yes,
    deliverGroup: v.exactOptional(text(1, LIMITS.nameChars)),
    deliverPolicy: v.exactOptional(
      oneOf(['all', 'last', 'new', 'by_start_sequence', 'by_start_time', 'last_per_subject']),
    ),
    startSequence: v.exactOptional(whole(1, LIMITS.queueLength)),
    startTimeMs: v.exactOptional(amount(0, LIMITS.durationMs)),
    replayPolicy: v.exactOptional(oneOf(['instant', 'original'])),
    createdAtMs: v.exactOptional(amount(0, LIMITS.durationMs)),
    inactiveThresholdMs: v.exactOptional(amount(100, LIMITS.delayMs)),
    ackPolicy: v.exactOptional(oneOf(['explicit', 'all', 'none'])),
    ackWaitMs: v.exactOptional(amount(1, LIMITS.delayMs)),
    backoffMs: v.exactOptional(list(amount(1, LIMITS.delayMs), 1, LIMITS.attempts)),
    maxDeliver: v.exactOptional(whole(1, LIMITS.deliveries)),
    maxAckPending: v.exactOptional(whole(1, LIMITS.prefetch)),
    headersOnly: yes,
    idleHeartbeatMs: v.exactOptional(amount(100, LIMITS.delayMs)),
    maxWaiting: v.exactOptional(whole(1, LIMITS.prefetch)),
    maxRequestBatch: v.exactOptional(whole(1, LIMITS.prefetch)),
    maxRequestExpiresMs: v.exactOptional(amount(1, LIMITS.delayMs)),
  }),
  v.strictObject({ kind: v.literal('natsSubscriber'), ...base, ...SETTINGS.natsSubscriber }),
  v.strictObject({ kind: v.literal('natsRequester'), ...base, ...SETTINGS.natsRequester }),
  v.strictObject({ kind: v.literal('redisServer'), ...part }),
  v.strictObject({ kind: v.literal('redisSubscriber'), ...base, ...SETTINGS.redisSubscriber }),
  v.strictObject({
    kind: v.literal('redisStream'),
    ...part,
    maxLength: v.exactOptional(whole(1, LIMITS.queueLength)),
    maxAgeMs: v.exactOptional(amount(1, LIMITS.delayMs)),
    approximate: yes,
    contents: v.exactOptional(list(text(0, LIMITS.bodyChars), 1, LIMITS.bodies)),
  }),
  v.strictObject({
    kind: v.literal('redisGroup'),
    ...part,
    start: v.exactOptional(entryId),
    createdAtMs: v.exactOptional(amount(0, LIMITS.durationMs)),
  }),
  v.strictObject({ kind: v.literal('redisConsumer'), ...base, ...SETTINGS.redisConsumer }),
  v.strictObject({ kind: v.literal('redisReader'), ...base, ...SETTINGS.redisReader }),
])

const broker = v.strictObject({
  id,
  family: oneOf([
    'amqp',
    'sqs',
    'log',
    'eventstore',
    'mqtt',
    'cloud',
    'nats',
    'redisPubsub',
    'redisStreams',
  ]),
  brokers: v.exactOptional(whole(1, LIMITS.clusterBrokers)),
  brokerSessionMs: v.exactOptional(amount(1, LIMITS.timeoutMs)),
})

const link = v.strictObject({
  id,
  from: id,
  to: id,
  latencyMs: amount(0, LIMITS.latencyMs),
  key: v.exactOptional(text(0, LIMITS.keyChars)),
  headers: v.exactOptional(headers(true)),
  match: v.exactOptional(oneOf(['all', 'any', 'all-with-x', 'any-with-x'])),
  lossRate: v.exactOptional(amount(0, 1)),
})

export const scenarioSchema = v.strictObject({
  format: v.literal(SCENARIO_FORMAT, `give "${SCENARIO_FORMAT}"`),
  title: text(1, LIMITS.titleChars),
  about: v.exactOptional(text(0, LIMITS.aboutChars)),
  seed: whole(0, Number.MAX_SAFE_INTEGER),
  durationMs: amount(1, LIMITS.durationMs),
  beginsAt: v.exactOptional(
    v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'give "14:00"')),
  ),
  code: v.exactOptional(oneOf(['python', 'typescript'])),
  fold: v.exactOptional(text(1, LIMITS.foldChars)),
  brokers: list(broker, 0, LIMITS.brokers),
  nodes: list(node, 0, LIMITS.nodes),
  links: list(link, 0, LIMITS.links),
})

const target = text(1, LIMITS.idChars)
const message = whole(0, 2_147_483_647)
const atUs = whole(0, LIMITS.durationMs * 1000)
const seekTarget = v.union(
  [
    oneOf(['beginning', 'end']),
    whole(0, Number.MAX_SAFE_INTEGER),
    v.strictObject({ timeMs: amount(0, LIMITS.durationMs) }),
  ],
  'give "beginning", "end", an offset or { timeMs }',
)
const brokerIndex = whole(0, LIMITS.clusterBrokers - 1)

const relay = v.exactOptional(whole(0, LIMITS.relays - 1))
const streamName = text(1, LIMITS.nameChars)

const sourcingAct = v.variant('what', [
  v.strictObject({
    what: v.literal('rebuild'),
    how: oneOf(['inPlace', 'blueGreen']),
    view: v.exactOptional(oneOf(VIEW_NAMES)),
  }),
  v.strictObject({ what: v.literal('rewind'), to: message }),
  v.strictObject({ what: v.literal('replayParked') }),
  v.strictObject({
    what: v.literal('answerEvent'),
    message,
    how: oneOf(['ack', 'retry', 'park', 'skip']),
  }),
  v.strictObject({ what: v.literal('crashRelay'), relay }),
  v.strictObject({ what: v.literal('restartRelay'), relay }),
  v.strictObject({
    what: v.literal('deleteStream'),
    stream: streamName,
    forGood: v.boolean('give true or false'),
  }),
  v.strictObject({
    what: v.literal('limitStream'),
    stream: streamName,
    maxCount: v.nullable(whole(1, LIMITS.queueLength)),
    maxAgeMs: v.nullable(amount(1, LIMITS.delayMs)),
  }),
  v.strictObject({
    what: v.literal('truncateStream'),
    stream: streamName,
    before: whole(0, LIMITS.arrivals),
  }),
  v.strictObject({
    what: v.literal('append'),
    stream: streamName,
    expected: whole(STREAM_EXISTS, LIMITS.arrivals),
    type: streamName,
    data: v.looseObject({}),
  }),
  v.strictObject({ what: v.literal('deleteKey'), person: streamName }),
  v.strictObject({ what: v.literal('copyStream'), stream: streamName, to: streamName }),
])

const redisAct = v.variant('what', [
  v.strictObject({ what: v.literal('claim'), message, by: target }),
  v.strictObject({ what: v.literal('autoClaim') }),
  v.strictObject({ what: v.literal('acknowledge'), message }),
  v.strictObject({ what: v.literal('deleteConsumer'), consumer: streamName }),
  v.strictObject({ what: v.literal('moveGroup'), to: entryId }),
  v.strictObject({ what: v.literal('destroyGroup') }),
  v.strictObject({ what: v.literal('createGroup'), start: entryId }),
  v.strictObject({
    what: v.literal('trim'),
    maxLength: whole(0, LIMITS.queueLength),
    approximate: yes,
  }),
  v.strictObject({ what: v.literal('trimBefore'), minId: entryId, approximate: yes }),
  v.strictObject({ what: v.literal('deleteEntry'), message }),
])

/** The shape of one action; `script.ts` checks it against the scenario. */
export const actionSchema = v.variant('do', [
  v.strictObject({
    do: v.literal('publish'),
    atUs,
    node: target,
    body: v.exactOptional(text(0, LIMITS.bodyChars)),
    key: v.exactOptional(text(0, LIMITS.keyChars)),
    properties: v.exactOptional(
      v.strictObject({
        headers: v.exactOptional(headers(false)),
        priority: v.exactOptional(whole(0, LIMITS.priority)),
        expiration: v.exactOptional(amount(0, LIMITS.delayMs)),
        persistent: yes,
        messageId: v.exactOptional(text(0, LIMITS.keyChars)),
        correlationId: v.exactOptional(text(0, LIMITS.keyChars)),
        replyTo: v.exactOptional(text(0, LIMITS.keyChars)),
        deduplicationId: v.exactOptional(text(1, LIMITS.keyChars)),
        delayMs: v.exactOptional(amount(0, LIMITS.sqsDelayMs)),
      }),
    ),
    mandatory: yes,
  }),
  v.strictObject({ do: v.literal('pause'), atUs, node: target }),
  v.strictObject({ do: v.literal('resume'), atUs, node: target }),
  v.strictObject({ do: v.literal('crashAt'), atUs, node: target, point: oneOf(CRASH_POINTS) }),
  v.strictObject({ do: v.literal('cancel'), atUs, node: target }),
  v.strictObject({ do: v.literal('consume'), atUs, node: target }),
  v.strictObject({ do: v.literal('closeChannel'), atUs, node: target }),
  v.strictObject({ do: v.literal('stall'), atUs, node: target }),
  v.strictObject({ do: v.literal('commitNow'), atUs, node: target }),
  v.strictObject({
    do: v.literal('answer'),
    atUs,
    node: target,
    message,
    how: oneOf(['ack', 'nack', 'requeue']),
  }),
  v.strictObject({ do: v.literal('drop'), atUs, at: target, message }),
  v.strictObject({ do: v.literal('poison'), atUs, message }),
  v.strictObject({ do: v.literal('purge'), atUs, node: target }),
  v.strictObject({ do: v.literal('restartBroker'), atUs, broker: target }),
  v.strictObject({ do: v.literal('crash'), atUs, node: target }),
  v.strictObject({ do: v.literal('restart'), atUs, node: target }),
  v.strictObject({
    do: v.literal('set'),
    atUs,
    node: target,
    name: text(1, 40),
    value: v.unknown(),
  }),
  v.strictObject({
    do: v.literal('slow'),
    atUs,
    node: target,
    factor: amount(LIMITS.slowMin, LIMITS.slowMax),
  }),
  v.strictObject({ do: v.literal('cut'), atUs, link: target }),
  v.strictObject({ do: v.literal('mend'), atUs, link: target }),
  v.strictObject({ do: v.literal('latency'), atUs, link: target, ms: amount(0, LIMITS.latencyMs) }),
  v.strictObject({ do: v.literal('sourcing'), atUs, node: target, act: sourcingAct }),
  v.strictObject({ do: v.literal('redisStreams'), atUs, node: target, act: redisAct }),
  v.strictObject({
    do: v.literal('addPartitions'),
    atUs,
    topic: target,
    count: whole(1, LIMITS.partitions),
  }),
  v.strictObject({
    do: v.literal('alterTopic'),
    atUs,
    topic: target,
    name: text(1, 40),
    value: v.unknown(),
  }),
  v.strictObject({ do: v.literal('killBroker'), atUs, broker: target, index: brokerIndex }),
  v.strictObject({ do: v.literal('startBroker'), atUs, broker: target, index: brokerIndex }),
  v.strictObject({ do: v.literal('isolateBroker'), atUs, broker: target, index: brokerIndex }),
  v.strictObject({ do: v.literal('rejoinBroker'), atUs, broker: target, index: brokerIndex }),
  v.strictObject({ do: v.literal('duplicateSend'), atUs, node: target }),
  v.strictObject({
    do: v.literal('loseNext'),
    atUs,
    link: target,
    way: oneOf(['with', 'back']),
  }),
  v.strictObject({
    do: v.literal('settle'),
    atUs,
    node: target,
    message,
    how: oneOf(['ack', 'nak', 'term', 'progress']),
    delayMs: v.exactOptional(amount(0, LIMITS.delayMs)),
  }),
  v.strictObject({ do: v.literal('goOffline'), atUs, node: target }),
  v.strictObject({ do: v.literal('comeBack'), atUs, node: target }),
  v.strictObject({
    do: v.literal('filter'),
    atUs,
    link: target,
    filter: text(1, LIMITS.filterChars),
  }),
  v.strictObject({
    do: v.literal('settleLease'),
    atUs,
    node: target,
    message,
    how: oneOf(['ack', 'nack', 'extend']),
  }),
  v.strictObject({
    do: v.literal('publishMqtt'),
    atUs,
    node: target,
    topic: v.exactOptional(text(1, LIMITS.keyChars)),
    body: v.exactOptional(text(0, LIMITS.bodyChars)),
    qos: v.exactOptional(v.picklist([0, 1, 2], 'give 0, 1 or 2')),
    retain: yes,
  }),
  v.strictObject({
    do: v.literal('seek'),
    atUs,
    topic: target,
    group: text(1, LIMITS.nameChars),
    to: seekTarget,
  }),
  v.strictObject({
    do: v.literal('seekMember'),
    atUs,
    node: target,
    to: seekTarget,
    partition: v.exactOptional(whole(0, LIMITS.partitions - 1)),
  }),
])

export const scriptSchema = list(actionSchema, 0, LIMITS.actions)
