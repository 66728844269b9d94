/** The deduplication window: a message that is published again under its id is acknowledged and not stored again. */
import type { LinkDoc } from '../../../document.ts'
import { type ExampleBody, inColumns } from '../../example.ts'

const ABOUT =
  'Each payment bears a Nats-Msg-Id, and the shop publishes it again when no acknowledgement comes within 1.2 s. Try: select the link of the shop and lose the next answer. The payment is stored once: its second copy comes within the window of 4 s. Then turn the ids off.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'shop', to: 'nats', latencyMs: 300, key: 'payments.card' },
  { id: 'keep', from: 'nats', to: 'payments', latencyMs: 200, key: 'payments.>' },
  { id: 'read', from: 'payments', to: 'ledger-durable', latencyMs: 0 },
  { id: 'push', from: 'ledger-durable', to: 'ledger', latencyMs: 400 },
]

export const natsDeduplication: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 9,
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
              every: { kind: 'fixed', ms: 4000 },
              firstMs: 500,
              count: 7,
            },
            bodies: ['Payment {n}'],
            confirms: true,
            confirmTimeoutMs: 1200,
            onNack: 'retry',
            backoffMs: 300,
            messageIds: true,
          },
        ],
        [{ kind: 'natsServer', id: 'nats', name: 'nats', broker: 'nats' }],
        [
          {
            kind: 'natsStream',
            id: 'payments',
            name: 'PAYMENTS',
            broker: 'nats',
            duplicateWindowMs: 4000,
          },
          {
            kind: 'natsConsumer',
            id: 'ledger-durable',
            name: 'ledger',
            broker: 'nats',
            push: true,
            ackWaitMs: 5000,
          },
        ],
        [
          {
            kind: 'natsSubscriber',
            id: 'ledger',
            name: 'bookkeeper',
            service: { kind: 'fixed', ms: 600 },
            effect: 'Booked: {body}',
          },
        ],
      ],
      links,
    ),
    links,
  },
}
