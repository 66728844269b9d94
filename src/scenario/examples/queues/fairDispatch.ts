/** Without a prefetch the broker deals messages out in turn, whoever is busy: one worker drowns, the other idles. */
import { consumer, exchange, link, producer, queue, rabbitExample } from './amqpParts.ts'

export const fairDispatch = rabbitExample(
  'Every second task is a long one. Without a prefetch limit the queue deals out in turn and does not look at who is busy, so all the long ones go to the same worker. Try: set the prefetch of both workers to 1.',
  [
    [producer('shop', ['Long{n}', 'Short{n}'], 1000, 24)],
    [exchange('default', 'default')],
    [queue('tasks')],
    [
      consumer('worker-1', [4000], { prefetch: 0, effect: 'Done: {body}' }),
      consumer('worker-2', [600], { prefetch: 0, effect: 'Done: {body}' }),
    ],
  ],
  [
    link('shop', 'default', 300, { key: 'tasks' }),
    link('default', 'tasks', 200),
    link('tasks', 'worker-1', 300),
    link('tasks', 'worker-2', 300),
  ],
)
