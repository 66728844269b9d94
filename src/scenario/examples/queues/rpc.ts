/** Request and reply over queues: each request names the queue for its reply and bears a correlation id. */
import { consumer, exchange, link, producer, queue, rabbitExample } from './amqpParts.ts'

export const rpc = rabbitExample(
  'The caller puts the name of its reply queue and a correlation id into each request. The servers send what they computed to that queue with the same id. The second server is slower, so replies come in another order than requests. Try: crash a server after its effect, and see one request answered twice.',
  [
    [producer('caller', ['fib({n})'], 1500, 20, { firstNumber: 10, replyTo: 'replies' })],
    [queue('rpc_queue')],
    [
      consumer('server-1', [900], {
        reply: true,
        effect: 'computed {body}',
        output: '{body} done',
      }),
      consumer('server-2', [2600], {
        reply: true,
        effect: 'computed {body}',
        output: '{body} done',
      }),
    ],
    [exchange('default', 'default')],
    [queue('replies', { durable: false })],
    [consumer('waiting', [200], { effect: 'Got {body}', ack: 'auto', prefetch: 0 })],
  ],
  [
    link('caller', 'rpc_queue', 300),
    link('rpc_queue', 'server-1', 300),
    link('rpc_queue', 'server-2', 300),
    link('server-1', 'default', 300),
    link('server-2', 'default', 300),
    link('default', 'replies', 200),
    link('replies', 'waiting', 300),
  ],
)
