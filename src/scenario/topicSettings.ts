/** The settings of a topic by which it is kept: the one list for wiring, door and panels. */
import type { TopicSettings } from '../brokers/log/keeping.ts'
import { isBatching } from '../clients/producer/settings.ts'
import type { BrokerDoc, NodeDoc, Scenario } from './document.ts'

const HAS: Record<keyof Required<TopicSettings>, true> = {
  replicationFactor: true,
  minInsyncReplicas: true,
  uncleanLeaderElection: true,
  replicaLagMs: true,
  replicaFetchMs: true,
  retentionMs: true,
  retentionBytes: true,
  segmentBytes: true,
  segmentMs: true,
  checkMs: true,
  cleanup: true,
  dirtyRatio: true,
  deleteRetentionMs: true,
}

export const TOPIC_SETTINGS = Object.keys(HAS) as (keyof TopicSettings)[]

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

/** Whether a client that writes to a topic waits for answers: then the topic is kept. */
export function isAwaiting(node: NodeDoc): boolean {
  if (node.kind === 'producer') return isBatching(node)
  if (node.kind !== 'groupConsumer') return false
  return node.commit === 'transaction' && node.protocol !== 'share'
}

/** The brokers of a log's cluster: as many as stated, or as its most replicated topic needs. */
export function clusterSize({ nodes }: Scenario, doc: BrokerDoc): number {
  const factors = nodes.map((node) =>
    node.kind === 'topic' && node.broker === doc.id ? (node.replicationFactor ?? 1) : 1,
  )
  return Math.max(doc.brokers ?? 1, ...factors, 1)
}
