/** Back-pressure: a full queue refuses, the confirm says so, and the producer tries again ever later. */
import { consumer, exchange, link, producer, queue, rabbitExample } from './amqpParts.ts'

export const overload = rabbitExample(
  'The sensor publishes twice as fast as the worker works. The queue holds five and refuses the rest; by publisher confirms the sensor learns of it and tries again, each time later, and gives up after three times. Try: let the queue drop its oldest instead, or turn the confirms off: the readings are lost and nobody knows.',
  [
    [
      producer('sensor', ['Reading{n}'], 700, 40, {
        confirms: true,
        onNack: 'retry',
        retries: 3,
        backoffMs: 1500,
        backoffFactor: 2,
        jitter: 0.3,
      }),
    ],
    [exchange('default', 'default')],
    [queue('readings', { maxLength: 5, overflow: 'reject-publish' })],
    [consumer('worker', [1500], { effect: 'Stored {body}' })],
  ],
  [
    link('sensor', 'default', 300, { key: 'readings' }),
    link('default', 'readings', 200),
    link('readings', 'worker', 300),
  ],
)
