/** The order in which nodes lie below one another: each after those it gets something from, chains together. */
import type { Scenario } from '../../scenario/document.ts'

/**
 * Indexes of the scenario's nodes from top to bottom. What a node leads to follows it closely, the upper
 * one of the drawing first; a link that leads back into its own chain is left out of account.
 */
export function flowOrder({ nodes, links }: Scenario): number[] {
  const at = new Map(nodes.map((node, i) => [node.id, i]))
  const y = (i: number) => nodes[i]?.position.y ?? 0
  const after: number[][] = nodes.map(() => [])
  const isReached = nodes.map(() => false)
  for (const { from, to } of links) {
    const [source, target] = [at.get(from), at.get(to)]
    if (source === undefined || target === undefined || source === target) continue
    after[source]?.push(target)
    isReached[target] = true
  }
  const order: number[] = []
  const seen = nodes.map(() => false)
  const lay = (i: number) => {
    if (seen[i]) return
    seen[i] = true
    for (const next of byHeight(after[i] ?? [], y).reverse()) lay(next)
    order.push(i)
  }
  const all = byHeight([...nodes.keys()], y)
  // What is laid last ends on top: sources from below upwards, then whatever lies only in circles.
  for (const i of all.filter((n) => !isReached[n]).reverse()) lay(i)
  for (const i of all.reverse()) lay(i)
  return order.reverse()
}

function byHeight(indexes: readonly number[], y: (i: number) => number): number[] {
  return [...indexes].sort((a, b) => y(a) - y(b) || a - b)
}
