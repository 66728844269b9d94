/** What can be opened on event stores: ids, titles and questions only, since lists of runs are loaded without the runs. */
import type { ExampleEntry } from '../example.ts'

export const EVENT_STORES = [
  {
    id: 'account',
    title: 'Account: the balance is a fold of events',
    question: 'Why is the balance 50?',
  },
  {
    id: 'account-two-writers',
    title: 'Account: two writers, one stream',
    question: 'What if two write at the same time?',
  },
  {
    id: 'account-ledger',
    title: 'Account: a long history',
    question: 'What does it cost to keep everything?',
  },
  {
    id: 'combined',
    title: 'Account, topic and queue together',
    question: 'How do the three patterns work together?',
  },
] as const satisfies readonly ExampleEntry[]

export type EventStoreExampleId = (typeof EVENT_STORES)[number]['id']
