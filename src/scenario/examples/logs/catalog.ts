/** What can be opened on logs: ids, titles and questions only, since lists of runs are loaded without the runs. */
import type { ExampleEntry } from '../example.ts'

export const LOGS = [
  {
    id: 'notifications-team',
    title: 'Notifications: three senders, two partitions',
    question: 'How many consumers can share the work?',
  },
  {
    id: 'group-shares',
    title: 'One group shares a topic',
    question: 'How does a group divide the work and keep the order?',
  },
  {
    id: 'slow-member',
    title: 'A slow member and a forced rebalance',
    question: 'Why was an order handled twice although nobody crashed?',
  },
  {
    id: 'eager-or-cooperative',
    title: 'Eager or cooperative rebalancing',
    question: 'Must everybody stop when somebody joins?',
  },
  {
    id: 'rolling-deploy',
    title: 'A rolling deploy with static members',
    question: 'What does restarting every member cost?',
  },
  {
    id: 'commit-and-crash',
    title: 'Commit before or after the work, and a crash between',
    question: 'Lost or done twice: which one do you choose?',
  },
  {
    id: 'server-side-groups',
    title: 'The server-side group protocol',
    question: 'Who waits for whom when the broker assigns?',
  },
  {
    id: 'share-queue',
    title: 'A share group as a queue',
    question: 'Can a topic hand out single records, as a queue does?',
  },
] as const satisfies readonly ExampleEntry[]

export type LogExampleId = (typeof LOGS)[number]['id']
