/** The textbook queue M/M/1 at 80 % load for a simulated day: long enough to be held against its closed form. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'

const ABOUT =
  'Customers come at random, one each 1.25 s on average, and are served at random, 1 s on average. The server is busy 80 % of the time, and yet four customers are there on average: L = ρ / (1 − ρ). Try: slow the server by a tenth.'

const links: LinkDoc[] = [
  { id: 'arrive', from: 'customers', to: 'line', latencyMs: 0 },
  { id: 'serve', from: 'line', to: 'server', latencyMs: 0 },
]

export const mm1: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 86_400_000,
    brokers: [{ id: 'rabbitmq', family: 'amqp' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'customers',
            name: 'customers',
            arrivals: { kind: 'interval', every: { kind: 'exponential', meanMs: 1250 } },
            bodies: ['{n}'],
          },
        ],
        [{ kind: 'queue', id: 'line', name: 'line', broker: 'rabbitmq' }],
        [
          {
            kind: 'consumer',
            id: 'server',
            name: 'server',
            service: { kind: 'exponential', meanMs: 1000 },
            ack: 'manual',
            prefetch: 1,
            concurrency: 1,
          },
        ],
      ],
      links,
    ),
    links,
  },
}
