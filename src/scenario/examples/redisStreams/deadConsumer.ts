/** A consumer dies with entries in its hands, in a group where nobody claims and in one where somebody does. */
import type { LinkDoc } from '../../document.ts'
import type { ExampleBody } from '../example.ts'
import { consumer, group, inRows, LATENCY_MS, SERVER, shop, stream } from './parts.ts'

const links: LinkDoc[] = [
  { id: 'add', from: 'shop', to: 'orders', latencyMs: LATENCY_MS },
  { id: 'of-packing', from: 'orders', to: 'packing', latencyMs: 0 },
  { id: 'of-billing', from: 'orders', to: 'billing', latencyMs: 0 },
  { id: 'read-anna', from: 'packing', to: 'anna', latencyMs: LATENCY_MS },
  { id: 'read-ben', from: 'packing', to: 'ben', latencyMs: LATENCY_MS },
  { id: 'read-eva', from: 'billing', to: 'eva', latencyMs: LATENCY_MS },
  { id: 'read-rosa', from: 'billing', to: 'rosa', latencyMs: LATENCY_MS },
]

const slow = { service: { kind: 'fixed', ms: 1300 } } as const
const claims = { ...slow, claimEveryMs: 3000, minIdleMs: 8000, effect: 'Billed: {body}' }

export const deadConsumer: ExampleBody = {
  about:
    'Two groups read the same stream, and in each one consumer dies at six and a half seconds with entries in its hands. In packing nobody claims: what anna had stays pending under her name for ever, however idle it gets, while ben goes on with what is new. In billing rosa asks for idle entries every three seconds (XAUTOCLAIM) and takes over what eva left, eight seconds later. Try: let ben claim an entry of anna, delete the consumer anna and see what becomes of the rest, or let rosa claim what is idle for half a second: she takes entries from those who still work on them.',
  scenario: {
    seed: 1,
    durationMs: 40_000,
    code: 'typescript',
    brokers: SERVER,
    nodes: inRows(
      [
        [shop(500, 20), stream('orders')],
        [group('packing'), group('billing')],
        [
          consumer('anna', { ...slow, crashAtMs: 6500 }),
          consumer('ben', slow),
          consumer('eva', { ...claims, crashAtMs: 6500 }),
          consumer('rosa', claims),
        ],
      ],
      links,
    ),
    links,
  },
}
