/** The nodes of pub/sub in the scenario document: places, what keeps messages for somebody, and who listens. */
import type { MqttClientSettings } from '../clients/mqttClient/settings.ts'
import type { RequesterSettings } from '../clients/requester/settings.ts'
import type { SubscriberSettings } from '../clients/subscriber/settings.ts'
import type { NodeBase } from './document.ts'

/** A broker as MQTT has it: a place with topics that keeps only what is retained, and what sessions wait for. */
export interface MqttBrokerDoc extends NodeBase {
  kind: 'mqttBroker'
  broker: string
}

/** An MQTT client; its one link, in either direction, is its connection. */
export interface MqttClientDoc extends NodeBase, MqttClientSettings {
  kind: 'mqttClient'
}

/** A NATS server: a place with subjects that keeps nothing. */
export interface NatsServerDoc extends NodeBase {
  kind: 'natsServer'
  broker: string
}

/** A JetStream stream; the subjects that it keeps are the keys of the links into it. */
export interface NatsStreamDoc extends NodeBase {
  kind: 'natsStream'
  broker: string
  /** `limits` unless stated: until a limit, until all consumers settled it, until one did. */
  retention?: 'limits' | 'interest' | 'workqueue'
  /** What goes at a limit: the oldest (unless stated), or what comes. */
  discard?: 'old' | 'new'
  /** `file` unless stated: memory does not survive a restart of the server. */
  storage?: 'memory' | 'file'
  /** No limit unless stated. */
  maxMessages?: number
  maxMessagesPerSubject?: number
  maxBytes?: number
  maxAgeMs?: number
  /** How long message ids (Nats-Msg-Id) are remembered; two minutes unless stated. */
  duplicateWindowMs?: number
}

/** A durable JetStream consumer; its filter is the key of the link from its stream. */
export interface NatsConsumerDoc extends NodeBase {
  kind: 'natsConsumer'
  broker: string
  /** Sends to a deliver subject, instead of being asked (pull). */
  push?: boolean
  /** Push: the queue group that shares the deliver subject. */
  deliverGroup?: string
  /** `all` unless stated. */
  deliverPolicy?:
    | 'all'
    | 'last'
    | 'new'
    | 'by_start_sequence'
    | 'by_start_time'
    | 'last_per_subject'
  startSequence?: number
  /** Deliver policy "by start time": the moment of the run. */
  startTimeMs?: number
  /** `instant` unless stated; `original` keeps the pace at which what is there already was published. */
  replayPolicy?: 'instant' | 'original'
  /** It is made then; as the run begins unless stated. */
  createdAtMs?: number
  /** It is gone when nobody used it for so long; never unless stated. */
  inactiveThresholdMs?: number
  /** `explicit` unless stated. */
  ackPolicy?: 'explicit' | 'all' | 'none'
  /** 30 s unless stated; with backoff its first step. */
  ackWaitMs?: number
  backoffMs?: number[]
  /** No limit unless stated. */
  maxDeliver?: number
  /** 1000 unless stated. */
  maxAckPending?: number
  /** Messages come without their bodies, with their size in a header. */
  headersOnly?: boolean
  /** Push: it says so often that it has nothing to send; never unless stated. */
  idleHeartbeatMs?: number
  /** Pull: most requests that wait (512 unless stated), messages that one may ask for, and how long it may wait. */
  maxWaiting?: number
  maxRequestBatch?: number
  maxRequestExpiresMs?: number
}

/** Subscribes to a NATS server, or takes messages from a JetStream consumer. */
export interface NatsSubscriberDoc extends NodeBase, SubscriberSettings {
  kind: 'natsSubscriber'
}

/** Sends requests to a NATS server, and waits for the reply to each. */
export interface NatsRequesterDoc extends NodeBase, RequesterSettings {
  kind: 'natsRequester'
}

/** A Redis server as Pub/Sub has it: a place with channels that keeps nothing. */
export interface RedisServerDoc extends NodeBase {
  kind: 'redisServer'
  broker: string
}

export interface RedisSubscriberDoc extends NodeBase, SubscriberSettings {
  kind: 'redisSubscriber'
}

/** A topic as Google Pub/Sub and Amazon SNS have it: a name to publish to, which keeps nothing. */
export interface CloudTopicDoc extends NodeBase {
  kind: 'cloudTopic'
  broker: string
}

/** A subscription of a cloud topic, with a backlog of its own; linked to a queue it passes on to it. */
export interface CloudSubscriptionDoc extends NodeBase {
  kind: 'cloudSubscription'
  broker: string
  /** Pushes to its client, instead of being pulled. */
  push?: boolean
  /** 10 s unless stated. */
  ackDeadlineMs?: number
  /** Seven days unless stated. */
  retentionMs?: number
  /** Over the headers of messages, which are its attributes: `attributes.type = "order"`. */
  filter?: string
  /** Keeps the order of messages with the same key. */
  ordering?: boolean
  /** Retry policy: the pause before a message is sent again, doubled each time. */
  minBackoffMs?: number
  maxBackoffMs?: number
  /** Id of the topic for messages that nobody acknowledged, and after how many attempts (5 unless stated). */
  deadLetterTopic?: string
  maxDeliveryAttempts?: number
  /** Push: most messages at the endpoint at a time. */
  pushMax?: number
}
