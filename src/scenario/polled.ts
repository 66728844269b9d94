/** How a polling consumer gets its messages: what it does with them has other names at a queue than at a subscription. */
import type { Scenario } from './document.ts'

/** Received from a queue and deleted, pulled from a subscription and acknowledged, or pushed by one. */
export type Polled = 'received' | 'pulled' | 'pushed'

export function polledBy(id: string, { nodes, links }: Pick<Scenario, 'nodes' | 'links'>): Polled {
  const sources = links.flatMap(({ from, to }) => (to === id ? [from] : []))
  const source = nodes.find((node) => sources.includes(node.id))
  if (source?.kind !== 'cloudSubscription') return 'received'
  return source.push ? 'pushed' : 'pulled'
}
