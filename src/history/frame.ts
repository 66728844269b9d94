/**
 * The frame: what there is to see at the playhead. A pure function of (history, playhead); the message
 * layer draws from it in the worker, panels and screen readers read the same one on the page.
 * Plain data (numbers, strings, arrays), so that it can be posted between threads.
 */

import type { CrashPoint } from '../clients/client.ts'
import type { BatchingSummary } from '../clients/producer/producer.ts'
import type { NodeKind } from '../scenario/document.ts'
import type { Polled } from '../scenario/polled.ts'
import type { GroupState } from './groupFrame.ts'
import type { ClusterState, KeptState, KeyPlace, RecordFate } from './kept.ts'
import type {
  NatsConsumerState,
  NatsRequesterState,
  NatsServerState,
  NatsStreamState,
  NatsSubscriberState,
  RedisServerState,
  RedisSubscriberState,
} from './pubsubStates.ts'
import type {
  RedisConsumerState,
  RedisGroupState,
  RedisReaderState,
  RedisStreamState,
} from './redisStates.ts'
import type {
  CommandHandlerState,
  EventStoreState,
  ProcessManagerState,
  ProjectionState,
  RelayState,
  ServiceState,
} from './sourcingStates.ts'
import type { Vanished } from './vanished.ts'

export type { GroupState, SharedRecord } from './groupFrame.ts'

/** How many messages of a long queue, partition or stream a frame lists, and of a crowded link for the page. */
export const LISTED_MAX = 64

export interface Frame {
  timeUs: number
  /** How many facts lie at or before the playhead: the playhead stands after fact `factIndex - 1`. */
  factIndex: number
  /** In the order of the scenario's nodes. */
  nodes: NodeState[]
  /** Everything under way on links. */
  flights: Flight[]
  /** Latest state of each link, in the order of the scenario's links. */
  links: LinkState[]
  /** Messages that were lost a moment ago, latest first. */
  vanished: Vanished[]
}

/** Something under way on a link, at `(timeUs - sentUs) / (arriveUs - sentUs)` of its length. */
export interface Flight {
  link: number
  /** Against the arrow: acks, polls, confirms, replies. */
  back: boolean
  /** What it is: a message is a token; the others are small marks. */
  kind:
    | 'message'
    | 'ack'
    | 'nack'
    | 'poll'
    | 'batch'
    | 'commit'
    | 'confirm'
    | 'command'
    | 'append'
    | 'event'
    | 'reply'
    | 'packet'
  /** Of a packet: its name, `PUBACK`. */
  name?: string
  /** The message; -1 for a poll. For a batch its first message. */
  message: number
  /** How many messages it stands for (a batch), else 1. */
  count: number
  sentUs: number
  arriveUs: number
  redelivered: boolean
}

export interface LinkState {
  cut: boolean
  latencyUs: number
  /** When something last left on it, -1 if never. A link that just matched is lit for a moment. */
  lastUs: number
  /** Everything under way on it, both ways; the page is told of the first `LISTED_MAX`. */
  underWay: number
}

/** A message somewhere in a node. */
export interface Held {
  message: number
  redelivered: boolean
  /** A time that runs out for it (its TTL, its visibility timeout), drawn as a thinning ring. */
  clock?: { fromUs: number; untilUs: number }
  /** In a queue with priorities: its own. */
  priority?: number
  /** In a quorum queue: how often it was delivered before. */
  deliveries?: number
}

/** A message in the hands of a client. */
export interface Job extends Held {
  /** `waiting` in the client's buffer, or `working` since `startedUs`, until `endsUs`. */
  state: 'waiting' | 'working'
  startedUs: number
  endsUs: number
}

export interface StateBase {
  id: string
  /** Whether it is crashed at this moment. */
  crashed: boolean
  /** Work takes this many times as long; 1 = normal. */
  slow: number
  /** Settings changed by actions since the start: name and present value. */
  changed: Record<string, unknown>
  /** Of a client with an inbox: how many messages it remembers at most and now, and how many came again. */
  inbox?: { window: number; size: number; passed: number }
}

/** What a handler did, in order: the ledger of effects. Twice the same message = a duplicate effect. */
export interface Effect {
  message: number
  atUs: number
  text: string
  /** How often this message (or the one it was redelivered from) has had its effect here, this time included. */
  times: number
}

export interface ProducerState extends StateBase {
  kind: 'producer'
  published: number
  nextAtUs: number | null
  lastMessage: number
  paused: boolean
  /** Whether it waits for confirms, for how many messages now, and what became of the others. */
  confirms: boolean
  awaiting: number
  confirmed: number
  refused: number
  returned: number
  gaveUp: number
  /** For each link on which it batches its records. */
  batching: BatchingSummary[]
}
export interface ExchangeState extends StateBase {
  kind: 'exchange'
  routed: number
  unroutable: number
  /** It was deleted. */
  gone: boolean
}
export interface QueueState extends StateBase {
  kind: 'queue'
  type: 'classic' | 'quorum' | 'stream'
  /** It was deleted. */
  gone: boolean
  maxPriority?: number
  /** The first `LISTED_MAX` ready messages, next to be delivered first. */
  ready: Held[]
  readyCount: number
  /** The first unacknowledged ones with the id of the client that holds them. */
  unacked: (Held & { by: string })[]
  unackedCount: number
  /** With a single active consumer: the client that is served. */
  active: string | null
  consumers: number
  delivered: number
  acked: number
  dropped: number
}
export interface ConsumerState extends StateBase {
  kind: 'consumer'
  jobs: Job[]
  jobCount: number
  prefetch: number
  concurrency: number
  ack: 'auto' | 'manual' | 'early'
  processed: number
  failed: number
  paused: boolean
  crashPoint: CrashPoint | null
  /** Code with which the broker ended its subscription, 0 if the queue is gone, -1 if it did not. */
  lostCode: number
  /** The latest effects, newest last. */
  effects: Effect[]
}
export interface SqsQueueState extends StateBase {
  kind: 'sqsQueue'
  fifo: boolean
  /** The first `LISTED_MAX` that can be received, next first; those of locked message groups last. */
  available: Held[]
  availableCount: number
  /** The first ones in flight: who received each, how often it was received, until when it is hidden. */
  inFlight: (Held & { by: string; count: number; clock: { fromUs: number; untilUs: number } })[]
  inFlightCount: number
  delayedCount: number
  /** Receives that wait for a message. */
  waitingReceives: number
  sent: number
  received: number
  deleted: number
  /** Moved to the dead-letter queue; kept too long or purged. */
  moved: number
  lost: number
}
export interface PollingConsumerState extends StateBase {
  kind: 'pollingConsumer'
  polled: Polled
  phase: 'idle' | 'polling' | 'working'
  jobs: Job[]
  jobCount: number
  maxMessages: number
  deleteWhen: 'after' | 'before'
  processed: number
  failed: number
  /** Receives that were answered with nothing. */
  empty: number
  paused: boolean
  crashPoint: CrashPoint | null
  effects: Effect[]
}
export interface PartitionState {
  /** First offset that is still there, and the offset that the next record will get. */
  start: number
  end: number
  /** The last `LISTED_MAX` records, and what became of each. */
  records: { offset: number; message: number; fate?: RecordFate }[]
  /** Of a topic that is kept. */
  kept?: KeptState
}
export interface TopicState extends StateBase {
  kind: 'topic'
  partitions: PartitionState[]
  /** The brokers of its log, where it has such. */
  cluster?: ClusterState
  /** Partitions that were added in the run. */
  added: number
  /** Where the keys of its producers go. */
  keys: KeyPlace[]
  groups: GroupState[]
}
export interface GroupConsumerState extends StateBase {
  kind: 'groupConsumer'
  group: string
  assigned: number[]
  jobs: Job[]
  jobCount: number
  processed: number
  failed: number
  /** Records between its positions and the ends of its partitions. */
  lag: number
  paused: boolean
  /** It was closed, or has not started yet. */
  closed: boolean
  /** Whether it has ever asked to be in its group. */
  joined: boolean
  /** `joining`: it waits for its group. */
  phase: 'out' | 'joining' | 'ready' | 'polling' | 'committing' | 'working'
  generation: number
  /** Whether it is in a share group. */
  sharing: boolean
  /** What of its partitions it is to give up. */
  leaving: number[]
  /** Its producer, where it commits in transactions. */
  output: BatchingSummary | null
  effects: Effect[]
}
export interface MqttBrokerState extends StateBase {
  kind: 'mqttBroker'
  /** Topics that messages came to, as far as they can be listed; the latest message, and what is retained (-1: nothing). */
  topics: {
    topic: string
    published: number
    last: number
    lastUs: number
    /** Subscriptions that the latest message matched. */
    matched: number
    retained: number
  }[]
  topicCount: number
  retainedCount: number
  published: number
  sessions: { client: string; connected: boolean; waiting: number; unanswered: number }[]
}
export interface MqttClientState extends StateBase {
  kind: 'mqttClient'
  phase: 'offline' | 'connecting' | 'online'
  /** Why nothing reaches it, in a word or two; null while it is online. */
  away: string | null
  publishes: boolean
  filters: string[]
  /** They differ from the document's. */
  filtersChanged: boolean
  /** Publishing: what was published, when the next comes, what is not acknowledged yet. */
  published: number
  nextAtUs: number | null
  lastMessage: number
  unsent: Held[]
  unsentCount: number
  /** What came and is in its hands; of QoS 2 what it holds until it is released. */
  jobs: Job[]
  jobCount: number
  held: Held[]
  processed: number
  /** What the broker keeps for it: null if it has no session there. */
  session: {
    waiting: Held[]
    waitingCount: number
    unanswered: number
    ends: Held['clock'] | null
  } | null
  /** The latest messages that it would have got and never will. */
  missed: Held[]
  missedCount: number
  paused: boolean
  crashPoint: CrashPoint | null
  effects: Effect[]
}

export interface CloudTopicState extends StateBase {
  kind: 'cloudTopic'
  published: number
}
export interface CloudSubscriptionState extends StateBase {
  kind: 'cloudSubscription'
  delivery: 'pull' | 'push' | 'queue'
  /** The first that can be sent, and those that wait for their pause to be over. */
  available: Held[]
  availableCount: number
  delayedCount: number
  /** Sent and not settled: to whom, how often, until when. */
  inFlight: (Held & { by: string; count: number; clock: { fromUs: number; untilUs: number } })[]
  inFlightCount: number
  /** Pulls that wait. */
  waitingReceives: number
  /** What an act gave it instead of the filter of its making; null if none did. */
  changedFilter: string | null
  /** Acknowledged or passed on; let by by the filter; given to the dead-letter topic; kept too long. */
  settled: number
  passedBy: number
  dead: number
  expired: number
}

export type NodeState =
  | ProducerState
  | ExchangeState
  | QueueState
  | ConsumerState
  | SqsQueueState
  | PollingConsumerState
  | TopicState
  | GroupConsumerState
  | EventStoreState
  | CommandHandlerState
  | ProjectionState
  | RelayState
  | ProcessManagerState
  | ServiceState
  | MqttBrokerState
  | MqttClientState
  | NatsServerState
  | NatsStreamState
  | NatsConsumerState
  | NatsSubscriberState
  | NatsRequesterState
  | RedisServerState
  | RedisSubscriberState
  | RedisStreamState
  | RedisGroupState
  | RedisConsumerState
  | RedisReaderState
  | CloudTopicState
  | CloudSubscriptionState

export type StateOf<K extends NodeKind> = Extract<NodeState, { kind: K }>

/** How a message is drawn and named wherever it appears. */
export interface MessageLook {
  id: number
  /** Body, shortened to what fits: `Order123`. */
  label: string
  key: string
  /** 0 to 7: its hue by key, or by producer and body where it has none. */
  hue: number
}
