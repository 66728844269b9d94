/** The numbers of each node in two runs, side by side. */
import type { NodeNumbers, RunNumbers } from '../metrics/numbers.ts'

export interface Figure {
  /** Scenario id of the node. */
  node: string
  name: string
  unit: string
  /** Null where the run has no such number: no such node, or nothing to measure. */
  here: number | null
  there: number | null
}

/** Nodes in the order of the first run, those that only the other has behind them. */
export function figuresOf(here: RunNumbers, there: RunNumbers): Figure[] {
  const ids = [...new Set([...here.nodes, ...there.nodes].map(({ node }) => node))]
  return ids.flatMap((node) => {
    const a = numbersOf(here.nodes.find((each) => each.node === node))
    const b = numbersOf(there.nodes.find((each) => each.node === node))
    const names = [...new Set([...a.keys(), ...b.keys()])]
    return names.map((name): Figure => {
      const [mine, other] = [a.get(name), b.get(name)]
      const unit = mine?.unit ?? other?.unit ?? ''
      return { node, name, unit, here: mine?.value ?? null, there: other?.value ?? null }
    })
  })
}

interface Value {
  value: number
  unit: string
}

/** The numbers of a node that mean something by themselves, by name. */
function numbersOf(node: NodeNumbers | undefined): Map<string, Value> {
  const found = new Map<string, Value>()
  if (!node) return found
  const add = (name: string, value: number | null | undefined, unit = '') => {
    if (value !== null && value !== undefined) found.set(name, { value, unit })
  }
  for (const [name, count] of Object.entries(node.counts)) add(name, count)
  for (const [reason, count] of Object.entries(node.dropped)) add(`lost: ${reason}`, count)
  for (const [name, { max, mean }] of Object.entries(node.levels)) {
    add(`${name}, mean`, mean)
    add(`${name}, most`, max)
  }
  add('waiting, mean', node.waiting?.meanMs, 'ms')
  add('waiting, p95', node.waiting?.p95Ms, 'ms')
  add('sojourn, mean', node.sojourn?.meanMs, 'ms')
  add('sojourn, p95', node.sojourn?.p95Ms, 'ms')
  add('utilisation', node.utilisation)
  add('throughput', node.throughputPerS, 'per s')
  return found
}
