/** The nodes and links by which something gets to a node. */
import type { Scenario } from '../../scenario/document.ts'

/** Scenario ids; the node itself is among them. */
export function upstream({ links }: Scenario, node: string): Set<string> {
  const nodes = new Set([node])
  const way = new Set([node])
  for (const id of nodes) {
    for (const link of links) {
      if (link.to !== id) continue
      nodes.add(link.from)
      way.add(link.from).add(link.id)
    }
  }
  return way
}
