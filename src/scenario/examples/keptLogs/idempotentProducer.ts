/** The same payments over the same bad network twice: by a producer that numbers its batches and by one that does not. */
import { type ExampleBody, inColumns } from '../example.ts'
import { BROKER, link, member, producer, steadily, topic } from './parts.ts'

const links = [
  link('plain', 'payments', 400),
  link('idempotent', 'payments-once', 400),
  link('payments', 'books', 300),
  link('payments-once', 'books-once', 300),
]
const NETWORK = {
  acks: 'all',
  batchBytes: 8,
  maxInFlight: 5,
  requestTimeoutMs: 2000,
  backoffMs: 300,
  lossRate: 0.3,
} as const

export const idempotentProducer: ExampleBody = {
  about:
    'A third of the requests or answers get lost, and both producers try again. Without sequence numbers a payment whose answer was lost is written twice, and later batches overtake the one that is tried again; with them the broker drops what it has and refuses what comes too early. The books show what readers make of both: the log is all that they know. Try: send the last request of each once more.',
  scenario: {
    seed: 4,
    durationMs: 40_000,
    code: 'python',
    brokers: [{ id: BROKER, family: 'log' }],
    nodes: inColumns(
      [
        [
          producer({
            id: 'plain',
            name: 'plain',
            arrivals: steadily(900, 24),
            bodies: ['pay {n}'],
            ...NETWORK,
          }),
          producer({
            id: 'idempotent',
            name: 'idempotent',
            arrivals: steadily(900, 24),
            bodies: ['pay {n}'],
            ...NETWORK,
            idempotent: true,
          }),
        ],
        [topic('payments', { partitions: 1 }), topic('payments-once', { partitions: 1 })],
        [
          member('books', 'books', 300, { effect: 'booked: {body}' }),
          member('books-once', 'books-once', 300, { effect: 'booked: {body}' }),
        ],
      ],
      links,
    ),
    links,
  },
}
