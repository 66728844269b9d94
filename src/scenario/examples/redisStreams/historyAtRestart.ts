/** Two consumers die and come back: one asks for what it had, one only for what is new. */
import type { LinkDoc } from '../../document.ts'
import type { ExampleBody } from '../example.ts'
import { consumer, group, inRows, LATENCY_MS, SERVER, shop, stream } from './parts.ts'

const links: LinkDoc[] = [
  { id: 'add', from: 'shop', to: 'orders', latencyMs: LATENCY_MS },
  { id: 'of-packing', from: 'orders', to: 'packing', latencyMs: 0 },
  { id: 'of-billing', from: 'orders', to: 'billing', latencyMs: 0 },
  { id: 'read-anna', from: 'packing', to: 'anna', latencyMs: LATENCY_MS },
  { id: 'read-ben', from: 'billing', to: 'ben', latencyMs: LATENCY_MS },
]

const dies = {
  service: { kind: 'fixed', ms: 700 },
  count: 4,
  crashAtMs: 6000,
  restartAfterMs: 3000,
} as const

export const historyAtRestart: ExampleBody = {
  about:
    'Anna and ben die at six seconds, each with entries in its hands, and are back three seconds later under the same name. Anna first reads what is pending under her name (XREADGROUP with 0): she gets it once more, and the count of its deliveries says so. Ben asks with > alone and gets what is new: his old entries stay pending under the name of a program that is alive and knows nothing of them. Try: let ben claim what is idle, or give him the history too.',
  scenario: {
    seed: 1,
    durationMs: 30_000,
    code: 'python',
    brokers: SERVER,
    nodes: inRows(
      [
        [shop(800, 30), stream('orders')],
        [group('packing'), group('billing')],
        [
          consumer('anna', { ...dies, readsPending: true }),
          consumer('ben', { ...dies, effect: 'Billed: {body}' }),
        ],
      ],
      links,
    ),
    links,
  },
}
