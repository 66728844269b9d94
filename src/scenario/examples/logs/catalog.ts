/** What can be opened on logs: ids, titles and questions only, since lists of runs are loaded without the runs. */
import type { ExampleEntry } from '../example.ts'

export const LOGS = [
  {
    id: 'notifications-team',
    title: 'Notifications: three senders, two partitions',
    question: 'How many consumers can share the work?',
  },
] as const satisfies readonly ExampleEntry[]

export type LogExampleId = (typeof LOGS)[number]['id']
