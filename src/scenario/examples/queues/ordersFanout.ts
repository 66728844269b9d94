/** A fanout exchange in front of two queues: each service has a queue of its own and gets every order. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns, type Unplaced } from '../example.ts'

const ABOUT =
  'The exchange copies each order into both queues. Billing and shipping each get every order, and each acknowledges its own copy. Try: crash shipping. Billing goes on.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'shop', to: 'placed', latencyMs: 400 },
  { id: 'bind-billing', from: 'placed', to: 'billing-queue', latencyMs: 300 },
  { id: 'bind-shipping', from: 'placed', to: 'shipping-queue', latencyMs: 300 },
  { id: 'consume-billing', from: 'billing-queue', to: 'billing', latencyMs: 400 },
  { id: 'consume-shipping', from: 'shipping-queue', to: 'shipping', latencyMs: 400 },
]

function queue(name: string): Unplaced {
  return { kind: 'queue', id: `${name}-queue`, name, broker: 'rabbitmq', durable: true }
}

function service(id: string, serviceMs: number, effect: string): Unplaced {
  return {
    kind: 'consumer',
    id,
    name: id,
    service: { kind: 'fixed', ms: serviceMs },
    ack: 'manual',
    prefetch: 1,
    concurrency: 1,
    effect,
  }
}

export const ordersFanout: ExampleBody = {
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
        [{ kind: 'exchange', id: 'placed', name: 'placed', broker: 'rabbitmq', type: 'fanout' }],
        [queue('billing'), queue('shipping')],
        [
          service('billing', 900, 'Billing order: {body}'),
          service('shipping', 1800, 'Shipping order: {body}'),
        ],
      ],
      links,
    ),
    links,
  },
}
