/** A queue that is polled: a visibility timeout that is shorter than some of the work, and a dead-letter queue. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns, type Unplaced } from '../example.ts'

const ABOUT =
  'Two workers poll a queue. A message is hidden while somebody works on it, for five seconds; then others can receive it. The third piece of work takes seven seconds, so it is done twice. After three receives a message goes to the dead-letter queue. Try: crash a worker, or make the visibility timeout longer than the work.'

const links: LinkDoc[] = [
  { id: 'send', from: 'app', to: 'jobs', latencyMs: 300 },
  { id: 'poll-1', from: 'jobs', to: 'worker-1', latencyMs: 300 },
  { id: 'poll-2', from: 'jobs', to: 'worker-2', latencyMs: 300 },
]

function worker(id: string, serviceMs: number[]): Unplaced {
  return {
    kind: 'pollingConsumer',
    id,
    name: id,
    service: { kind: 'trace', ms: serviceMs },
    maxMessages: 1,
    waitTimeMs: 20_000,
    deleteWhen: 'after',
    effect: 'Resized: {body}',
  }
}

export const sqsJobs: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 60_000,
    brokers: [{ id: 'sqs', family: 'sqs' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'app',
            name: 'app',
            arrivals: {
              kind: 'interval',
              every: { kind: 'fixed', ms: 2000 },
              firstMs: 1000,
              count: 20,
            },
            bodies: ['Photo{n}'],
          },
        ],
        [
          {
            kind: 'sqsQueue',
            id: 'jobs',
            name: 'jobs',
            broker: 'sqs',
            visibilityTimeoutMs: 5000,
            deadLetters: 'jobs-dead',
            maxReceiveCount: 3,
          },
          { kind: 'sqsQueue', id: 'jobs-dead', name: 'jobs-dead', broker: 'sqs' },
        ],
        [worker('worker-1', [1800, 7000, 2400]), worker('worker-2', [2600, 2200])],
      ],
      links,
    ),
    links,
  },
}
