/** Runs on the history of one account: an audit, what loading costs, a view that comes late. */
import type { ExampleBody } from '../example.ts'
import {
  create,
  deposit,
  handler,
  link,
  longAccount,
  run,
  sender,
  steady,
  store,
  view,
  withdraw,
} from './sourcingParts.ts'

const auditRun: ExampleBody = run(
  'The run begins at 14:00. At 14:03 a customer sees 10 on the account and asks why. Try: open Fold and ask what the balance was at 14:03, or drag to 3:00 and read the statement; a fee was taken twice, and the fraud watch saw three withdrawals in five seconds. At 14:04 a new event corrects it. The wrong one stays.',
  300_000,
  [
    [
      sender(
        'desk',
        [5000, 40_000, 95_000, 150_000, 151_000, 153_000, 240_000, 270_000],
        [
          create(),
          deposit(200),
          withdraw(100),
          withdraw(35),
          withdraw(35),
          withdraw(20),
          deposit(35),
          withdraw(5),
        ],
      ),
    ],
    [handler('account')],
    [store()],
    [
      view('statement', 'statement', 300),
      view('fraud-watch', 'fraud', 300, { name: 'fraud watch' }),
    ],
  ],
  [
    link('desk', 'account', 400),
    link('account', 'events', 400),
    link('events', 'statement', 400),
    link('events', 'fraud-watch', 400),
  ],
)

/** The third minute is 14:03. */
export const audit: ExampleBody = {
  ...auditRun,
  scenario: { ...auditRun.scenario, beginsAt: '14:00' },
}

export const snapshots: ExampleBody = run(
  'Both handlers write to an account with a thousand events, and folding one takes a millisecond. The upper one folds all of them for each command; the lower one keeps a snapshot every 100. Try: let the lower one limit withdrawals, so that its fold is another version, and switch off that it looks at the fold of a snapshot. It goes on from a state of the old fold, and allows what the limit forbids.',
  60_000,
  [
    [
      steady('clerk', 8000, 1000, [withdraw(10), deposit(20)]),
      steady('web', 4000, 3000, [deposit(20), withdraw(10)]),
    ],
    [
      handler('folds-all', { name: 'folds all', foldMs: 1, retries: 5 }),
      handler('with-snapshots', {
        name: 'with snapshots',
        foldMs: 1,
        retries: 5,
        snapshotEvery: 100,
      }),
    ],
    [store(longAccount(500))],
  ],
  [
    link('clerk', 'folds-all', 300),
    link('web', 'with-snapshots', 300),
    link('folds-all', 'events', 300),
    link('with-snapshots', 'events', 300),
  ],
)

export const lateProjection: ExampleBody = run(
  'The log has 241 events when two new views begin to read it, from the first event on: nobody thought of monthly totals when the money moved. One writes event by event, the other 20 at a time. Try: crash one half-way and restart it; it goes on where it was.',
  60_000,
  [
    [steady('teller', 3000, 1000, [deposit(20), withdraw(10)])],
    [handler('account')],
    [store(longAccount(120))],
    [
      view('balance', 'balance', 120, { name: 'balance, one by one' }),
      view('months', 'months', 120, { name: 'monthly totals', batch: 20 }),
    ],
  ],
  [
    link('teller', 'account', 400),
    link('account', 'events', 300),
    link('events', 'balance', 300),
    link('events', 'months', 300),
  ],
)
