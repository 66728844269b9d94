/** Opens one example: its group is loaded when the first run of it is opened. */
import { must } from '../../base/assert.ts'
import { findEntry, type GroupId } from './catalog.ts'
import { type Example, type ExampleBody, whole } from './example.ts'

type Bodies = { bodies: Record<string, ExampleBody> }

const LOAD: Record<GroupId, () => Promise<Bodies>> = {
  queues: () => import('./queues/index.ts'),
  pubsub: () => import('./pubsub/index.ts'),
  logs: () => import('./logs/index.ts'),
  keptLogs: () => import('./keptLogs/index.ts'),
  redisStreams: () => import('./redisStreams/index.ts'),
  eventstores: () => import('./eventstores/index.ts'),
}

/** The example of that id; null if there is none. */
export async function loadExample(id: string): Promise<Example | null> {
  const found = findEntry(id)
  if (!found) return null
  const { bodies } = await LOAD[found.group]()
  return whole(found.entry, must(bodies[id], `the body of the example ${id}`))
}
