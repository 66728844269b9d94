/** A group that has read everything, and records that are still there: reading takes nothing away. */
import { type ExampleBody, inColumns } from '../example.ts'
import { BROKER, link, member, producer, steadily, topic } from './parts.ts'

const links = [
  link('shop', 'orders', 300),
  link('orders', 'billing', 300),
  link('orders', 'search', 300),
]

export const replayFromZero: ExampleBody = {
  about:
    'Both groups have read all orders by 20 s, and all of them are still there. Try: choose the topic and move the group search to the beginning: it reads everything once more, in the same order, and billing notices nothing. Its effects happen twice, so a replay needs consumers to whom that does no harm.',
  scenario: {
    seed: 1,
    durationMs: 60_000,
    code: 'python',
    brokers: [{ id: BROKER, family: 'log' }],
    nodes: inColumns(
      [
        [
          producer({
            id: 'shop',
            name: 'shop',
            arrivals: steadily(900, 14),
            bodies: ['Order {n}'],
            keys: { kind: 'turn', of: ['Ann', 'Bob', 'Eve'] },
          }),
        ],
        [topic('orders', { partitions: 2 })],
        [
          member('billing', 'billing', 300, { effect: 'billed {body}' }),
          member('search', 'search', 300, { effect: 'indexed {body}' }),
        ],
      ],
      links,
    ),
    links,
  },
}
