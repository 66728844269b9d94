/** The article's three patterns as they stand on the first page. */

export interface Pattern {
  name: string
  exampleId: string
  question: string
  sentence: string
  /** Where its miniature rests for those who have asked for less motion: a moment with something to see. */
  restUs: number
}

export const patterns: readonly Pattern[] = [
  {
    name: 'Message queue',
    exampleId: 'orders',
    question: 'Is each order processed once?',
    sentence: 'A shop publishes orders. The queue hands each to one consumer, in order.',
    restUs: 4_900_000,
  },
  {
    name: 'Pub/sub',
    exampleId: 'notifications',
    question: 'Who gets the message?',
    sentence:
      'One topic, two groups of readers. Each group gets every notification, at its own pace.',
    restUs: 5_000_000,
  },
  {
    name: 'Event sourcing',
    exampleId: 'account',
    question: 'Why is the balance 50?',
    sentence:
      'Nothing is overwritten. The balance is what the events add up to: 0, then 100, then 50.',
    restUs: 10_200_000,
  },
]
