/**
 * The scenario document: plain JSON, versioned, validated once at the door (`validate.ts`). Times are
 * simulated milliseconds, as a person would write them; the engine turns them into microseconds.
 */

import type { SeekTarget } from '../brokers/log/broker.ts'
import type { TopicSettings } from '../brokers/log/keeping.ts'
import type { CrashPoint } from '../clients/client.ts'
import type { CommandHandlerSettings } from '../clients/commandHandler/settings.ts'
import type { ConsumerSettings } from '../clients/consumer/settings.ts'
import type { GroupConsumerSettings } from '../clients/groupConsumer/settings.ts'
import type { PollingConsumerSettings } from '../clients/pollingConsumer/settings.ts'
import type { ProcessManagerSettings } from '../clients/processManager/settings.ts'
import type { ProducerSettings } from '../clients/producer/settings.ts'
import type { ProjectionSettings } from '../clients/projection/settings.ts'
import type { RelaySettings } from '../clients/relay/settings.ts'
import type { ServiceSettings } from '../clients/service/settings.ts'
import type {
  CloudSubscriptionDoc,
  CloudTopicDoc,
  MqttBrokerDoc,
  MqttClientDoc,
  NatsConsumerDoc,
  NatsRequesterDoc,
  NatsServerDoc,
  NatsStreamDoc,
  NatsSubscriberDoc,
  RedisServerDoc,
  RedisSubscriberDoc,
} from './pubsubDocument.ts'
import type { RedisAct } from './redisActs.ts'
import type {
  RedisConsumerDoc,
  RedisGroupDoc,
  RedisReaderDoc,
  RedisStreamDoc,
} from './redisDocument.ts'
import type { SourcingAct } from './sourcingActs.ts'

export const SCENARIO_FORMAT = 'eventarium-scenario/1'

export interface Scenario {
  format: typeof SCENARIO_FORMAT
  title: string
  /** One or two sentences: what it shows and what to try. */
  about?: string
  /** An integer from 0 to 2^53 - 1. */
  seed: number
  /** The run ends at this simulated time. */
  durationMs: number
  /** What the clock on the wall says when the run begins, as `14:00`: for questions about a time of day. */
  beginsAt?: string
  /** Which article's program the code tab opens with, if any. */
  code?: 'python' | 'typescript'
  /** A person's own decider and projections in JavaScript: the fold view folds with them, the run does not. */
  fold?: string
  brokers: BrokerDoc[]
  nodes: NodeDoc[]
  links: LinkDoc[]
}

export type Family =
  | 'amqp'
  | 'sqs'
  | 'log'
  | 'eventstore'
  | 'mqtt'
  | 'cloud'
  | 'nats'
  | 'redisPubsub'
  | 'redisStreams'

export interface BrokerDoc {
  id: string
  family: Family
  /** log: brokers of the cluster; as many as the most replicated topic needs unless stated. */
  brokers?: number
  /** log: after so long the controller takes a silent broker for dead (broker.session.timeout.ms); 2000 unless stated. */
  brokerSessionMs?: number
}

export interface Position {
  x: number
  y: number
}

export interface NodeBase {
  /** Unique in the scenario; letters, digits, `-` and `_`. Random streams are derived from it. */
  id: string
  /** What is written on the node: the queue's, topic's or program's own name. */
  name: string
  position: Position
}

export interface ProducerDoc extends NodeBase, ProducerSettings {
  kind: 'producer'
}

export interface ExchangeDoc extends NodeBase {
  kind: 'exchange'
  broker: string
  /** `default` is the nameless exchange: each queue is bound to it by its own name. */
  type: 'default' | 'direct' | 'fanout' | 'topic' | 'headers' | 'x-consistent-hash'
  /** Still there after a restart of the broker; true unless stated. */
  durable?: boolean
  /** Gone when its last binding goes. */
  autoDelete?: boolean
  /** Clients may not publish to it, only other exchanges. */
  internal?: boolean
  /** Id of the exchange that gets what this one cannot route. */
  alternate?: string
  /** Consistent hash: the header that is hashed, instead of the routing key. */
  hashHeader?: string
}

export interface QueueDoc extends NodeBase {
  kind: 'queue'
  broker: string
  /** Classic unless stated; the others are always durable. */
  type?: 'classic' | 'quorum' | 'stream'
  durable?: boolean
  /** Gone when its last consumer is, once it has had one. */
  autoDelete?: boolean
  /** Classic: its consumer's connection declares it, nobody else may use it, and it goes with that connection. */
  exclusive?: boolean
  /** Classic: declared without a name by its consumer; the broker makes one up. */
  serverNamed?: boolean
  /** Most ready messages, and most bytes in their bodies; beyond it the overflow policy acts. */
  maxLength?: number
  maxBytes?: number
  overflow?: 'drop-head' | 'reject-publish' | 'reject-publish-dlx'
  /** How long a message waits at most before it expires. */
  messageTtlMs?: number
  /** How long the queue stays without being used. */
  expiresMs?: number
  /** Classic: priorities 0 to this one are kept apart, the highest first. */
  maxPriority?: number
  /** Where messages go that die here: id of an exchange, or '' for the default one; and under which key. */
  deadLetterExchange?: string
  deadLetterKey?: string
  /** Quorum: how often a message may come back before it dies. */
  deliveryLimit?: number
  /** One consumer is served, the next takes over when it is gone. */
  singleActiveConsumer?: boolean
}

export interface ConsumerDoc extends NodeBase, ConsumerSettings {
  kind: 'consumer'
}

/** A queue as Amazon SQS has it: polled, with a visibility timeout. */
export interface SqsQueueDoc extends NodeBase {
  kind: 'sqsQueue'
  broker: string
  /** Keeps the order of each message group (the producer's keys), and deduplicates. */
  fifo?: boolean
  /** FIFO: the body is the deduplication id. */
  contentDeduplication?: boolean
  /** 30 s unless stated. */
  visibilityTimeoutMs?: number
  delayMs?: number
  /** Four days unless stated. */
  retentionMs?: number
  /** Id of the dead-letter queue, and after how many receives a message goes there (3 unless stated). */
  deadLetters?: string
  maxReceiveCount?: number
  /** Standard: share of deletions that a copy survives, share of receives out of order. */
  duplicateRate?: number
  disorderRate?: number
}

export interface PollingConsumerDoc extends NodeBase, PollingConsumerSettings {
  kind: 'pollingConsumer'
}

export interface TopicDoc extends NodeBase, TopicSettings {
  kind: 'topic'
  broker: string
  partitions: number
}

export interface GroupConsumerDoc extends NodeBase, GroupConsumerSettings {
  kind: 'groupConsumer'
}

export interface EventStoreDoc extends NodeBase {
  kind: 'eventStore'
  broker: string
  /** What it holds when the run begins. */
  contents?: ContentsDoc[]
}

/** Events that a store holds when the run begins: a list, written so many times one after the other. */
export interface ContentsDoc {
  stream: string
  /** How often the list is written; once unless stated. */
  times?: number
  events: {
    type: string
    data: Record<string, unknown>
    schemaVersion?: number
    /** Whose data it is, and the fields that are encrypted with this person's key. */
    person?: string
    personal?: string[]
  }[]
}

export interface CommandHandlerDoc extends NodeBase, CommandHandlerSettings {
  kind: 'commandHandler'
}

export interface ProjectionDoc extends NodeBase, ProjectionSettings {
  kind: 'projection'
}

export interface RelayDoc extends NodeBase, RelaySettings {
  kind: 'relay'
}

export interface ProcessManagerDoc extends NodeBase, ProcessManagerSettings {
  kind: 'processManager'
}

export interface ServiceDoc extends NodeBase, ServiceSettings {
  kind: 'service'
}

export type NodeDoc =
  | ProducerDoc
  | ExchangeDoc
  | QueueDoc
  | ConsumerDoc
  | SqsQueueDoc
  | PollingConsumerDoc
  | TopicDoc
  | GroupConsumerDoc
  | EventStoreDoc
  | CommandHandlerDoc
  | ProjectionDoc
  | RelayDoc
  | ProcessManagerDoc
  | ServiceDoc
  | MqttBrokerDoc
  | MqttClientDoc
  | NatsServerDoc
  | NatsStreamDoc
  | NatsConsumerDoc
  | NatsSubscriberDoc
  | NatsRequesterDoc
  | RedisServerDoc
  | RedisSubscriberDoc
  | RedisStreamDoc
  | RedisGroupDoc
  | RedisConsumerDoc
  | RedisReaderDoc
  | CloudTopicDoc
  | CloudSubscriptionDoc

export type NodeKind = NodeDoc['kind']
export type NodeOf<K extends NodeKind> = Extract<NodeDoc, { kind: K }>

export interface LinkDoc {
  id: string
  from: string
  to: string
  latencyMs: number
  /**
   * From an exchange: the binding key (a weight, for a consistent hash). To an exchange: the routing key.
   * Pub/sub: the subject or channel under which a client publishes; on the other side the filter, where
   * wildcards are allowed.
   */
  key?: string
  /** From a headers exchange: which headers a message must have (null: any value), and whether all or any of them. */
  headers?: Record<string, string | number | boolean | null>
  match?: 'all' | 'any' | 'all-with-x' | 'any-with-x'
  /** Mqtt: share of packets that get lost on it, each with its connection. */
  lossRate?: number
}

/** Where a client may put its messages. */
const INTO_BROKERS: readonly NodeKind[] = [
  'exchange',
  'queue',
  'sqsQueue',
  'topic',
  'natsServer',
  'redisServer',
  'redisStream',
  'cloudTopic',
]

/** Which kinds may be linked from which: the palette, the validator and the canvas all ask here. */
export const LINKS_FROM: Record<NodeKind, readonly NodeKind[]> = {
  producer: [...INTO_BROKERS, 'commandHandler', 'service'],
  exchange: ['queue', 'exchange'],
  queue: ['consumer'],
  consumer: INTO_BROKERS,
  sqsQueue: ['pollingConsumer'],
  pollingConsumer: INTO_BROKERS,
  topic: ['groupConsumer'],
  groupConsumer: [...INTO_BROKERS, 'commandHandler'],
  eventStore: ['projection', 'relay', 'processManager'],
  commandHandler: ['eventStore', 'projection'],
  projection: [],
  relay: INTO_BROKERS,
  processManager: ['commandHandler'],
  mqttBroker: ['mqttClient'],
  mqttClient: ['mqttBroker'],
  service: INTO_BROKERS,
  natsServer: ['natsStream', 'natsSubscriber'],
  natsStream: ['natsConsumer'],
  natsConsumer: ['natsSubscriber'],
  natsSubscriber: INTO_BROKERS,
  natsRequester: ['natsServer'],
  redisServer: ['redisSubscriber'],
  redisSubscriber: INTO_BROKERS,
  redisStream: ['redisGroup', 'redisReader'],
  redisGroup: ['redisConsumer'],
  redisConsumer: INTO_BROKERS,
  redisReader: INTO_BROKERS,
  cloudTopic: ['cloudSubscription'],
  cloudSubscription: ['pollingConsumer', 'sqsQueue', 'queue', 'exchange'],
}

/** Properties of a message that a person publishes. */
export interface MessagePropertiesDoc {
  headers?: Record<string, string | number | boolean>
  priority?: number
  /** Milliseconds. */
  expiration?: number
  persistent?: boolean
  messageId?: string
  correlationId?: string
  /** Name of a queue. */
  replyTo?: string
  /** SQS: of a FIFO queue, and of a standard one. */
  deduplicationId?: string
  delayMs?: number
}

/** An action a person (or a lesson, or a test) took. It happens after all that was due at its microsecond. */
export type Action = { atUs: number } & ActionBody

export type ActionBody =
  /** Publish now; without a body the producer's next one. */
  | {
      do: 'publish'
      /** A producer, or an exchange or queue into which the person puts it. */
      node: string
      body?: string
      key?: string
      properties?: MessagePropertiesDoc
      /** Amqp: it comes back if no queue takes it. */
      mandatory?: boolean
    }
  | { do: 'crash'; node: string }
  | { do: 'restart'; node: string }
  /** Changes a parameter of a client from now on: the same name and value as in the document. */
  | { do: 'set'; node: string; name: string; value: unknown }
  /** Work takes `factor` times as long from now on (1 = as in the document). */
  | { do: 'slow'; node: string; factor: number }
  /** Takes nothing up and makes nothing until it is resumed. */
  | { do: 'pause'; node: string }
  | { do: 'resume'; node: string }
  /** Crashes the next time that it gets to this point of its work. */
  | { do: 'crashAt'; node: string; point: CrashPoint }
  /**
   * basic.cancel, and basic.consume again; of a member of a group consumer.close(), and a new run.
   * channel.close, after which it opens another one.
   */
  | { do: 'cancel'; node: string }
  | { do: 'consume'; node: string }
  | { do: 'closeChannel'; node: string }
  /** A member's next record takes longer than max.poll.interval.ms; it commits now what is done. */
  | { do: 'stall'; node: string }
  | { do: 'commitNow'; node: string }
  /** Answers a message in the hands of a consumer: `nack` without requeue, `requeue` with. */
  | { do: 'answer'; node: string; message: number; how: 'ack' | 'nack' | 'requeue' }
  /** Takes a message away: from a link on which it is under way, or from the head of a queue. */
  | { do: 'drop'; at: string; message: number }
  /** From now on no handler can process it. */
  | { do: 'poison'; message: number }
  | { do: 'purge'; node: string }
  | { do: 'restartBroker'; broker: string }
  | { do: 'cut'; link: string }
  | { do: 'mend'; link: string }
  | { do: 'latency'; link: string; ms: number }
  /** Loses the next message that goes this way over a link: with its arrow, or back. */
  | { do: 'loseNext'; link: string; way: 'with' | 'back' }
  /** A subscriber closes its connection, and connects and subscribes (again). */
  | { do: 'goOffline'; node: string }
  | { do: 'comeBack'; node: string }
  /** Changes what a subscription lets through: the filter that is written on its link. */
  | { do: 'filter'; link: string; filter: string }
  /** An MQTT client publishes now; what is not given is as in its next message. */
  | {
      do: 'publishMqtt'
      node: string
      topic?: string
      body?: string
      qos?: 0 | 1 | 2
      retain?: boolean
    }
  /** What a subscriber says of a message in its hands; `nak` may ask for a delay, `progress` extends its ack wait. */
  | {
      do: 'settle'
      node: string
      message: number
      how: 'ack' | 'nak' | 'term' | 'progress'
      delayMs?: number
    }
  /** Answers a message that a subscription has given out, in place of its client, or gives it more time. */
  | { do: 'settleLease'; node: string; message: number; how: 'ack' | 'nack' | 'extend' }
  | { do: 'sourcing'; node: string; act: SourcingAct }
  | { do: 'redisStreams'; node: string; act: RedisAct }
  /** Moves a group's committed offsets and positions of every partition: beginning, end, an offset, a time. */
  | { do: 'seek'; topic: string; group: string; to: SeekTarget }
  /** A member moves its own position, in one of its partitions or in all: before its next poll (consumer.seek). */
  | { do: 'seekMember'; node: string; to: SeekTarget; partition?: number }
  /** The topic gets so many partitions more. */
  | { do: 'addPartitions'; topic: string; count: number }
  /** A setting of a topic that is kept is another one from now on. */
  | { do: 'alterTopic'; topic: string; name: string; value: unknown }
  /** One broker of a log's cluster dies, comes back, is cut off from the others, reaches them again. */
  | { do: 'killBroker'; broker: string; index: number }
  | { do: 'startBroker'; broker: string; index: number }
  | { do: 'isolateBroker'; broker: string; index: number }
  | { do: 'rejoinBroker'; broker: string; index: number }
  /** The last request of a producer that batches goes out once more. */
  | { do: 'duplicateSend'; node: string }

/** What was done in a run, in the order of time. */
export type Script = readonly Action[]

/** Stamps an action with its moment. */
export function actAt(atUs: number, body: ActionBody): Action {
  return { atUs, ...body }
}
