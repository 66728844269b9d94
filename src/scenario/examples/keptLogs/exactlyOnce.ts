/** The same reading, work and writing twice, with the same crash in the middle: outside a transaction and in one. */
import { type ExampleBody, inColumns } from '../example.ts'
import { BROKER, link, member, producer, steadily, topic } from './parts.ts'

const links = [
  link('shop', 'orders', 300),
  link('orders', 'plain', 300),
  link('orders', 'exact', 300),
  link('plain', 'invoices-plain', 300),
  link('exact', 'invoices', 300),
  link('invoices-plain', 'mail-plain', 300),
  link('invoices', 'mail', 300),
]

/** Both die with invoices of their batch written and its offset not committed. */
const WORK = {
  output: 'Invoice for {body}',
  sessionTimeoutMs: 2000,
  crashAtMs: 12_300,
  restartAfterMs: 1500,
} as const

export const exactlyOnce: ExampleBody = {
  about:
    'Both readers make an invoice of each order, and die at 12.3 seconds with an invoice written and its offset not committed. plain writes it again: two mails. exact writes invoices and offsets in one transaction: what it had begun is struck out when it is back, and whoever reads committed records sees each invoice once. Try: crash exact as it commits its transaction, or let mail read uncommitted records.',
  scenario: {
    seed: 3,
    durationMs: 60_000,
    code: 'python',
    brokers: [{ id: BROKER, family: 'log' }],
    nodes: inColumns(
      [
        [
          producer({
            id: 'shop',
            name: 'shop',
            arrivals: steadily(1300, 24),
            bodies: ['Order {n}'],
          }),
        ],
        [topic('orders', { partitions: 1 })],
        [
          member('plain', 'plain', 800, WORK),
          member('exact', 'exact', 800, { ...WORK, commit: 'transaction' }),
        ],
        [topic('invoices-plain', { partitions: 1 }), topic('invoices', { partitions: 1 })],
        [
          member('mail-plain', 'mail-plain', 200, { effect: 'Mail: {body}' }),
          member('mail', 'mail', 200, { effect: 'Mail: {body}', isolation: 'read_committed' }),
        ],
      ],
      links,
    ),
    links,
  },
}
