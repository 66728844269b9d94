/** Work-queue retention: a message leaves the stream when one consumer has acknowledged it. */
import type { LinkDoc } from '../../../document.ts'
import { type ExampleBody, inColumns } from '../../example.ts'

const ABOUT =
  'The stream keeps each job until it is acknowledged, and two workers share one durable consumer. A second consumer of the same jobs would be refused. Try: crash a worker while it works. Its job stays in the stream and goes to the other one when its ack wait is over.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'api', to: 'nats', latencyMs: 300, key: 'jobs.resize' },
  { id: 'keep', from: 'nats', to: 'jobs', latencyMs: 200, key: 'jobs.>' },
  { id: 'read', from: 'jobs', to: 'workers', latencyMs: 0, key: 'jobs.>' },
  { id: 'pull-a', from: 'workers', to: 'worker-a', latencyMs: 400 },
  { id: 'pull-b', from: 'workers', to: 'worker-b', latencyMs: 400 },
]

export const natsWorkQueue: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 8,
    durationMs: 40_000,
    code: 'typescript',
    brokers: [{ id: 'nats', family: 'nats' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'api',
            name: 'api',
            arrivals: {
              kind: 'bursts',
              size: 6,
              gapMs: 200,
              everyMs: 12_000,
              firstMs: 500,
              count: 18,
            },
            bodies: ['Image{n}'],
            confirms: true,
          },
        ],
        [{ kind: 'natsServer', id: 'nats', name: 'nats', broker: 'nats' }],
        [
          {
            kind: 'natsStream',
            id: 'jobs',
            name: 'JOBS',
            broker: 'nats',
            retention: 'workqueue',
          },
          {
            kind: 'natsConsumer',
            id: 'workers',
            name: 'workers',
            broker: 'nats',
            ackWaitMs: 5000,
          },
        ],
        ['a', 'b'].map((name) => ({
          kind: 'natsSubscriber' as const,
          id: `worker-${name}`,
          name: `worker ${name}`,
          service: { kind: 'fixed' as const, ms: 1500 },
          effect: 'Resized: {body}',
        })),
      ],
      links,
    ),
    links,
  },
}
