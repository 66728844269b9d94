/** Fan-out as SNS does it: a topic passes each message on to a queue of Amazon SQS and to one of RabbitMQ. */
import type { LinkDoc } from '../../document.ts'
import { type ExampleBody, inColumns } from '../example.ts'

const ABOUT =
  'Each message goes to every subscription, and each subscription puts its copy into a queue of its own, where it waits for whoever works there. Shipping wants orders only: its filter policy lets refunds pass by. Try: crash a worker, and its queue grows while the other one does not notice; or give the link to orders-only another policy.'

const links: LinkDoc[] = [
  { id: 'publish', from: 'shop', to: 'sales', latencyMs: 300 },
  { id: 'fan-1', from: 'sales', to: 'all-sales', latencyMs: 200 },
  { id: 'fan-2', from: 'sales', to: 'orders-only', latencyMs: 200 },
  { id: 'on-1', from: 'all-sales', to: 'billing', latencyMs: 200 },
  { id: 'on-2', from: 'orders-only', to: 'shipping', latencyMs: 200 },
  { id: 'poll', from: 'billing', to: 'accountant', latencyMs: 300 },
  { id: 'deliver', from: 'shipping', to: 'packer', latencyMs: 300 },
]

const broker = 'sns'

export const snsFanOut: ExampleBody = {
  about: ABOUT,
  scenario: {
    seed: 1,
    durationMs: 40_000,
    brokers: [
      { id: broker, family: 'cloud' },
      { id: 'sqs', family: 'sqs' },
      { id: 'rabbitmq', family: 'amqp' },
    ],
    nodes: inColumns(
      [
        [
          {
            kind: 'producer',
            id: 'shop',
            name: 'shop',
            arrivals: {
              kind: 'interval',
              every: { kind: 'fixed', ms: 1500 },
              firstMs: 1000,
              count: 20,
            },
            bodies: ['Order{n}', 'Order{n}', 'Refund{n}'],
            headers: [{ type: 'order' }, { type: 'order' }, { type: 'refund' }],
          },
          { kind: 'cloudTopic', id: 'sales', name: 'sales', broker },
        ],
        [
          { kind: 'cloudSubscription', id: 'all-sales', name: 'all-sales', broker },
          {
            kind: 'cloudSubscription',
            id: 'orders-only',
            name: 'orders-only',
            broker,
            filter: '{"type": ["order"]}',
          },
        ],
        [
          { kind: 'sqsQueue', id: 'billing', name: 'billing', broker: 'sqs' },
          { kind: 'queue', id: 'shipping', name: 'shipping', broker: 'rabbitmq' },
        ],
        [
          {
            kind: 'pollingConsumer',
            id: 'accountant',
            name: 'accountant',
            service: { kind: 'fixed', ms: 1000 },
            maxMessages: 1,
            waitTimeMs: 20_000,
            deleteWhen: 'after',
            effect: 'Booked: {body}',
          },
          {
            kind: 'consumer',
            id: 'packer',
            name: 'packer',
            service: { kind: 'fixed', ms: 1200 },
            ack: 'manual',
            prefetch: 1,
            concurrency: 1,
            effect: 'Packed: {body}',
          },
        ],
      ],
      links,
    ),
    links,
  },
}
