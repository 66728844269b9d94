/** From a command to an e-mail through all three patterns, with the two places at which money gets lost or doubled. */
import type { ExampleBody } from '../example.ts'
import {
  deposit,
  handler,
  link,
  openAccount,
  run,
  sender,
  store,
  view,
  withdraw,
} from './sourcingParts.ts'

/** Twenty commands; then everything comes to rest, and what is wrong stays wrong. */
const AT_MS = Array.from({ length: 20 }, (_, i) => 1000 + i * 1500)

export const moneyTrail: ExampleBody = run(
  'A deposit becomes an event, a record, a booking at the bank, and an e-mail. The bank dies between booking and committing: after its restart it books again. The mailer takes messages without acknowledgement and dies: those e-mails never go out. The balance is right all the while. Read Money. Try: give the bank an inbox of 20 before 0:17, let the mailer acknowledge manually, or crash the relay after it has published.',
  60_000,
  [
    [sender('customer', AT_MS, [deposit(100), deposit(40), withdraw(30)])],
    [handler('account')],
    [store(openAccount())],
    [
      view('balance', 'balance', 200),
      {
        kind: 'relay',
        id: 'relay',
        name: 'relay',
        pollMs: 3000,
        batch: 10,
        body: '{type} {amount}',
      },
    ],
    [{ kind: 'topic', id: 'movements', name: 'movements', broker: 'kafka', partitions: 1 }],
    [
      {
        kind: 'groupConsumer',
        id: 'bank',
        name: 'bank',
        group: 'bank',
        service: { kind: 'fixed', ms: 800 },
        maxPollRecords: 5,
        fetchMaxWaitMs: 500,
        commit: 'after',
        offsetReset: 'earliest',
        sessionTimeoutMs: 1500,
        crashAtMs: 17_400,
        restartAfterMs: 2000,
        effect: 'Booked: {body}',
        output: 'Your account: {body}',
      },
    ],
    [{ kind: 'queue', id: 'mails', name: 'mails', broker: 'rabbitmq', durable: true }],
    [
      {
        kind: 'consumer',
        id: 'mailer',
        name: 'mailer',
        service: { kind: 'fixed', ms: 1400 },
        ack: 'auto',
        prefetch: 5,
        concurrency: 1,
        crashAtMs: 35_000,
        restartAfterMs: 2000,
        effect: 'Mail: {body}',
      },
    ],
  ],
  [
    link('customer', 'account', 300),
    link('account', 'events', 200),
    link('events', 'balance', 300),
    link('events', 'relay', 200),
    link('relay', 'movements', 300),
    link('movements', 'bank', 300),
    link('bank', 'mails', 300),
    link('mails', 'mailer', 300),
  ],
  [
    { id: 'kafka', family: 'log' },
    { id: 'rabbitmq', family: 'amqp' },
  ],
)
