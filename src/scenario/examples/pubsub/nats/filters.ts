/** Subjects with wildcards: `*` stands for one token, `>` for one or more at the end. */
import type { LinkDoc } from '../../../document.ts'
import { type ExampleBody, inColumns } from '../../example.ts'

const ABOUT =
  'Sensors publish under building, floor and kind. Each subscriber says with * and > what concerns it, and the server matches token by token. Try: select the server and type a subject such as b1.f2.smoke, or change a filter on its link while it runs.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'sensors', to: 'nats', latencyMs: 400 },
  { id: 'to-all', from: 'nats', to: 'archive', latencyMs: 400, key: '>' },
  { id: 'to-b1', from: 'nats', to: 'caretaker', latencyMs: 400, key: 'b1.>' },
  { id: 'to-temp', from: 'nats', to: 'heating', latencyMs: 400, key: '*.*.temp' },
  { id: 'to-smoke', from: 'nats', to: 'alarm', latencyMs: 400, key: '*.*.smoke' },
]

export const natsFilters: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 4,
    durationMs: 30_000,
    code: 'python',
    brokers: [{ id: 'nats', family: 'nats' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'sensors',
            name: 'sensors',
            arrivals: {
              kind: 'interval',
              every: { kind: 'fixed', ms: 1200 },
              firstMs: 500,
              count: 22,
            },
            bodies: ['Reading {n}'],
            keys: {
              kind: 'turn',
              of: ['b1.f1.temp', 'b1.f2.smoke', 'b2.f1.temp', 'b2.f1.door', 'b1.f1.door'],
            },
          },
        ],
        [{ kind: 'natsServer', id: 'nats', name: 'nats', broker: 'nats' }],
        [
          ['archive', 'archive', 'Kept'],
          ['caretaker', 'caretaker b1', 'Looked at'],
          ['heating', 'heating', 'Regulated for'],
          ['alarm', 'fire alarm', 'Checked'],
        ].map(([id = '', name = '', does = '']) => ({
          kind: 'natsSubscriber' as const,
          id,
          name,
          service: { kind: 'fixed' as const, ms: 400 },
          effect: `${does}: {body}`,
        })),
      ],
      links,
    ),
    links,
  },
}
