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
] as const satisfies readonly ExampleEntry[]

export type PubSubExampleId = (typeof PUBSUB)[number]['id']
