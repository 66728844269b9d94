/** An account with a long history: what replay costs and what an append-only log keeps. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'

const ABOUT =
  'Money comes and goes twice a second, and every movement stays. The balance is one number, its history grows without end. Try: crash the balance at 0:10, restart it at 0:20, and watch how long it takes to catch up: longer than it was away.'

const links: LinkDoc[] = [
  { id: 'open', from: 'opening', to: 'account', latencyMs: 100 },
  { id: 'command', from: 'teller', to: 'account', latencyMs: 100 },
  { id: 'append', from: 'account', to: 'events', latencyMs: 50 },
  { id: 'follow', from: 'events', to: 'balance', latencyMs: 300 },
]

export const accountLedger: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 90_000,
    code: 'python',
    brokers: [{ id: 'store', family: 'eventstore' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'opening',
            name: 'opening',
            arrivals: { kind: 'trace', atMs: [100] },
            bodies: ['{"type":"CreateAccount","account":"acc1"}'],
          },
          {
            kind: 'producer',
            id: 'teller',
            name: 'teller',
            arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 500 }, firstMs: 1500 },
            bodies: ['30', '45', '10', '25', '60'].flatMap((amount) => [
              `{"type":"Deposit","account":"acc1","amount":${amount}}`,
              '{"type":"Withdraw","account":"acc1","amount":20}',
            ]),
          },
        ],
        [
          {
            kind: 'commandHandler',
            id: 'account',
            name: 'account',
            domain: 'account',
            stream: 'account-acc1',
            service: { kind: 'fixed', ms: 100 },
            retries: 3,
          },
        ],
        [{ kind: 'eventStore', id: 'events', name: 'events', broker: 'store' }],
        [
          {
            kind: 'projection',
            id: 'balance',
            name: 'balance',
            view: 'balance',
            service: { kind: 'fixed', ms: 350 },
          },
        ],
      ],
      links,
    ),
    links,
  },
}
