/** Redis Pub/Sub: fire and forget. Who is not subscribed at that moment never hears of it. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'

const ABOUT =
  'Scores go out on a channel for each match, and Redis forgets each as it sends it. The ticker hears one match, the app a pattern of all. Try: crash the ticker and restart it, or publish on a channel that nobody is subscribed to.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'scores', to: 'redis', latencyMs: 400 },
  { id: 'to-ticker', from: 'redis', to: 'ticker', latencyMs: 400, key: 'score:1' },
  { id: 'to-app', from: 'redis', to: 'app', latencyMs: 400, key: 'score:*' },
]

export const redisFireAndForget: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 6,
    durationMs: 30_000,
    code: 'typescript',
    brokers: [{ id: 'redis', family: 'redisPubsub' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'scores',
            name: 'stadium',
            arrivals: {
              kind: 'interval',
              every: { kind: 'fixed', ms: 1500 },
              firstMs: 800,
              count: 18,
            },
            bodies: ['Goal {n}'],
            keys: { kind: 'turn', of: ['score:1', 'score:2', 'weather'] },
          },
        ],
        [{ kind: 'redisServer', id: 'redis', name: 'redis', broker: 'redis' }],
        [
          {
            kind: 'redisSubscriber',
            id: 'ticker',
            name: 'ticker',
            service: { kind: 'fixed', ms: 400 },
            effect: 'Ticker: {body}',
          },
          {
            kind: 'redisSubscriber',
            id: 'app',
            name: 'app',
            service: { kind: 'fixed', ms: 400 },
            effect: 'App: {body}',
          },
        ],
      ],
      links,
    ),
    links,
  },
}
