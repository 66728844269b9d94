/** Two partitions that are too few: with more of them most keys have another place, and order is lost on the way. */
import { type ExampleBody, inColumns } from '../example.ts'
import { BROKER, link, member, producer, steadily, topic } from './parts.ts'

const MEMBERS = ['ledger-1', 'ledger-2']
const links = [link('bank', 'bookings', 400), ...MEMBERS.map((id) => link('bookings', id))]

export const addingPartitions: ExampleBody = {
  about:
    'A key’s partition is its hash modulo the number of partitions, so with more partitions most keys move while their older records stay and wait. Try: at 12 s choose the topic and add two partitions; bookings of one account are then worked on out of order.',
  scenario: {
    seed: 1,
    durationMs: 40_000,
    code: 'python',
    brokers: [{ id: BROKER, family: 'log' }],
    nodes: inColumns(
      [
        [
          producer({
            id: 'bank',
            name: 'bank',
            arrivals: steadily(350, 70),
            bodies: ['booking {n}'],
            keys: { kind: 'turn', of: ['acc-1', 'acc-2', 'acc-3', 'acc-4', 'acc-5', 'acc-6'] },
          }),
        ],
        [topic('bookings', { partitions: 2 })],
        MEMBERS.map((id) => member(id, 'ledger', 900)),
      ],
      links,
    ),
    links,
  },
}
