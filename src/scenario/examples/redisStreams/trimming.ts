/** A stream that keeps ten entries, and a group that is too slow for it. */
import type { LinkDoc } from '../../document.ts'
import type { ExampleBody } from '../example.ts'
import { consumer, group, inRows, LATENCY_MS, SERVER, shop, stream } from './parts.ts'

const links: LinkDoc[] = [
  { id: 'add', from: 'shop', to: 'orders', latencyMs: LATENCY_MS },
  { id: 'of-packing', from: 'orders', to: 'packing', latencyMs: 0 },
  { id: 'of-reports', from: 'orders', to: 'reports', latencyMs: 0 },
  { id: 'read-anna', from: 'packing', to: 'anna', latencyMs: LATENCY_MS },
  { id: 'read-ben', from: 'reports', to: 'ben', latencyMs: LATENCY_MS },
]

export const trimming: ExampleBody = {
  about:
    'Each XADD trims the stream to ten entries, whoever has read them. Packing keeps up. Reports takes five times as long for an order: what it was not given in time is gone, without a word to anybody. At twelve seconds ben dies with entries pending and comes back: of those that were trimmed meanwhile he is given the ids alone. Try: keep more entries, or trim the stream by hand while reports is behind.',
  scenario: {
    seed: 1,
    durationMs: 40_000,
    code: 'python',
    brokers: SERVER,
    nodes: inRows(
      [
        [shop(500, 60), stream('orders', { maxLength: 10 })],
        [group('packing'), group('reports')],
        [
          consumer('anna', { service: { kind: 'fixed', ms: 300 } }),
          consumer('ben', {
            service: { kind: 'fixed', ms: 1500 },
            count: 5,
            readsPending: true,
            crashAtMs: 12_000,
            restartAfterMs: 6000,
            effect: 'Reported: {body}',
          }),
        ],
      ],
      links,
    ),
    links,
  },
}
