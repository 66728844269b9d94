/** A consumer is down for a while: the queue keeps everything, and afterwards it takes time to drain. */
import { consumer, exchange, link, producer, queue, rabbitExample } from './amqpParts.ts'

export const outage = rabbitExample(
  'The mailer dies after 9.5 s and is back after twelve seconds. Meanwhile the queue grows; afterwards the mailer does one mail in 0.9 s while one comes every 1.2 s, so the backlog melts four times slower than it grew. Try: let the mailer work on three at once when it is back, or restart the broker in the outage: persistent mails are still there.',
  [
    [producer('site', ['Mail{n}'], 1200, 60, { persistent: true })],
    [exchange('default', 'default')],
    [queue('mails')],
    [
      consumer('mailer', [900], {
        crashAtMs: 9500,
        restartAfterMs: 12_000,
        effect: 'Sent {body}',
      }),
    ],
  ],
  [
    link('site', 'default', 300, { key: 'mails' }),
    link('default', 'mails', 200),
    link('mails', 'mailer', 300),
  ],
  90_000,
)
