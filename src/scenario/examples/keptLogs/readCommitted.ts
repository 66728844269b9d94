/** Transfers of two records, some of them aborted, read by one group at each isolation level. */
import { type ExampleBody, inColumns } from '../example.ts'
import { BROKER, link, member, producer, steadily, topic } from './parts.ts'

const links = [
  link('bank', 'transfers', 400),
  link('transfers', 'audit', 300),
  link('transfers', 'preview', 300),
]

export const readCommitted: ExampleBody = {
  about:
    'Each transfer is a transaction of two records, debit and credit, and a third of them are aborted. The group that reads uncommitted records sees those too; the one with read_committed waits at the last stable offset and passes over what was struck out. Try: crash the bank in the middle of a transfer and watch both groups.',
  scenario: {
    seed: 7,
    durationMs: 45_000,
    code: 'python',
    brokers: [{ id: BROKER, family: 'log' }],
    nodes: inColumns(
      [
        [
          producer({
            id: 'bank',
            name: 'bank',
            arrivals: steadily(900, 32),
            bodies: ['debit {n}', 'credit {n}'],
            transaction: 2,
            abortRate: 0.35,
            transactionTimeoutMs: 10_000,
          }),
        ],
        [topic('transfers', { partitions: 1 })],
        [
          member('audit', 'audit', 200, { isolation: 'read_committed' }),
          member('preview', 'preview', 200),
        ],
      ],
      links,
    ),
    links,
  },
}
