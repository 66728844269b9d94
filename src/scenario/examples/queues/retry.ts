/** Delayed retry with what a broker has: a rejected message waits in a queue without consumers until it expires, and comes back. */
import { consumer, exchange, link, producer, queue, rabbitExample } from './amqpParts.ts'

export const retry = rabbitExample(
  'Every second order fails and is rejected without requeue. The queue dead-letters it into a waiting room that nobody consumes from; after five seconds it expires there, and its dead-letter exchange sends it back to work. Try: select a message that came back and read its life, or let the worker requeue instead.',
  [
    [producer('shop', ['Order{n}'], 2500, 16, { firstNumber: 1 })],
    [exchange('work', 'direct'), exchange('later', 'fanout')],
    [
      queue('orders', { deadLetterExchange: 'later' }),
      queue('waiting', { deadLetterExchange: 'work', deadLetterKey: 'order', messageTtlMs: 5000 }),
    ],
    [
      consumer('worker', [900], {
        failureRate: 0.5,
        onFailure: 'drop',
        effect: 'Shipped {body}',
      }),
    ],
  ],
  [
    link('shop', 'work', 300, { key: 'order' }),
    link('work', 'orders', 300, { key: 'order' }),
    link('later', 'waiting', 300),
    link('orders', 'worker', 300),
  ],
)
