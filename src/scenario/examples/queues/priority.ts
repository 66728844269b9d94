/** Priorities: urgent messages overtake what waits, and when there are enough of them the others wait for ever. */
import { consumer, exchange, link, producer, queue, rabbitExample } from './amqpParts.ts'

export const priority = rabbitExample(
  'Urgent orders (priority 5) overtake normal ones (priority 0) in the queue, never in the hands of a worker. There are more urgent ones than the worker can do, so normal ones starve. Try: set the prefetch to 10, and priorities do nothing any more; or slow the urgent shop down.',
  [
    [
      producer('express', ['Urgent{n}'], 1300, 40, { priorities: [5] }),
      producer('shop', ['Order{n}'], 2600, 20, { priorities: [0] }),
    ],
    [exchange('default', 'default')],
    [queue('orders', { maxPriority: 10 })],
    [consumer('worker', [1500], { effect: 'Packed {body}' })],
  ],
  [
    link('express', 'default', 300, { key: 'orders' }),
    link('shop', 'default', 300, { key: 'orders' }),
    link('default', 'orders', 200),
    link('orders', 'worker', 300),
  ],
)
