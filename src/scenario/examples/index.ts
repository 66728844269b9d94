/** All examples at once, for the command line and for tests; a page loads the one that is opened (`load.ts`). */
import { must } from '../../base/assert.ts'
import { type ExampleId, GROUPS } from './catalog.ts'
import { bodies as eventStores } from './eventstores/index.ts'
import { type Example, type ExampleBody, whole } from './example.ts'
import { bodies as keptLogs } from './keptLogs/index.ts'
import { bodies as logs } from './logs/index.ts'
import { bodies as pubsub } from './pubsub/index.ts'
import { bodies as queues } from './queues/index.ts'
import { bodies as redisStreams } from './redisStreams/index.ts'

const BODIES: Record<ExampleId, ExampleBody> = {
  ...queues,
  ...pubsub,
  ...logs,
  ...keptLogs,
  ...redisStreams,
  ...eventStores,
}

/** All examples, in the order in which they are offered. */
export const EXAMPLES: readonly Example[] = GROUPS.flatMap(({ entries }) =>
  entries.map((entry) => whole(entry, BODIES[entry.id])),
)

/** The example of that id, if there is one. */
export function findExample(id: string): Example | undefined {
  return EXAMPLES.find((example) => example.id === id)
}

/** The example of an id that is known to be one. */
export function exampleCalled(id: ExampleId): Example {
  return must(findExample(id), id)
}
