/**
 * The article's three patterns as they stand on the first page, each with its run: the other examples are
 * no part of the first load.
 */
import type { ExampleId } from '../../scenario/examples/catalog.ts'
import { account } from '../../scenario/examples/eventstores/account.ts'
import { type Example, type ExampleBody, whole } from '../../scenario/examples/example.ts'
import { notifications } from '../../scenario/examples/pubsub/notifications.ts'
import { orders } from '../../scenario/examples/queues/orders.ts'

export interface Pattern {
  name: string
  example: Example
  question: string
  sentence: string
  /** Where its miniature rests for those who have asked for less motion: a moment with something to see. */
  restUs: number
}

export const patterns: readonly Pattern[] = [
  pattern('orders', orders, {
    name: 'Message queue',
    question: 'Is each order processed once?',
    sentence: 'A shop publishes orders. The queue hands each to one consumer, in order.',
    restUs: 4_900_000,
  }),
  pattern('notifications', notifications, {
    name: 'Pub/sub',
    question: 'Who gets the message?',
    sentence:
      'One topic, two groups of readers. Each group gets every notification, at its own pace.',
    restUs: 5_000_000,
  }),
  pattern('account', account, {
    name: 'Event sourcing',
    question: 'Why is the balance 50?',
    sentence:
      'Nothing is overwritten. The balance is what the events add up to: 0, then 100, then 50.',
    restUs: 10_200_000,
  }),
]

function pattern(id: ExampleId, body: ExampleBody, words: Omit<Pattern, 'example'>): Pattern {
  return { ...words, example: whole({ id, title: words.name, question: words.question }, body) }
}
