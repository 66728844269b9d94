/** Every example's id, title and question, by what it runs on: light, for lists, and to know where a run is kept. */
import { EVENT_STORES } from './eventstores/catalog.ts'
import type { ExampleEntry } from './example.ts'
import { KEPT_LOGS } from './keptLogs/catalog.ts'
import { LOGS } from './logs/catalog.ts'
import { PUBSUB } from './pubsub/catalog.ts'
import { QUEUES } from './queues/catalog.ts'
import { REDIS_STREAMS } from './redisStreams/catalog.ts'

/** In the order in which they are offered, each with the systems whose rules its runs follow. */
export const GROUPS = [
  { id: 'queues', title: 'Message queues', systems: 'RabbitMQ, Amazon SQS', entries: QUEUES },
  {
    id: 'pubsub',
    title: 'Pub/sub',
    systems: 'MQTT, NATS, Redis, Google Pub/Sub, SNS',
    entries: PUBSUB,
  },
  { id: 'logs', title: 'Logs', systems: 'Kafka', entries: LOGS },
  { id: 'keptLogs', title: 'Logs: written and kept', systems: 'Kafka', entries: KEPT_LOGS },
  {
    id: 'redisStreams',
    title: 'Logs: Redis streams',
    systems: 'Redis',
    entries: REDIS_STREAMS,
  },
  { id: 'eventstores', title: 'Event stores', systems: 'KurrentDB', entries: EVENT_STORES },
] as const satisfies readonly {
  id: string
  title: string
  systems: string
  entries: readonly ExampleEntry[]
}[]

export type GroupId = (typeof GROUPS)[number]['id']
export type ExampleId = (typeof GROUPS)[number]['entries'][number]['id']

/** The entry of that id and its group, if there is one. */
export function findEntry(id: string): { group: GroupId; entry: ExampleEntry } | null {
  for (const { id: group, entries } of GROUPS) {
    const entry = (entries as readonly ExampleEntry[]).find((one) => one.id === id)
    if (entry) return { group, entry }
  }
  return null
}
