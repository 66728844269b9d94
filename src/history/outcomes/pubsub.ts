/** What places of pub/sub, JetStream and subscribers let go of: each is one fact that says so itself. */
import { NATS_FACTS } from '../../brokers/pubsub/nats/facts.ts'
import { REDIS_PUBSUB_FACTS } from '../../brokers/pubsub/redis/facts.ts'
import { MISSED, SUBSCRIBER_FACTS } from '../../clients/subscriber/facts.ts'
import { missedWords } from '../missedWords.ts'
import type { Detector, OutcomeContext, OutcomeKind } from './outcome.ts'

type Says = (name: string, label: string) => string

/** Facts that need no second look. */
const SAID: Readonly<Record<number, readonly [OutcomeKind, Says]>> = {
  [NATS_FACTS.unheard]: ['lost', (name, label) => `Nobody listens at ${name} as ${label} comes.`],
  [NATS_FACTS.noResponders]: [
    'dropped',
    (name, label) => `Nobody is there at ${name} to answer ${label}.`,
  ],
  [NATS_FACTS.limited]: [
    'dropped',
    (name, label) => `${name} lets go of ${label}: a limit is reached.`,
  ],
  [NATS_FACTS.expired]: ['dropped', (name, label) => `${label} grew too old in ${name}.`],
  [NATS_FACTS.refused]: ['dropped', (name, label) => `${name} refuses ${label}.`],
  [NATS_FACTS.passedOver]: [
    'dropped',
    (name, label) => `${name} keeps nothing of ${label}: no consumer is interested.`,
  ],
  [NATS_FACTS.gaveUp]: [
    'deadLettered',
    (name, label) => `${name} gives ${label} up after as many deliveries as it may make.`,
  ],
  [NATS_FACTS.terminated]: [
    'deadLettered',
    (name, label) => `${label} is terminated at ${name}: it goes out no more.`,
  ],
}

export class PubSubDetector implements Detector {
  private readonly context: OutcomeContext

  constructor(context: OutcomeContext) {
    this.context = context
  }

  read(index: number, _timeUs: number, kind: number, part: number, message: number, aux: number) {
    const said = SAID[kind]
    if (said) this.say(index, said[0], part, message, said[1])
    else if (kind === REDIS_PUBSUB_FACTS.published && aux === 0) {
      this.say(
        index,
        'lost',
        part,
        message,
        (name, label) => `Nobody is subscribed at ${name} as ${label} comes.`,
      )
    } else if (kind === SUBSCRIBER_FACTS.missed && aux !== MISSED.unsent) {
      const outcome = aux === MISSED.slow ? 'dropped' : 'lost'
      this.say(
        index,
        outcome,
        part,
        message,
        (name, label) => `${label} passes ${name} by: ${missedWords(aux)}.`,
      )
    }
  }

  end(): void {}

  private say(index: number, kind: OutcomeKind, part: number, message: number, says: Says): void {
    const { context } = this
    const node = context.nodeOf(part)
    this.report(index, kind, node, message, says(context.name(node), context.label(message)))
  }

  private report(
    index: number,
    kind: OutcomeKind,
    node: string,
    message: number,
    sentence: string,
  ): void {
    const key = this.context.records.key(message)
    this.context.report({ kind, factIndexes: [index], message, key, node, sentence })
  }
}
