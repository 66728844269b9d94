/** Six durables made late on one stream, each with another deliver policy: where a durable begins. */
import type { LinkDoc, NodeOf } from '../../../document.ts'
import { type ExampleBody, inColumns } from '../../example.ts'

const ABOUT =
  'The stream has six readings when six durables are made at 6.3 s, each with another deliver policy: all, last, new, by start sequence 3, by start time 3.3 s, last per subject. Their subscribers ask from the beginning; nobody answers them before. Two more readings follow, which all six get. Try: make one of them at 0 s, or let it replay at the pace of publishing.'

const MADE_MS = 6300
const WAYS = [
  { id: 'all', deliverPolicy: 'all' },
  { id: 'last', deliverPolicy: 'last' },
  { id: 'new', deliverPolicy: 'new' },
  { id: 'sequence', deliverPolicy: 'by_start_sequence', startSequence: 3 },
  { id: 'time', deliverPolicy: 'by_start_time', startTimeMs: 3300 },
  { id: 'subjects', deliverPolicy: 'last_per_subject' },
] as const

const links: LinkDoc[] = [
  { id: 'publish-hall', from: 'hall', to: 'nats', latencyMs: 200, key: 'temp.hall' },
  { id: 'publish-attic', from: 'attic', to: 'nats', latencyMs: 200, key: 'temp.attic' },
  { id: 'keep', from: 'nats', to: 'temp', latencyMs: 100, key: 'temp.*' },
  ...WAYS.flatMap(({ id }): LinkDoc[] => [
    { id: `read-${id}`, from: 'temp', to: id, latencyMs: 0 },
    { id: `pull-${id}`, from: id, to: `gets-${id}`, latencyMs: 200 },
  ]),
]

const sensor = (id: string, firstMs: number): Omit<NodeOf<'producer'>, 'position'> => ({
  kind: 'producer',
  id,
  name: id,
  arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 2000 }, firstMs, count: 4 },
  bodies: [`${id} {n}`],
})

export const natsDurableBegins: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 6,
    durationMs: 16_000,
    code: 'python',
    brokers: [{ id: 'nats', family: 'nats' }],
    nodes: inColumns(
      [
        [sensor('hall', 700), sensor('attic', 1700)],
        [{ kind: 'natsServer', id: 'nats', name: 'nats', broker: 'nats' }],
        [{ kind: 'natsStream', id: 'temp', name: 'TEMP', broker: 'nats' }],
        WAYS.map((way) => ({
          kind: 'natsConsumer' as const,
          name: way.id,
          broker: 'nats',
          createdAtMs: MADE_MS,
          ...way,
        })),
        WAYS.map(({ id }) => ({
          kind: 'natsSubscriber' as const,
          id: `gets-${id}`,
          name: `gets ${id}`,
          service: { kind: 'fixed' as const, ms: 300 },
          expiresMs: 1000,
          effect: '{body}',
        })),
      ],
      links,
    ),
    links,
  },
}
