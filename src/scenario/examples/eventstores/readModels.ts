/** Runs on what is made of events: rebuilds, stale reads, and effects that a replay repeats. */
import type { ExampleBody, Unplaced } from '../example.ts'
import {
  deposit,
  handler,
  link,
  longAccount,
  openAccount,
  run,
  steady,
  store,
  view,
  withdraw,
} from './sourcingParts.ts'

export const rebuild: ExampleBody = run(
  'Who sends a command asks the balance right after it. Try: rebuild the balance in place; answers are wrong until it has caught up. Go back and build a second table instead: the old one is read meanwhile, and then they are swapped.',
  60_000,
  [
    [steady('teller', 2000, 6000, [deposit(20), withdraw(10)])],
    [handler('account')],
    [store(longAccount(20))],
    [view('balance', 'balance', 90)],
  ],
  [
    link('teller', 'account', 300),
    link('account', 'events', 200),
    link('events', 'balance', 200),
    link('account', 'balance', 600),
  ],
)

export const staleRead: ExampleBody = run(
  'Somebody deposits and looks at the balance at once: the answer is from before the deposit, since the read model is a second behind. Try: let the balance answer when it is there, or write it with the append. Then deposits take longer and no answer is old.',
  60_000,
  [
    [steady('customer', 5000, 2000, [deposit(100), withdraw(30), deposit(50)])],
    [handler('account')],
    [store(openAccount())],
    [view('balance', 'balance', 700, { lagMs: 500 })],
  ],
  [
    link('customer', 'account', 300),
    link('account', 'events', 200),
    link('events', 'balance', 300),
    link('account', 'balance', 300),
  ],
)

export const mailer: ExampleBody = run(
  'The balance and the mailer read the same events. Try: rebuild the balance as often as you like. Then let the mailer react from the beginning again: every customer gets every mail a second time. Go back and let it remember what it has reacted to.',
  60_000,
  [
    [steady('teller', 4000, 1000, [deposit(100), withdraw(50), deposit(20)])],
    [handler('account')],
    [store(openAccount())],
    [
      view('balance', 'balance', 300),
      {
        kind: 'processManager',
        id: 'mailer',
        name: 'mailer',
        process: 'mailer',
        service: { kind: 'fixed', ms: 500 },
        effect: 'Mail: {body}',
      },
    ],
  ],
  [
    link('teller', 'account', 300),
    link('account', 'events', 300),
    link('events', 'balance', 300),
    link('events', 'mailer', 300),
  ],
)

function member(id: string): Unplaced {
  return {
    kind: 'processManager',
    id,
    name: id,
    process: 'mailer',
    group: 'mailers',
    service: { kind: 'fixed', ms: 1200 },
    failOn: '"amount":50',
    effect: 'Mail: {body}',
  }
}

export const mailerGroup: ExampleBody = run(
  'Two mailers share one persistent subscription: each event goes to one of them, and must be acknowledged. Neither can work on an amount of 50: it is tried three times and then parked, and the others go on. Try: crash one of them, and what it held goes to the other. Then empty what both cannot work on, and replay the parked events.',
  60_000,
  [
    [steady('teller', 2000, 1000, [deposit(100), withdraw(20), deposit(50), withdraw(10)])],
    [handler('account')],
    [store(openAccount())],
    [member('mailer-1'), member('mailer-2')],
  ],
  [
    link('teller', 'account', 300),
    link('account', 'events', 300),
    link('events', 'mailer-1', 300),
    link('events', 'mailer-2', 300),
  ],
)

export const schema: ExampleBody = run(
  'The old shop writes amounts without a currency; the new one says it, and sells in dollars. Code of version 1 adds dollars to euros. Strict new code stops at the first old event. An upcaster reads both. Try: let the strict view go on without what it cannot read, or copy the stream and transform it.',
  60_000,
  [
    [
      steady('old-till', 6000, 1000, [deposit(100), deposit(40)]),
      steady('new-till', 6000, 9000, [deposit(100, 'acc1', 'USD'), deposit(10, 'acc1', 'EUR')]),
    ],
    [
      handler('old-shop', { name: 'old shop' }),
      handler('new-shop', { name: 'new shop', writes: 'v2', reads: 'upcaster' }),
    ],
    [store(openAccount())],
    [
      view('v1-code', 'balance', 300, { name: 'code of version 1' }),
      view('strict', 'balance', 300, { name: 'strict version 2', reads: 'strict' }),
      view('upcaster', 'balance', 300, { name: 'with an upcaster', reads: 'upcaster' }),
    ],
  ],
  [
    link('old-till', 'old-shop', 300),
    link('new-till', 'new-shop', 300),
    link('old-shop', 'events', 300),
    link('new-shop', 'events', 300),
    link('events', 'v1-code', 300),
    link('events', 'strict', 300),
    link('events', 'upcaster', 300),
  ],
  [],
  [
    [
      ['old-till', 'old-shop'],
      ['new-till', 'new-shop'],
    ],
    [['events']],
    [['v1-code'], ['strict'], ['upcaster']],
  ],
)

export const erasing: ExampleBody = run(
  'Ann and Bob have accounts, and their names are encrypted, each with a key of its own. Try: look at the store, and delete the key of Ann. No event changes, her name cannot be read any more, and the balances stay right. The store says what is kept, and who still has her name: the table of owners until it is rebuilt, the topic that the relay has written it to, and the partner who has printed it.',
  60_000,
  [
    [
      steady('teller', 5000, 6000, [
        deposit(50, 'acc1'),
        deposit(20, 'acc2'),
        withdraw(10, 'acc1'),
      ]),
    ],
    [handler('account', { snapshotEvery: 4 })],
    [
      store([
        {
          stream: 'account-acc1',
          events: [
            {
              type: 'AccountCreated',
              data: { id: 'acc1', balance: 0, owner: 'Ann' },
              person: 'Ann',
              personal: ['owner'],
            },
            { type: 'Deposited', data: { account: 'acc1', amount: 100 } },
          ],
        },
        {
          stream: 'account-acc2',
          events: [
            {
              type: 'AccountCreated',
              data: { id: 'acc2', balance: 0, owner: 'Bob' },
              person: 'Bob',
              personal: ['owner'],
            },
          ],
        },
      ]),
    ],
    [
      { kind: 'relay', id: 'relay', name: 'relay', pollMs: 500, batch: 10 },
      view('owners', 'owners', 300),
      view('balance', 'balance', 300),
    ],
    [{ kind: 'topic', id: 'partners', name: 'partners', broker: 'kafka', partitions: 1 }],
    [
      {
        kind: 'groupConsumer',
        id: 'partner',
        name: 'partner',
        group: 'partner',
        service: { kind: 'fixed', ms: 300 },
        maxPollRecords: 5,
        fetchMaxWaitMs: 1000,
        commit: 'after',
        offsetReset: 'earliest',
        effect: 'Printed: {body}',
      },
    ],
  ],
  [
    link('teller', 'account', 400),
    link('account', 'events', 400),
    link('events', 'owners', 300),
    link('events', 'balance', 300),
    link('events', 'relay', 200),
    link('relay', 'partners', 300),
    link('partners', 'partner', 300),
  ],
  [{ id: 'kafka', family: 'log' }],
)
