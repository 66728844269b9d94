/** JetStream: what is not acknowledged within its ack wait goes out again, at most as often as max deliver says. */
import type { LinkDoc } from '../../../document.ts'
import { type ExampleBody, inColumns } from '../../example.ts'

const ABOUT =
  'The mail worker fails on half of its mails and says nothing: after 3 s without an acknowledgement the consumer sends the mail again, and after three deliveries it gives up. There is no dead-letter queue: the mail stays in the stream. Try: nak a mail in its hands, or extend its ack wait.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'site', to: 'nats', latencyMs: 300, key: 'mail.welcome' },
  { id: 'keep', from: 'nats', to: 'mail', latencyMs: 200, key: 'mail.>' },
  { id: 'read', from: 'mail', to: 'mailer-durable', latencyMs: 0 },
  { id: 'pull', from: 'mailer-durable', to: 'mailer', latencyMs: 400 },
]

export const natsAckWait: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 7,
    durationMs: 45_000,
    code: 'python',
    brokers: [{ id: 'nats', family: 'nats' }],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'site',
            name: 'sign-up page',
            arrivals: {
              kind: 'interval',
              every: { kind: 'fixed', ms: 4000 },
              firstMs: 500,
              count: 8,
            },
            bodies: ['Welcome {n}'],
            confirms: true,
          },
        ],
        [{ kind: 'natsServer', id: 'nats', name: 'nats', broker: 'nats' }],
        [
          { kind: 'natsStream', id: 'mail', name: 'MAIL', broker: 'nats' },
          {
            kind: 'natsConsumer',
            id: 'mailer-durable',
            name: 'mailer',
            broker: 'nats',
            ackWaitMs: 3000,
            maxDeliver: 3,
            maxAckPending: 5,
          },
        ],
        [
          {
            kind: 'natsSubscriber',
            id: 'mailer',
            name: 'mail worker',
            service: { kind: 'fixed', ms: 800 },
            failureRate: 0.5,
            onFailure: 'leave',
            effect: 'Sent: {body}',
          },
        ],
      ],
      links,
    ),
    links,
  },
}
