/** Core NATS: one message to three subscribers; who joins late or is away misses what was sent before. */
import type { LinkDoc } from '../../../document.ts'
import { type ExampleBody, inColumns } from '../../example.ts'

const ABOUT =
  'Each price goes to whoever is subscribed at that moment. The dashboard joins at 9 s and knows nothing of what came before: NATS keeps nothing. Try: take the mobile app offline for a few seconds, and look at the matrix.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'exchange', to: 'nats', latencyMs: 400, key: 'prices.gold' },
  { id: 'to-web', from: 'nats', to: 'web', latencyMs: 400, key: 'prices.*' },
  { id: 'to-mobile', from: 'nats', to: 'mobile', latencyMs: 700, key: 'prices.gold' },
  { id: 'to-dashboard', from: 'nats', to: 'dashboard', latencyMs: 500, key: 'prices.>' },
]

export const natsBroadcast: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 30_000,
    code: 'python',
    brokers: [{ id: 'nats', family: 'nats' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'exchange',
            name: 'price feed',
            arrivals: {
              kind: 'interval',
              every: { kind: 'fixed', ms: 1500 },
              firstMs: 1000,
              count: 18,
            },
            bodies: ['Gold {n}'],
            firstNumber: 101,
          },
        ],
        [{ kind: 'natsServer', id: 'nats', name: 'nats', broker: 'nats' }],
        [
          {
            kind: 'natsSubscriber',
            id: 'web',
            name: 'web',
            service: { kind: 'fixed', ms: 300 },
            effect: 'Showing: {body}',
          },
          {
            kind: 'natsSubscriber',
            id: 'mobile',
            name: 'mobile app',
            service: { kind: 'fixed', ms: 600 },
            effect: 'Pushing: {body}',
          },
          {
            kind: 'natsSubscriber',
            id: 'dashboard',
            name: 'dashboard',
            joinMs: 9000,
            service: { kind: 'fixed', ms: 300 },
            effect: 'Drawing: {body}',
          },
        ],
      ],
      links,
    ),
    links,
  },
}
