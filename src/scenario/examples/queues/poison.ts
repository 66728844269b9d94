/** A message that no handler survives: requeued it comes back at once, for ever, and everything behind it waits. */
import { consumer, exchange, link, producer, queue, rabbitExample } from './amqpParts.ts'

export const poison = rabbitExample(
  'Order4 is one that the handler cannot process. The worker requeues it, and a requeued message goes to its old place, the head: it is back at once and the orders behind it wait. Try: let the worker reject without requeue, or take the message away by hand.',
  [
    [producer('shop', ['Order{n}'], 2000, 12)],
    [exchange('default', 'default')],
    [queue('orders')],
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
    link('orders', 'worker', 300),
  ],
)
