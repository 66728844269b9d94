/** A queue group beside a plain subscription: the group shares the messages, the other one gets each. */
import type { LinkDoc } from '../../../document.ts'
import { type ExampleBody, inColumns } from '../../example.ts'

const ABOUT =
  'The audit log gets every order. The three workers are one queue group: each order goes to one of them, picked at random. Try: take a worker offline. The others take its share, and nobody misses anything until the last one is gone.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'shop', to: 'nats', latencyMs: 400, key: 'orders.new' },
  { id: 'to-audit', from: 'nats', to: 'audit', latencyMs: 500, key: 'orders.>' },
  ...['a', 'b', 'c'].map((name) => ({
    id: `to-${name}`,
    from: 'nats',
    to: `worker-${name}`,
    latencyMs: 500,
    key: 'orders.new',
  })),
]

export const natsQueueGroup: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 3,
    durationMs: 30_000,
    code: 'python',
    brokers: [{ id: 'nats', family: 'nats' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'shop',
            name: 'shop',
            arrivals: {
              kind: 'interval',
              every: { kind: 'fixed', ms: 1000 },
              firstMs: 500,
              count: 25,
            },
            bodies: ['Order{n}'],
          },
        ],
        [{ kind: 'natsServer', id: 'nats', name: 'nats', broker: 'nats' }],
        [
          {
            kind: 'natsSubscriber',
            id: 'audit',
            name: 'audit log',
            service: { kind: 'fixed', ms: 100 },
            effect: 'Noted: {body}',
          },
          ...['a', 'b', 'c'].map((name) => ({
            kind: 'natsSubscriber' as const,
            id: `worker-${name}`,
            name: `worker ${name}`,
            queueGroup: 'workers',
            service: { kind: 'fixed' as const, ms: 1500 },
            effect: 'Processing: {body}',
          })),
        ],
      ],
      links,
    ),
    links,
  },
}
