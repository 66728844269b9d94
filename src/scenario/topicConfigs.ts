/** The settings of a topic that are its configuration in Kafka, and under which name. */
import type { TopicSettings } from '../brokers/log/keeping.ts'

/** Under which name Kafka has each as a configuration of a topic, in the order in which it is told of them. */
export const TOPIC_CONFIGS = {
  minInsyncReplicas: 'min.insync.replicas',
  uncleanLeaderElection: 'unclean.leader.election.enable',
  cleanup: 'cleanup.policy',
  retentionMs: 'retention.ms',
  retentionBytes: 'retention.bytes',
  segmentMs: 'segment.ms',
  segmentBytes: 'segment.bytes',
  dirtyRatio: 'min.cleanable.dirty.ratio',
  deleteRetentionMs: 'delete.retention.ms',
} as const satisfies { [Name in keyof TopicSettings]?: string }

export type TopicConfig = keyof typeof TOPIC_CONFIGS

/** Those that can be changed while a run goes on (`alterTopic`): all that are the topic's own, as in Kafka. */
export const ALTERABLE = Object.keys(TOPIC_CONFIGS) as TopicConfig[]

/** What Kafka calls a setting of a topic; what is none keeps its name. */
export function configName(name: string): string {
  return TOPIC_CONFIGS[name as TopicConfig] ?? name
}
