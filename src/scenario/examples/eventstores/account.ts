/** The article's event sourcing: three events of the account `acc1`, and the balance that is their fold. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'

const ABOUT =
  'Three commands become three events, and the balance is what they add up to: 0, then 100, then 50. Try: drag the slider back. The balance of every past moment is still there.'

const links: LinkDoc[] = [
  { id: 'command', from: 'teller', to: 'account', latencyMs: 500 },
  { id: 'append', from: 'account', to: 'events', latencyMs: 400 },
  { id: 'follow', from: 'events', to: 'balance', latencyMs: 500 },
]

export const account: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 20_000,
    code: 'python',
    brokers: [{ id: 'store', family: 'eventstore' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'teller',
            name: 'teller',
            arrivals: { kind: 'trace', atMs: [1000, 5000, 9000] },
            bodies: [
              '{"type":"CreateAccount","account":"acc1"}',
              '{"type":"Deposit","account":"acc1","amount":100}',
              '{"type":"Withdraw","account":"acc1","amount":50}',
            ],
          },
        ],
        [
          {
            kind: 'commandHandler',
            id: 'account',
            name: 'account',
            domain: 'account',
            stream: 'account-acc1',
            service: { kind: 'fixed', ms: 400 },
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
            service: { kind: 'fixed', ms: 300 },
          },
        ],
      ],
      links,
    ),
    links,
  },
}
