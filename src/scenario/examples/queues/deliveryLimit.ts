/** The cure for poison that a quorum queue has: it counts deliveries and gives up after a few. */
import { consumer, exchange, link, producer, queue, rabbitExample } from './amqpParts.ts'

export const deliveryLimit = rabbitExample(
  'A quorum queue counts how often it delivered a message. Order4 fails each time; when it has come back three times the queue gives it up and dead-letters it, and the orders behind it go on. Try: take the limit off, or crash the worker: a crash counts too.',
  [
    [producer('shop', ['Order{n}'], 2000, 16)],
    [exchange('default', 'default'), exchange('failed', 'fanout')],
    [
      queue('orders', { type: 'quorum', deliveryLimit: 3, deadLetterExchange: 'failed' }),
      queue('parking'),
    ],
    [
      consumer('worker', [900], {
        failOn: 'Order4',
        onFailure: 'requeue',
        effect: 'Shipped {body}',
      }),
    ],
  ],
  [
    link('shop', 'default', 300, { key: 'orders' }),
    link('default', 'orders', 200),
    link('failed', 'parking', 200),
    link('orders', 'worker', 300),
  ],
)
