/** A topic exchange: patterns of words, and one copy a queue however many of its patterns match. */
import { consumer, exchange, link, producer, queue, rabbitExample } from './amqpParts.ts'

export const topics = rabbitExample(
  'A topic exchange compares the words of the routing key with patterns: * is exactly one word, # any number. Two patterns of one queue that both match bring one copy. Try: type lazy or quick.orange.male.rabbit into the exchange.',
  [
    [
      producer('zoo', ['Animal {n}'], 1500, 30, {
        keys: {
          kind: 'turn',
          of: [
            'quick.orange.rabbit',
            'lazy.orange.elephant',
            'quick.brown.fox',
            'lazy.pink.rabbit',
          ],
        },
      }),
    ],
    [exchange('animals', 'topic')],
    [queue('Q1'), queue('Q2')],
    [
      consumer('orange-fan', [700], { effect: 'Orange: {body}' }),
      consumer('rabbit-fan', [900], { effect: 'Rabbit or lazy: {body}' }),
    ],
  ],
  [
    link('zoo', 'animals', 400),
    link('animals', 'Q1', 300, { key: '*.orange.*' }),
    link('animals', 'Q2', 300, { key: '*.*.rabbit' }),
    link('animals', 'Q2', 300, { key: 'lazy.#' }),
    link('Q1', 'orange-fan', 300),
    link('Q2', 'rabbit-fan', 300),
  ],
)
