/** The run whose frames are measured on the page: more orders than ten million facts hold, some always on their way. */
import type { Scenario } from '../../scenario/document.ts'
import { exampleCalled } from '../../scenario/examples/index.ts'
import { encodeMoment } from '../../scenario/share/link.ts'

const MEAN_MS = { arrival: 2, service: 3 }
const LATENCY_MS = 20
const DURATION_MS = 2_000_000

/** The fragment of an address that opens it. */
export async function linkToLongRun(seed: number): Promise<string> {
  const scenario = { ...longRun(), seed }
  const main = { id: 'main', name: 'main', parent: null, forkUs: 0, seed, script: [] }
  const encoded = await encodeMoment({
    app: '',
    scenario,
    exampleId: null,
    branches: [main],
    branchId: main.id,
    timeUs: 0,
    factIndex: 0,
    selection: null,
    view: null,
    stage: null,
    condition: '',
    watches: [],
    trail: '',
    hash: '',
  })
  if (!encoded.ok) throw new Error(encoded.sentence)
  return encoded.fragment
}

function longRun(): Scenario {
  const { scenario } = exampleCalled('orders-workers')
  const nodes = scenario.nodes.map((node) => {
    if (node.kind === 'producer') {
      const every = { kind: 'exponential' as const, meanMs: MEAN_MS.arrival }
      return { ...node, arrivals: { kind: 'interval' as const, every } }
    }
    if (node.kind !== 'consumer') return node
    const service = { kind: 'exponential' as const, meanMs: MEAN_MS.service }
    return { ...node, service, prefetch: 50 }
  })
  const links = scenario.links.map((link) => ({ ...link, latencyMs: LATENCY_MS }))
  return { ...scenario, title: 'Busy orders', durationMs: DURATION_MS, nodes, links }
}
