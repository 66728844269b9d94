/** Request and reply over NATS: the first reply counts; with nobody there the server says so at once. */
import type { LinkDoc } from '../../../document.ts'
import { type ExampleBody, inColumns } from '../../example.ts'

const ABOUT =
  'The shop asks for a price and takes the reply. Two services share the requests as a queue group. Try: crash both. The shop does not wait for its timeout: the server knows that nobody listens and answers 503, no responders.'

const links: LinkDoc[] = [
  { id: 'ask', from: 'shop', to: 'nats', latencyMs: 400, key: 'price.get' },
  { id: 'to-a', from: 'nats', to: 'prices-a', latencyMs: 400, key: 'price.get' },
  { id: 'to-b', from: 'nats', to: 'prices-b', latencyMs: 400, key: 'price.get' },
]

export const natsRequestReply: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 2,
    durationMs: 30_000,
    code: 'typescript',
    brokers: [{ id: 'nats', family: 'nats' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'natsRequester',
            id: 'shop',
            name: 'shop',
            arrivals: {
              kind: 'interval',
              every: { kind: 'fixed', ms: 2500 },
              firstMs: 500,
              count: 11,
            },
            bodies: ['Price of book {n}?'],
            timeoutMs: 4000,
            effect: 'Shown: {body}',
          },
        ],
        [{ kind: 'natsServer', id: 'nats', name: 'nats', broker: 'nats' }],
        ['a', 'b'].map((name) => ({
          kind: 'natsSubscriber' as const,
          id: `prices-${name}`,
          name: `prices ${name}`,
          queueGroup: 'prices',
          service: { kind: 'fixed' as const, ms: 500 },
          effect: 'Looked up: {body}',
          replyWith: '12.50 for: {body}',
        })),
      ],
      links,
    ),
    links,
  },
}
