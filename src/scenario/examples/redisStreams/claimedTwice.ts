/** Entries are claimed from a consumer that only is slow: with an inbox the effect happens once, without one twice. */
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

const slow = { service: { kind: 'fixed', ms: 4000 }, count: 1 } as const
const claims = {
  service: { kind: 'fixed', ms: 500 },
  claimEveryMs: 1000,
  minIdleMs: 2000,
  blockMs: 500,
} as const
const billed = { inbox: 100, effect: 'Billed: {body}' } as const

export const claimedTwice: ExampleBody = {
  about:
    'Anna and eva take four seconds for an order. Their colleagues ben and rosa claim what is idle for two seconds: to Redis, idle is what was not delivered for so long, and it cannot tell a dead consumer from one that is at work. So both work on the same order. In packing it is packed twice. In billing it is billed once: both look into one inbox, which remembers, in the transaction of the effect, what was done. Try: let ben claim only what is idle for six seconds. Or crash anna: without claims her orders would stay, so the answer is no longer wait, but an inbox.',
  scenario: {
    seed: 1,
    durationMs: 30_000,
    code: 'typescript',
    brokers: SERVER,
    nodes: inRows(
      [
        [shop(1200, 16), stream('orders')],
        [group('packing'), group('billing')],
        [
          consumer('anna', slow),
          consumer('ben', claims),
          consumer('eva', { ...slow, ...billed }),
          consumer('rosa', { ...claims, ...billed }),
        ],
      ],
      links,
    ),
    links,
  },
}
