/**
 * The article's three patterns as they stand on the first page, each with its run: the other examples are
 * no part of the first load.
 */
import { account } from '../../scenario/examples/account.ts'
import type { Example } from '../../scenario/examples/example.ts'
import { notifications } from '../../scenario/examples/notifications.ts'
import { orders } from '../../scenario/examples/orders.ts'

export interface Pattern {
  name: string
  example: Example
  question: string
  sentence: string
  /** Where its miniature rests for those who have asked for less motion: a moment with something to see. */
  restUs: number
}

export const patterns: readonly Pattern[] = [
  {
    name: 'Message queue',
    example: orders,
    question: 'Is each order processed once?',
    sentence: 'A shop publishes orders. The queue hands each to one consumer, in order.',
    restUs: 4_900_000,
  },
  {
    name: 'Pub/sub',
    example: notifications,
    question: 'Who gets the message?',
    sentence:
      'One topic, two groups of readers. Each group gets every notification, at its own pace.',
    restUs: 5_000_000,
  },
  {
    name: 'Event sourcing',
    example: account,
    question: 'Why is the balance 50?',
    sentence:
      'Nothing is overwritten. The balance is what the events add up to: 0, then 100, then 50.',
    restUs: 10_200_000,
  },
]
