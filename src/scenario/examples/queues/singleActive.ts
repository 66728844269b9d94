/** Order with a spare: one consumer is served, the other takes over when it is gone. */
import { consumer, exchange, link, producer, queue, rabbitExample } from './amqpParts.ts'

export const singleActive = rabbitExample(
  'Two consumers are there, but the queue serves one of them only, so the work ends in the order in which it came. The main one dies on Step6 and is back after eight seconds: the spare takes over and stays. Try: crash the spare, or take the setting off and watch the order break.',
  [
    [producer('flow', ['Step{n}'], 1800, 20)],
    [exchange('default', 'default')],
    [queue('steps', { singleActiveConsumer: true })],
    [
      consumer('main', [1500, 900], {
        failOn: 'Step6',
        onFailure: 'crash',
        restartAfterMs: 8000,
        effect: 'Did {body}',
      }),
      consumer('spare', [1200], { effect: 'Did {body}' }),
    ],
  ],
  [
    link('flow', 'default', 300, { key: 'steps' }),
    link('default', 'steps', 200),
    link('steps', 'main', 300),
    link('steps', 'spare', 300),
  ],
)
