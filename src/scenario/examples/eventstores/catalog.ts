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
    id: 'account-audit',
    title: 'Account: what happened at 14:03',
    question: 'What was the balance then, and why?',
  },
  {
    id: 'account-snapshots',
    title: 'Account: snapshots on a long history',
    question: 'How fast is a state known?',
  },
  {
    id: 'late-projection',
    title: 'A view that comes late',
    question: 'What can be known of the past?',
  },
  {
    id: 'rebuild-open',
    title: 'Rebuild in the open',
    question: 'Who sees the wrong rows meanwhile?',
  },
  {
    id: 'stale-read',
    title: 'A stale read',
    question: 'Why is my deposit not there yet?',
  },
  {
    id: 'mailer-replay',
    title: 'A mailer that mails again',
    question: 'What does a replay repeat?',
  },
  {
    id: 'mailer-group',
    title: 'Two mailers, one subscription',
    question: 'What becomes of an event that nobody can work on?',
  },
  {
    id: 'schema-versions',
    title: 'Version 1 meets version 2',
    question: 'Can new code read old events?',
  },
  {
    id: 'dual-writes',
    title: 'Two writes: ghosts and missing events',
    question: 'What does a crash between two writes leave?',
  },
  {
    id: 'outbox',
    title: 'Outbox under fire',
    question: 'What if it must not be lost?',
  },
  {
    id: 'outbox-relays',
    title: 'Two relays, one outbox',
    question: 'May two processes publish the same rows?',
  },
  {
    id: 'order-saga',
    title: 'A saga with a failing refund',
    question: 'How is something undone that has happened?',
  },
  {
    id: 'order-choreography',
    title: 'The same saga without a centre',
    question: 'Who knows how far an order is?',
  },
  {
    id: 'seat-booking',
    title: 'Two want one seat',
    question: 'Who gets it?',
  },
  {
    id: 'erasing-person',
    title: 'Erasing a person',
    question: 'How does an append-only log forget?',
  },
  {
    id: 'three-patterns',
    title: 'One order, three patterns',
    question: 'What does each pattern do with it?',
  },
  {
    id: 'combined',
    title: 'Account, topic and queue together',
    question: 'How do the three patterns work together?',
  },
  {
    id: 'money-trail',
    title: 'From a deposit to an e-mail',
    question: 'Is the money where it should be?',
  },
] as const satisfies readonly ExampleEntry[]

export type EventStoreExampleId = (typeof EVENT_STORES)[number]['id']
