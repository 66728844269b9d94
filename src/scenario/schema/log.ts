/** What topics say about their cluster, and producers about the partitions of their topics. */
import type { NodeOf, Scenario } from '../document.ts'
import { type Path, type Refused, refuse } from './problem.ts'

/** A partition has a replica on a broker once at most; more can never be in sync than there are. */
export function refuseTopic(scenario: Scenario, node: NodeOf<'topic'>, path: Path): Refused | null {
  const { replicationFactor = 1, minInsyncReplicas = 1 } = node
  const size = scenario.brokers.find(({ id }) => id === node.broker)?.brokers
  if (size !== undefined && replicationFactor > size) {
    return refuse(
      [...path, 'replicationFactor'],
      `is ${replicationFactor}, but its cluster has ${size} brokers; give at most that`,
    )
  }
  if (minInsyncReplicas <= replicationFactor) return null
  return refuse(
    [...path, 'minInsyncReplicas'],
    `is ${minInsyncReplicas}, more than the replication factor; give at most ${replicationFactor}`,
  )
}

/** A record is written to a partition that each topic of its producer has. */
export function refusePartition(
  { nodes, links }: Scenario,
  { id, partition }: NodeOf<'producer'>,
  path: Path,
): Refused | null {
  if (partition === undefined) return null
  const targets = new Set(links.flatMap(({ from, to }) => (from === id ? [to] : [])))
  for (const topic of nodes) {
    if (topic.kind !== 'topic' || !targets.has(topic.id) || partition < topic.partitions) continue
    const last = topic.partitions - 1
    const most = last === 0 ? 'give 0' : `give 0 to ${last}`
    return refuse(
      [...path, 'partition'],
      `is ${partition}, but ${topic.name} has none such; ${most}`,
    )
  }
  return null
}
