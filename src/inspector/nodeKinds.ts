/** What each kind of node is called, and what it is, in the field's exact terms. */
import type { NodeKind } from '../scenario/document.ts'

export const NODE_KIND_WORDS: Record<NodeKind, { name: string; meaning: string }> = {
  natsServer: {
    name: 'NATS server',
    meaning:
      'A place with subjects. It sends each message to whoever is subscribed at that moment, one copy each and one to a random member of each queue group, and keeps nothing.',
  },
  natsStream: {
    name: 'JetStream stream',
    meaning:
      'Keeps the messages of its subjects under sequence numbers: until a limit, until all consumers settled them, or until one did.',
  },
  natsConsumer: {
    name: 'JetStream consumer',
    meaning:
      'A durable view of a stream: how far it has been sent, and what is sent and not yet acknowledged. Several subscribers may share it.',
  },
  natsSubscriber: {
    name: 'NATS subscriber',
    meaning:
      'A program that subscribes to subjects, alone or as a member of a queue group, or takes messages from a JetStream consumer and acknowledges them.',
  },
  natsRequester: {
    name: 'Requester',
    meaning:
      'A program that sends requests and takes the first reply to each, until it gives up waiting.',
  },
  redisServer: {
    name: 'Redis server',
    meaning:
      'A place with channels. Who is subscribed at the moment of publishing gets a copy; nothing is kept.',
  },
  redisSubscriber: {
    name: 'Redis subscriber',
    meaning: 'A program that is subscribed to channels, or to patterns of them.',
  },
  redisStream: {
    name: 'Redis stream',
    meaning:
      'Entries in the order of their ids, which are milliseconds and a sequence: here the milliseconds of the run. Reading takes nothing away; trimming does, read or not.',
  },
  redisGroup: {
    name: 'Consumer group of a Redis stream',
    meaning:
      'Gives each new entry to one consumer and keeps it on a list of what is pending until it is acknowledged. Nothing on that list comes again by itself.',
  },
  redisConsumer: {
    name: 'Consumer of a Redis group',
    meaning:
      'A program that reads for a group with XREADGROUP under a name of its own. It may read what is pending under its name, or claim what others left idle.',
  },
  redisReader: {
    name: 'Reader of a Redis stream',
    meaning:
      'A program that reads a stream with XREAD. Every reader gets every entry; the server remembers nothing of it.',
  },
  producer: {
    name: 'Producer',
    meaning: 'A program that publishes messages. It does not know who will consume them.',
  },
  exchange: {
    name: 'Exchange',
    meaning:
      'The part of an AMQP broker that takes what is published and puts a copy into each queue whose binding matches. It stores nothing.',
  },
  queue: {
    name: 'Queue',
    meaning:
      'Messages in order, each for one consumer. A message leaves the queue when it is acknowledged.',
  },
  consumer: {
    name: 'Consumer',
    meaning:
      'A program to which a queue delivers messages. It does its work, then acknowledges; until then the queue keeps the message as unacknowledged.',
  },
  sqsQueue: {
    name: 'SQS queue',
    meaning:
      'A queue that is polled, as Amazon SQS has it. A received message is hidden for its visibility timeout; what is not deleted by then can be received again.',
  },
  pollingConsumer: {
    name: 'Polling consumer',
    meaning:
      'A program that asks a queue for messages, works on each, and deletes it. Nothing tells it when the time for a message that it still works on is over.',
  },
  topic: {
    name: 'Topic',
    meaning:
      'A log split into partitions. Records are appended and stay; each consumer group reads at its own offsets.',
  },
  groupConsumer: {
    name: 'Group consumer',
    meaning:
      'A member of a consumer group. The members share the partitions of the topic: each partition is read by one member at a time.',
  },
  eventStore: {
    name: 'Event store',
    meaning:
      'Streams of events that are only ever appended to. State is not stored: it is the fold of its events.',
  },
  commandHandler: {
    name: 'Command handler',
    meaning:
      'Loads a stream, decides whether the command is allowed, and appends the events that follow, if the stream still has the expected version.',
  },
  projection: {
    name: 'Projection',
    meaning:
      'Folds the events of a store into a read model: a table made for questions. It may lag behind.',
  },
  processManager: {
    name: 'Process manager',
    meaning:
      'Reacts to events: with a mail, or with the command that comes next. What it knows of an order is the fold of its events.',
  },
  service: {
    name: 'Service with a database',
    meaning:
      'Writes a row of its own and tells others of it. A crash between two writes parts the two, unless they are one.',
  },
  mqttBroker: {
    name: 'MQTT broker',
    meaning:
      'Passes each message to all clients whose filters match its topic. It keeps the retained message of each topic, and what sessions wait for.',
  },
  cloudTopic: {
    name: 'Cloud topic',
    meaning:
      'A name to publish to, as Google Pub/Sub and Amazon SNS have it. Each of its subscriptions gets every message; it keeps nothing itself.',
  },
  cloudSubscription: {
    name: 'Subscription',
    meaning:
      'A backlog of its own for one topic. What it gives out has an ack deadline; what is not acknowledged by then is sent again. Linked to a queue it passes each message on.',
  },
  mqttClient: {
    name: 'MQTT client',
    meaning:
      'A program with one connection to an MQTT broker. It publishes to topics, is subscribed to filters, or both.',
  },
  relay: {
    name: 'Relay',
    meaning:
      'Reads a store in order and publishes each event, at least once. It remembers the position up to which it has published.',
  },
}

/** A client of a subscription, by how it gets its messages. */
export const SUBSCRIBER_WORDS = {
  pulled: {
    name: 'Pull subscriber',
    meaning:
      'A program that asks a subscription for messages, works on each, and acknowledges it. Nothing tells it when the ack deadline of a message that it still works on is over.',
  },
  pushed: {
    name: 'Push endpoint',
    meaning:
      'An HTTP endpoint that a push subscription sends its messages to. Answering with success acknowledges a message; an error, or no answer in time, sends it again.',
  },
} as const
