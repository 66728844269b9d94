/** What Kafka's own settings are for a topic that is kept and a producer that batches, for programs in any language. */
import { isBatching } from '../../clients/producer/settings.ts'
import type { NodeOf, Scenario } from '../document.ts'
import { ALTERABLE, TOPIC_CONFIGS } from '../topicConfigs.ts'
import { outletsOf, type Role } from './plan.ts'

/** Topic configuration under Kafka's names. */
export function topicConfigs(topic: NodeOf<'topic'>): Record<string, string> {
  return Object.fromEntries(
    ALTERABLE.flatMap((name) => {
      const value = topic[name]
      return value === undefined ? [] : [[TOPIC_CONFIGS[name], String(value)]]
    }),
  )
}

/** segment.bytes may not be less in Kafka 4.1 and later (KIP-1030). */
const LEAST_SEGMENT_BYTES = 1_048_576

/** What a broker may refuse of a topic: said in the program. */
export function refusable({ replicationFactor = 1, segmentBytes }: NodeOf<'topic'>): string[] {
  const sentences: string[] = []
  if (replicationFactor > 1) sentences.push(`This needs ${replicationFactor} brokers.`)
  if (segmentBytes !== undefined && segmentBytes < LEAST_SEGMENT_BYTES) {
    sentences.push(
      `Kafka 4.1 and later refuse segment.bytes below ${LEAST_SEGMENT_BYTES}: it is small here so that segments can be seen.`,
    )
  }
  return sentences
}

/** Whether a producer has settings of its own that its program has to say, and writes to topics only. */
export function hasKafkaSettings(scenario: Scenario, role: Role<'producer'>): boolean {
  const outlets = outletsOf(scenario, role)
  const producer = role.docs[0]
  const own = isBatching(producer) || producer.partition !== undefined
  return own && outlets.length > 0 && outlets.every(({ to }) => to.kind === 'topic')
}
