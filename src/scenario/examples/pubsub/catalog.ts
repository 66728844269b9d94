/** What can be opened on pub/sub: ids, titles and questions only, since lists of runs are loaded without the runs. */
import type { ExampleEntry } from '../example.ts'

export const PUBSUB = [
  {
    id: 'notifications',
    title: 'Notifications: one topic, two groups',
    question: 'Who gets the message?',
  },
] as const satisfies readonly ExampleEntry[]

export type PubSubExampleId = (typeof PUBSUB)[number]['id']
