/** Ordering keys: two subscriptions of one topic that differ in nothing but the order that they keep. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns, type Unplaced } from '../example.ts'

const ABOUT =
  'Both workers fail now and then and give the message back. The ordered subscription then sends everything of that key again behind it, so each account sees its steps in order; the other one goes on, and a step comes late. Try: let the workers fail more often.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'bank', to: 'accounts', latencyMs: 300 },
  { id: 'to-ordered', from: 'accounts', to: 'ordered', latencyMs: 300 },
  { id: 'to-unordered', from: 'accounts', to: 'unordered', latencyMs: 300 },
  { id: 'pull-ordered', from: 'ordered', to: 'in-order', latencyMs: 300 },
  { id: 'pull-unordered', from: 'unordered', to: 'as-it-comes', latencyMs: 300 },
]

const worker = (id: string): Unplaced => ({
  kind: 'pollingConsumer',
  id,
  name: id,
  service: { kind: 'fixed', ms: 500 },
  maxMessages: 1,
  waitTimeMs: 20_000,
  deleteWhen: 'after',
  failureRate: 0.2,
  onFailure: 'release',
  effect: '{body}',
})

const broker = 'pubsub'

export const cloudOrdering: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 4,
    durationMs: 45_000,
    brokers: [{ id: broker, family: 'cloud' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'bank',
            name: 'bank',
            arrivals: {
              kind: 'interval',
              every: { kind: 'fixed', ms: 1500 },
              firstMs: 1000,
              count: 22,
            },
            bodies: ['step {n}'],
            keys: { kind: 'turn', of: ['alice', 'bob', 'carol'] },
          },
        ],
        [{ kind: 'cloudTopic', id: 'accounts', name: 'accounts', broker }],
        [
          {
            kind: 'cloudSubscription',
            id: 'ordered',
            name: 'ordered',
            broker,
            ordering: true,
            minBackoffMs: 1500,
          },
          {
            kind: 'cloudSubscription',
            id: 'unordered',
            name: 'unordered',
            broker,
            minBackoffMs: 1500,
          },
        ],
        [worker('in-order'), worker('as-it-comes')],
      ],
      links,
    ),
    links,
  },
}
