/** What Kafka's own settings are for a topic that is kept and a producer that batches, for programs in any language. */
import { isBatching } from '../../clients/producer/settings.ts'
import type { NodeOf, Scenario } from '../document.ts'
import { ALTERABLE, TOPIC_CONFIGS } from '../topicSettings.ts'
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

/** Whether a producer has settings of its own that its program has to say, and writes to topics only. */
export function hasKafkaSettings(scenario: Scenario, role: Role<'producer'>): boolean {
  const outlets = outletsOf(scenario, role)
  const producer = role.docs[0]
  const own = isBatching(producer) || producer.partition !== undefined
  return own && outlets.length > 0 && outlets.every(({ to }) => to.kind === 'topic')
}
