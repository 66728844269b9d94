/** The run whose frames are measured on the page: five hundred orders a second for two workers, some always on their way. */
import type { Scenario } from '../../scenario/document.ts'
import { exampleCalled } from '../../scenario/examples/index.ts'
import { encodeMoment } from '../../scenario/share/link.ts'

const MEAN_MS = { arrival: 2, service: 3 }
const LATENCY_MS = 20
/** Long enough for more than ten million facts. */
const DURATION_MS = 2_000_000

/** The fragment of an address that opens it, or as much of it as is asked for. */
export async function linkToLongRun(seed: number, durationMs = DURATION_MS): Promise<string> {
  const scenario = { ...longRun(), seed, durationMs }
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
  return { ...scenario, title: 'Busy orders', nodes, links }
}
