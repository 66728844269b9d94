/** What can be opened on pub/sub: ids, titles and questions only, since lists of runs are loaded without the runs. */
import type { ExampleEntry } from '../example.ts'

export const PUBSUB = [
  {
    id: 'notifications',
    title: 'Notifications: one topic, two groups',
    question: 'Who gets the message?',
  },
  {
    id: 'mqtt-qos',
    title: 'MQTT: QoS 0, 1 and 2 on lossy links',
    question: 'Which messages get lost, and which come twice?',
  },
  {
    id: 'mqtt-session',
    title: 'MQTT: a session that is kept',
    question: 'What waits for a client that is away?',
  },
  {
    id: 'mqtt-will',
    title: 'MQTT: the last will',
    question: 'How do others learn that a client is gone?',
  },
  {
    id: 'mqtt-shared',
    title: 'MQTT: a shared subscription',
    question: 'How do several clients share the work of one subscription?',
  },
  {
    id: 'mqtt-retained',
    title: 'MQTT: retained messages',
    question: 'What does a client know that subscribes late?',
  },
  {
    id: 'mqtt-filters',
    title: 'MQTT: filters with + and #',
    question: 'Who hears which topic?',
  },
  {
    id: 'nats-broadcast',
    title: 'NATS: broadcast to three',
    question: 'Who hears what, and who comes too late?',
  },
  {
    id: 'nats-queue-group',
    title: 'NATS: queue group against subscription',
    question: 'One for all of us, or one for each?',
  },
  {
    id: 'nats-filters',
    title: 'NATS: subjects with wildcards',
    question: 'Which subscriptions does a subject match?',
  },
  {
    id: 'nats-request-reply',
    title: 'NATS: request and reply',
    question: 'What if nobody answers?',
  },
  {
    id: 'nats-slow-subscriber',
    title: 'NATS: a slow subscriber',
    question: 'Who waits for the slow one?',
  },
  {
    id: 'nats-ack-wait',
    title: 'JetStream: ack wait and max deliver',
    question: 'When does a message go out again, and when no more?',
  },
  {
    id: 'nats-work-queue',
    title: 'JetStream: work-queue retention',
    question: 'When does a job leave the stream?',
  },
  {
    id: 'nats-deduplication',
    title: 'JetStream: deduplication window',
    question: 'Is a message that was published twice stored twice?',
  },
  {
    id: 'nats-push-consumer',
    title: 'JetStream: a durable push consumer',
    question: 'Where does a message wait that nobody is there to get?',
  },
  {
    id: 'nats-durable-begins',
    title: 'JetStream: where a durable begins',
    question: 'What does a late durable get?',
  },
  {
    id: 'redis-fire-and-forget',
    title: 'Redis Pub/Sub: fire and forget',
    question: 'What does a channel keep?',
  },
  {
    id: 'cloud-ack-deadline',
    title: 'Pub/Sub: ack deadline and dead letters',
    question: 'What if nobody acknowledges in time?',
  },
  {
    id: 'cloud-ordering',
    title: 'Pub/Sub: ordering keys',
    question: 'Do messages of one key stay in order?',
  },
  {
    id: 'sns-fan-out',
    title: 'SNS: fan-out to queues',
    question: 'How does one message get into several queues?',
  },
  {
    id: 'late-subscriber',
    title: 'The late subscriber, four times',
    question: 'Who still hears of what was before?',
  },
] as const satisfies readonly ExampleEntry[]

export type PubSubExampleId = (typeof PUBSUB)[number]['id']
