/** Which times are measured at a node: until work on what came begins, and until it is done. */
import type { NodeDoc, NodeKind, Scenario } from '../../scenario/document.ts'
import { isConsuming } from '../../scenario/kinds.ts'

export type MeasuredTime = 'waiting' | 'sojourn'

const BOTH: readonly MeasuredTime[] = ['waiting', 'sojourn']

/** Besides clients that consume, of which both are. What only passes on or keeps has none. */
const TIMES: Partial<Record<NodeKind, readonly MeasuredTime[]>> = {
  queue: BOTH,
  sqsQueue: BOTH,
  commandHandler: BOTH,
  projection: BOTH,
  service: BOTH,
  relay: ['sojourn'],
  redisGroup: ['sojourn'],
  natsRequester: ['sojourn'],
}

export function timesOf(scenario: Scenario, doc: NodeDoc): readonly MeasuredTime[] {
  if (isConsuming(doc)) return BOTH
  if (doc.kind === 'cloudSubscription') return hasClient(scenario, doc) ? ['waiting'] : []
  return TIMES[doc.kind] ?? []
}

/** What a cloud subscription passes on to a queue waits there. */
function hasClient({ nodes, links }: Scenario, { id }: NodeDoc): boolean {
  const readers = new Set(links.flatMap(({ from, to }) => (from === id ? [to] : [])))
  return nodes.some((node) => readers.has(node.id) && isConsuming(node))
}
