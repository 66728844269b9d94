/** A durable push consumer: what it may not push yet waits in the stream, and a plain subscriber has nothing to wait in. */
import type { LinkDoc } from '../../../document.ts'
import { type ExampleBody, inColumns } from '../../example.ts'

const ABOUT =
  'Billing and the board both join at 6 s. The board is a plain subscriber: what was before is gone for it. For billing a durable consumer has kept its place in the stream: now it pushes what was before too, three at a time, and waits for acknowledgements. Try: take billing offline, and let it come back.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'shop', to: 'nats', latencyMs: 300, key: 'orders.new' },
  { id: 'keep', from: 'nats', to: 'orders', latencyMs: 200, key: 'orders.>' },
  { id: 'read', from: 'orders', to: 'invoices', latencyMs: 0 },
  { id: 'push', from: 'invoices', to: 'billing', latencyMs: 400 },
  { id: 'to-board', from: 'nats', to: 'board', latencyMs: 400, key: 'orders.*' },
]

export const natsPushConsumer: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 9,
    durationMs: 40_000,
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
              every: { kind: 'fixed', ms: 1500 },
              firstMs: 500,
              count: 18,
            },
            bodies: ['Order{n}'],
          },
        ],
        [{ kind: 'natsServer', id: 'nats', name: 'nats', broker: 'nats' }],
        [
          { kind: 'natsStream', id: 'orders', name: 'ORDERS', broker: 'nats' },
          {
            kind: 'natsConsumer',
            id: 'invoices',
            name: 'invoices',
            broker: 'nats',
            push: true,
            ackWaitMs: 6000,
            maxAckPending: 3,
          },
          {
            kind: 'natsSubscriber',
            id: 'board',
            name: 'board',
            service: { kind: 'fixed', ms: 300 },
            joinMs: 6000,
            effect: 'Showing: {body}',
          },
        ],
        [
          {
            kind: 'natsSubscriber',
            id: 'billing',
            name: 'billing',
            service: { kind: 'fixed', ms: 700 },
            joinMs: 6000,
            effect: 'Invoiced: {body}',
          },
        ],
      ],
      links,
    ),
    links,
  },
}
