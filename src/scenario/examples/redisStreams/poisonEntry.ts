/** An entry that nobody can process goes round and round until a rule of the program sets it aside. */
import type { LinkDoc } from '../../document.ts'
import type { ExampleBody } from '../example.ts'
import { consumer, group, inRows, LATENCY_MS, SERVER, shop, stream } from './parts.ts'

const links: LinkDoc[] = [
  { id: 'add', from: 'shop', to: 'orders', latencyMs: LATENCY_MS },
  { id: 'of-packing', from: 'orders', to: 'packing', latencyMs: 0 },
  { id: 'read-anna', from: 'packing', to: 'anna', latencyMs: LATENCY_MS },
  { id: 'read-ben', from: 'packing', to: 'ben', latencyMs: LATENCY_MS },
]

const rules = {
  service: { kind: 'fixed', ms: 600 },
  failOn: 'Order3',
  claimEveryMs: 2000,
  minIdleMs: 3000,
  maxDeliveries: 3,
  deadLetters: 'orders-dead',
} as const

export const poisonEntry: ExampleBody = {
  about:
    'Whoever works on Order3 throws. Nothing gives it back, so it stays pending until somebody finds it idle for three seconds and claims it, and the count of its deliveries goes up. Redis counts and does nothing about it: to set the entry aside after three deliveries is a rule of these programs, which add it to another stream and acknowledge it here. Try: take the rule away from both, and the order goes round for ever.',
  scenario: {
    seed: 1,
    durationMs: 30_000,
    code: 'typescript',
    brokers: SERVER,
    nodes: inRows(
      [
        [shop(900, 24), stream('orders')],
        [group('packing')],
        [consumer('anna', rules), consumer('ben', rules)],
        [stream('orders-dead')],
      ],
      links,
    ),
    links,
  },
}
