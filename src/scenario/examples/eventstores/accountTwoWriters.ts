/** Two command handlers on one account: the expected version keeps the stream in one order, and the slower one tries again. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns, type Unplaced } from '../example.ts'

const ABOUT =
  'A cash desk and a web shop write to the same account. Both read version 0, both decide, one appends first. The other is refused, reads again and decides anew. Try: give the web shop no retries. Its deposit is refused once and never made.'

const links: LinkDoc[] = [
  { id: 'cash-command', from: 'cash', to: 'cash-desk', latencyMs: 400 },
  { id: 'web-command', from: 'web', to: 'web-shop', latencyMs: 400 },
  { id: 'cash-append', from: 'cash-desk', to: 'events', latencyMs: 400 },
  { id: 'web-append', from: 'web-shop', to: 'events', latencyMs: 500 },
  { id: 'follow', from: 'events', to: 'balance', latencyMs: 400 },
]

function customer(id: string, atMs: number[], bodies: string[]): Unplaced {
  return { kind: 'producer', id, name: id, arrivals: { kind: 'trace', atMs }, bodies }
}

function handler(id: string, name: string): Unplaced {
  return {
    kind: 'commandHandler',
    id,
    name,
    domain: 'account',
    stream: 'account-acc1',
    service: { kind: 'fixed', ms: 500 },
    retries: 3,
  }
}

export const accountTwoWriters: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 30_000,
    code: 'python',
    brokers: [{ id: 'store', family: 'eventstore' }],
    nodes: inColumns(
      [
        [
          customer(
            'cash',
            [1000, 6000, 14_000],
            [
              '{"type":"CreateAccount","account":"acc1"}',
              '{"type":"Deposit","account":"acc1","amount":100}',
              '{"type":"Withdraw","account":"acc1","amount":50}',
            ],
          ),
          customer(
            'web',
            [6000, 14_000],
            [
              '{"type":"Deposit","account":"acc1","amount":20}',
              '{"type":"Withdraw","account":"acc1","amount":90}',
            ],
          ),
        ],
        [handler('cash-desk', 'cash desk'), handler('web-shop', 'web shop')],
        [{ kind: 'eventStore', id: 'events', name: 'events', broker: 'store' }],
        [
          {
            kind: 'projection',
            id: 'balance',
            name: 'balance',
            view: 'statement',
            service: { kind: 'fixed', ms: 300 },
          },
        ],
      ],
      links,
    ),
    links,
  },
}
