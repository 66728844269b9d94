/** One order in all three patterns, side by side: a queue, a topic, an event store. */
import type { ExampleBody, Unplaced } from '../example.ts'
import { handler, link, run, sender, store, view } from './sourcingParts.ts'

const AT_MS = [2000, 12_000, 22_000, 32_000]

function member(id: string, effect: string): Unplaced {
  return {
    kind: 'groupConsumer',
    id,
    name: id,
    group: id,
    service: { kind: 'fixed', ms: 600 },
    maxPollRecords: 10,
    fetchMaxWaitMs: 500,
    commit: 'after',
    offsetReset: 'earliest',
    effect,
  }
}

function worker(id: string): Unplaced {
  return {
    kind: 'consumer',
    id,
    name: id,
    service: { kind: 'fixed', ms: 1500 },
    ack: 'manual',
    prefetch: 1,
    concurrency: 1,
    effect: 'Processing order: {body}',
  }
}

export const threePatterns: ExampleBody = run(
  'The same orders, three times. A queue gives each to one of two workers, and it is gone. A topic lets everybody read it, at an own pace. An event store keeps what happened, and the cart is the fold of it. Try: crash a worker, a group and the cart’s view at the same moment, restart them, and see what each gets.',
  60_000,
  [
    [
      sender('to-queue', AT_MS, ['Order12{n}'], { name: 'shop, to a queue' }),
      sender('to-topic', AT_MS, ['Order12{n}'], { name: 'shop, to a topic' }),
      sender(
        'to-store',
        AT_MS,
        [
          '{"type":"AddItem","order":"o1","item":"book","quantity":1,"price":20}',
          '{"type":"AddItem","order":"o1","item":"pen","quantity":2,"price":3}',
          '{"type":"RemoveItem","order":"o1","item":"pen","quantity":1,"price":3}',
          '{"type":"PlaceOrder","order":"o1"}',
        ],
        { name: 'shop, to a store' },
      ),
    ],
    [
      { kind: 'queue', id: 'orders', name: 'orders', broker: 'rabbitmq' },
      { kind: 'topic', id: 'placed', name: 'placed', broker: 'kafka', partitions: 1 },
      handler('cart', { domain: 'order', stream: 'order-o1' }),
    ],
    [
      worker('worker-1'),
      worker('worker-2'),
      member('mail', 'Sending email for: {body}'),
      member('stats', 'Counting: {body}'),
      store(),
    ],
    [view('cart-view', 'orders', 300, { name: 'carts' })],
  ],
  [
    link('to-queue', 'orders', 400),
    link('orders', 'worker-1', 400),
    link('orders', 'worker-2', 400),
    link('to-topic', 'placed', 400),
    link('placed', 'mail', 400),
    link('placed', 'stats', 400),
    link('to-store', 'cart', 400),
    link('cart', 'events', 400),
    link('events', 'cart-view', 400),
  ],
  [
    { id: 'rabbitmq', family: 'amqp' },
    { id: 'kafka', family: 'log' },
  ],
)
