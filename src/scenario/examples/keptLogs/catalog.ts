/** What can be opened on how logs are written and kept: ids, titles and questions only. */
import type { ExampleEntry } from '../example.ts'

export const KEPT_LOGS = [
  {
    id: 'ordering-by-key',
    title: 'Ordering by key',
    question: 'Which order does a topic keep?',
  },
  {
    id: 'hot-key',
    title: 'A hot key',
    question: 'What if one key has most of the records?',
  },
  {
    id: 'adding-partitions',
    title: 'Adding partitions breaks order',
    question: 'What happens to a key when a topic gets more partitions?',
  },
  {
    id: 'idempotent-producer',
    title: 'An idempotent producer, on and off',
    question: 'What do retries do to a log?',
  },
  {
    id: 'read-committed',
    title: 'Transactions and read_committed',
    question: 'Who sees records of a transaction that is aborted?',
  },
  {
    id: 'exactly-once',
    title: 'Exactly once: read, process, write',
    question: 'Can a crash between writing and committing leave no trace?',
  },
  {
    id: 'acks-and-replicas',
    title: 'acks and min.insync.replicas',
    question: 'When is a record safe?',
  },
  {
    id: 'unclean-election',
    title: 'An unclean election',
    question: 'What is lost when a replica that was behind leads?',
  },
  {
    id: 'retention-and-lag',
    title: 'Retention shorter than lag',
    question: 'Does a log wait for slow consumers?',
  },
  {
    id: 'compacted-table',
    title: 'A compacted topic as a table',
    question: 'How can a log keep the latest value of every key?',
  },
  {
    id: 'replay-from-zero',
    title: 'Replay from zero',
    question: 'Can a group read everything once more?',
  },
] as const satisfies readonly ExampleEntry[]

export type KeptLogExampleId = (typeof KEPT_LOGS)[number]['id']
