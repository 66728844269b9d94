/** A slow subscriber: its client library keeps only so many messages, and drops the rest. */
import type { LinkDoc } from '../../../document.ts'
import { type ExampleBody, inColumns } from '../../example.ts'

const ABOUT =
  'Both get every tick, and the chart takes longer over each than the next one needs to come. Its library keeps four for it and drops what comes on top: a slow consumer, which nobody else notices. Try: let the chart take half as long, or give its library more room.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'feed', to: 'nats', latencyMs: 300, key: 'ticks' },
  { id: 'to-logger', from: 'nats', to: 'logger', latencyMs: 300, key: 'ticks' },
  { id: 'to-chart', from: 'nats', to: 'chart', latencyMs: 300, key: 'ticks' },
]

export const natsSlowSubscriber: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 5,
    durationMs: 30_000,
    code: 'python',
    brokers: [{ id: 'nats', family: 'nats' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'feed',
            name: 'feed',
            arrivals: {
              kind: 'interval',
              every: { kind: 'fixed', ms: 600 },
              firstMs: 500,
              count: 45,
            },
            bodies: ['Tick {n}'],
          },
        ],
        [{ kind: 'natsServer', id: 'nats', name: 'nats', broker: 'nats' }],
        [
          {
            kind: 'natsSubscriber',
            id: 'logger',
            name: 'logger',
            service: { kind: 'fixed', ms: 100 },
            effect: 'Logged: {body}',
          },
          {
            kind: 'natsSubscriber',
            id: 'chart',
            name: 'chart',
            service: { kind: 'fixed', ms: 1600 },
            pendingMax: 4,
            effect: 'Drew: {body}',
          },
        ],
      ],
      links,
    ),
    links,
  },
}
