/** What can be opened on Redis streams: ids, titles and questions only, since lists of runs are loaded without the runs. */
import type { ExampleEntry } from '../example.ts'

export const REDIS_STREAMS = [
  {
    id: 'redis-dead-consumer',
    title: 'Redis group: a dead consumer and a claim',
    question: 'Who gets what a dead consumer had?',
  },
  {
    id: 'redis-history',
    title: 'Redis group: its own history at a restart',
    question: 'What does a consumer get that comes back?',
  },
  {
    id: 'redis-trimming',
    title: 'Redis stream: trimming and a slow group',
    question: 'What becomes of entries that a group has not read yet?',
  },
  {
    id: 'redis-poison',
    title: 'Redis group: a poison entry',
    question: 'Who stops an entry that nobody can process?',
  },
  {
    id: 'redis-late-groups',
    title: 'Redis groups: $ against 0',
    question: 'What does a group get that is made late?',
  },
  {
    id: 'redis-readers',
    title: 'Redis stream: readers without a group',
    question: 'What does XREAD remember?',
  },
  {
    id: 'redis-claimed-twice',
    title: 'Redis group: claimed while it works',
    question: 'What if a consumer is slow, not dead?',
  },
] as const satisfies readonly ExampleEntry[]

export type RedisStreamExampleId = (typeof REDIS_STREAMS)[number]['id']
