/** What Kafka's own settings are for a topic that is kept and a producer that batches, for programs in any language. */
import { isBatching } from '../../clients/producer/settings.ts'
import type { NodeOf, Scenario } from '../document.ts'
import { outletsOf, type Role } from './plan.ts'

/** Topic configuration under Kafka's names. */
export function topicConfigs(topic: NodeOf<'topic'>): Record<string, string> {
  const configs: Record<string, string | number | boolean | undefined> = {
    'min.insync.replicas': topic.minInsyncReplicas,
    'unclean.leader.election.enable': topic.uncleanLeaderElection,
    'cleanup.policy': topic.cleanup,
    'retention.ms': topic.retentionMs,
    'retention.bytes': topic.retentionBytes,
    'segment.ms': topic.segmentMs,
    'segment.bytes': topic.segmentBytes,
    'min.cleanable.dirty.ratio': topic.dirtyRatio,
    'delete.retention.ms': topic.deleteRetentionMs,
  }
  return Object.fromEntries(
    Object.entries(configs).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  )
}

/** Whether a producer has settings of its own that its program has to say, and writes to topics only. */
export function hasKafkaSettings(scenario: Scenario, role: Role<'producer'>): boolean {
  const outlets = outletsOf(scenario, role)
  const producer = role.docs[0]
  const own = isBatching(producer) || producer.partition !== undefined
  return own && outlets.length > 0 && outlets.every(({ to }) => to.kind === 'topic')
}
