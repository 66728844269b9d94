/** All three patterns at once: a command makes an event, a relay publishes it to a topic, a service puts work on a queue. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'

const ABOUT =
  'A command becomes an event. The relay carries the event to a topic, the statements service turns it into work on a queue, and a printer does the work. The balance reads the same events. Try: crash the printer, and see what goes on without it.'

const links: LinkDoc[] = [
  { id: 'command', from: 'teller', to: 'account', latencyMs: 400 },
  { id: 'append', from: 'account', to: 'events', latencyMs: 400 },
  { id: 'follow', from: 'events', to: 'balance', latencyMs: 400 },
  { id: 'read', from: 'events', to: 'relay', latencyMs: 300 },
  { id: 'relay-send', from: 'relay', to: 'account-events', latencyMs: 400 },
  { id: 'poll', from: 'account-events', to: 'statements', latencyMs: 400 },
  { id: 'work', from: 'statements', to: 'print-jobs', latencyMs: 400 },
  { id: 'consume', from: 'print-jobs', to: 'printer', latencyMs: 400 },
]

export const combined: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 60_000,
    code: 'python',
    brokers: [
      { id: 'store', family: 'eventstore' },
      { id: 'kafka', family: 'log' },
      { id: 'rabbitmq', family: 'amqp' },
    ],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'teller',
            name: 'teller',
            arrivals: { kind: 'trace', atMs: [1000, 6000, 11_000, 18_000, 25_000, 32_000, 39_000] },
            bodies: [
              '{"type":"CreateAccount","account":"acc1"}',
              '{"type":"Deposit","account":"acc1","amount":100}',
              '{"type":"Withdraw","account":"acc1","amount":50}',
              '{"type":"Deposit","account":"acc1","amount":20}',
              '{"type":"Withdraw","account":"acc1","amount":100}',
              '{"type":"Deposit","account":"acc1","amount":40}',
              '{"type":"Withdraw","account":"acc1","amount":10}',
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
          {
            kind: 'relay',
            id: 'relay',
            name: 'relay',
            pollMs: 500,
            batch: 10,
            body: '{type} {data}',
          },
        ],
        [
          {
            kind: 'topic',
            id: 'account-events',
            name: 'account-events',
            broker: 'kafka',
            partitions: 2,
          },
        ],
        [
          {
            kind: 'groupConsumer',
            id: 'statements',
            name: 'statements',
            group: 'statements',
            service: { kind: 'fixed', ms: 500 },
            maxPollRecords: 5,
            fetchMaxWaitMs: 1000,
            commit: 'after',
            offsetReset: 'earliest',
            effect: 'Asking for a statement: {body}',
            output: 'Print {body}',
          },
        ],
        [
          {
            kind: 'queue',
            id: 'print-jobs',
            name: 'print-jobs',
            broker: 'rabbitmq',
            durable: true,
          },
        ],
        [
          {
            kind: 'consumer',
            id: 'printer',
            name: 'printer',
            service: { kind: 'fixed', ms: 1800 },
            ack: 'manual',
            prefetch: 1,
            concurrency: 1,
            effect: 'Printing: {body}',
          },
        ],
      ],
      links,
      [
        [['teller'], ['account']],
        [['events'], ['balance', 'relay']],
        [['account-events'], ['statements']],
        [['print-jobs'], ['printer']],
      ],
    ),
    links,
  },
}
