/** The queue with two competing consumers, acknowledgements after the work, and a prefetch: what a crash leaves unacknowledged comes again. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns, type Unplaced } from '../example.ts'

const ABOUT =
  'Two workers share one queue. Each holds at most two orders that it has not acknowledged yet. Try: crash a worker. Its orders come again, marked redelivered, and go to the other.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'shop', to: 'default', latencyMs: 400, key: 'orders' },
  { id: 'bind', from: 'default', to: 'orders', latencyMs: 300 },
  { id: 'consume-1', from: 'orders', to: 'worker-1', latencyMs: 500 },
  { id: 'consume-2', from: 'orders', to: 'worker-2', latencyMs: 500 },
]

function worker(id: string, serviceMs: number[]): Unplaced {
  return {
    kind: 'consumer',
    id,
    name: id,
    service: { kind: 'trace', ms: serviceMs },
    ack: 'manual',
    prefetch: 2,
    concurrency: 1,
    effect: 'Processing order: {body}',
  }
}

export const ordersWorkers: ExampleBody = {
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
              every: { kind: 'fixed', ms: 1500 },
              firstMs: 1000,
              count: 30,
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
        [{ kind: 'queue', id: 'orders', name: 'orders', broker: 'rabbitmq', durable: true }],
        [worker('worker-1', [3400, 2200]), worker('worker-2', [1600, 2400])],
      ],
      links,
    ),
    links,
  },
}
