/** The article's message queue: `Order123` goes through the default exchange to the queue `orders` and is processed once. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'

const ABOUT =
  'The shop publishes Order123, then one more order every three seconds. The queue hands each to its one consumer. Try: crash the consumer while it works. With automatic acknowledgement the order is gone.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'shop', to: 'default', latencyMs: 500, key: 'orders' },
  { id: 'bind', from: 'default', to: 'orders', latencyMs: 400 },
  { id: 'consume', from: 'orders', to: 'worker', latencyMs: 500 },
]

export const orders: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 60_000,
    code: 'python',
    brokers: [{ id: 'rabbitmq', family: 'amqp' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'shop',
            name: 'shop',
            arrivals: {
              kind: 'interval',
              every: { kind: 'fixed', ms: 3000 },
              firstMs: 1000,
              count: 18,
            },
            bodies: ['Order{n}'],
            firstNumber: 123,
          },
        ],
        [
          {
            kind: 'exchange',
            id: 'default',
            name: '(default)',
            broker: 'rabbitmq',
            type: 'default',
          },
        ],
        [{ kind: 'queue', id: 'orders', name: 'orders', broker: 'rabbitmq' }],
        [
          {
            kind: 'consumer',
            id: 'worker',
            name: 'worker',
            service: { kind: 'fixed', ms: 1500 },
            ack: 'auto',
            prefetch: 0,
            concurrency: 1,
            effect: 'Processing order: {body}',
          },
        ],
      ],
      links,
    ),
    links,
  },
}
