/** What can be opened on message queues: ids, titles and questions only, since lists of runs are loaded without the runs. */
import type { ExampleEntry } from '../example.ts'

export const QUEUES = [
  {
    id: 'orders',
    title: 'Orders: a queue and one consumer',
    question: 'Is each order processed once?',
  },
  {
    id: 'orders-workers',
    title: 'Orders: two workers share a queue',
    question: 'What happens to an order when its worker crashes?',
  },
  {
    id: 'orders-fanout',
    title: 'Orders: a copy for every queue',
    question: 'Can two services get the same order?',
  },
  {
    id: 'fair-dispatch',
    title: 'Fair dispatch',
    question: 'Why is one worker idle while the other drowns?',
  },
  { id: 'routing', title: 'Routing by key', question: 'Who gets which log line?' },
  { id: 'topics', title: 'Topics', question: 'Which pattern matches quick.orange.rabbit?' },
  { id: 'headers', title: 'Headers', question: 'Can a queue ask for two things at once?' },
  {
    id: 'rpc',
    title: 'Request and reply',
    question: 'How does the caller know which reply is for which request?',
  },
  {
    id: 'retry',
    title: 'Delayed retry by dead letters',
    question: 'How is a failed message tried again later, not at once?',
  },
  {
    id: 'priority',
    title: 'Priority and starvation',
    question: 'Why does the normal order never get its turn?',
  },
  {
    id: 'overload',
    title: 'Overload and back-pressure',
    question: 'What should happen when more comes in than can be done?',
  },
  {
    id: 'poison',
    title: 'A poison message',
    question: 'Why does the worker do the same message again and again?',
  },
  {
    id: 'delivery-limit',
    title: 'A quorum queue with a delivery limit',
    question: 'Who stops a message that fails again and again?',
  },
  {
    id: 'single-active',
    title: 'Single active consumer',
    question: 'How is order kept when there are two consumers?',
  },
  { id: 'outage', title: 'Outage and drain', question: 'How long until everything is as before?' },
  {
    id: 'sqs-jobs',
    title: 'SQS: a queue that is polled',
    question: 'Why was a message received twice although nobody crashed?',
  },
  {
    id: 'mm1',
    title: 'M/M/1: why 80 % busy means waiting',
    question: 'How long is the queue at 80 % load?',
  },
] as const satisfies readonly ExampleEntry[]

export type QueueExampleId = (typeof QUEUES)[number]['id']
