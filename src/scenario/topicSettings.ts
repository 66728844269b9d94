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
