/** A direct exchange: a log line goes to the queues that are bound with its very severity. */
import { consumer, exchange, link, producer, queue, rabbitExample } from './amqpParts.ts'

export const routing = rabbitExample(
  'A direct exchange sends a line to each queue whose binding key equals its routing key. The file takes three severities, the pager errors only, and nobody asked for debug: those are gone. Try: type a key into the exchange, or bind a queue to debug.',
  [
    [
      producer('app', ['Line {n}'], 1200, 32, {
        keys: { kind: 'turn', of: ['info', 'error', 'warning', 'debug'] },
      }),
    ],
    [exchange('logs', 'direct')],
    [queue('file'), queue('pager')],
    [
      consumer('writer', [500], { effect: 'Written: {body}' }),
      consumer('operator', [1500], { effect: 'Called for: {body}' }),
    ],
  ],
  [
    link('app', 'logs', 400),
    link('logs', 'file', 300, { key: 'info' }),
    link('logs', 'file', 300, { key: 'warning' }),
    link('logs', 'file', 300, { key: 'error' }),
    link('logs', 'pager', 300, { key: 'error' }),
    link('file', 'writer', 300),
    link('pager', 'operator', 300),
  ],
)
