/** Every number that a run can be measured by: what its nodes' numbers hold, and how many outcomes of each kind it came to. */
import type { NodeKind, Scenario } from '../../scenario/document.ts'
import { World } from '../../scenario/world.ts'
import { levelsOf } from '../metrics/levels.ts'
import { RunMeter } from '../metrics/runMeter.ts'
import { timesOf } from '../metrics/times.ts'
import { OUTCOME_KINDS, type OutcomeKind } from '../outcomes/outcome.ts'
import type { RunResult } from './measuredRun.ts'

export interface Measure {
  /** `line/waiting/meanMs`, `outcomes/lost`: stays the same while the scenario has it. */
  id: string
  /** Scenario id of the node; null for outcomes of the whole run. */
  node: string | null
  /** Fields of `NodeNumbers` that lead to it, or the outcome. */
  path: readonly string[]
  /** `ms`, `/s`, `messages`; '' for counts and shares. */
  unit: string
}

const TIMES = ['meanMs', 'p50Ms', 'p95Ms', 'p99Ms', 'maxMs']

/** What there is to measure in a scenario, node by node, and outcomes last. */
export function measuresOf(scenario: Scenario): Measure[] {
  const world = new World(scenario)
  const { nodes } = new RunMeter(world).numbers(0)
  const measures = nodes.flatMap(({ node, counts, dropped, levels }, place) => {
    const doc = scenario.nodes[place]
    const known = doc ? levelsOf(world, doc) : []
    const units = new Map(known.map(({ name, unit }) => [name, unit]))
    const of = (path: string[], unit: string) => measure(node, path, unit)
    return [
      ...(doc ? timesOf(scenario, doc) : []).flatMap((what) =>
        TIMES.map((time) => of([what, time], 'ms')),
      ),
      ...(known.some(({ role }) => role === 'busy') ? [of(['utilisation'], '')] : []),
      of(['throughputPerS'], '/s'),
      ...Object.keys(levels).flatMap((name) =>
        ['mean', 'max'].map((stat) => of(['levels', name, stat], units.get(name) ?? '')),
      ),
      ...Object.keys(counts).map((name) => of(['counts', name], '')),
      ...Object.keys(dropped).map((name) => of(['dropped', name], '')),
    ]
  })
  const outcomes = OUTCOME_KINDS.filter((kind) => isPossible(kind, scenario))
  return [...measures, ...outcomes.map((kind) => outcomeMeasure(kind))]
}

/** The measure of a result: NaN where there was nothing to measure, such as the waiting of nobody. */
export function readMeasure({ node, path }: Measure, result: RunResult): number {
  if (node === null) return result.outcomes?.[path[0] as OutcomeKind] ?? Number.NaN
  let value: unknown = result.nodes.find((numbers) => numbers.node === node)
  for (const field of path) value = (value as Record<string, unknown> | null | undefined)?.[field]
  return typeof value === 'number' ? value : Number.NaN
}

/** Whether outcomes must be counted for it. */
export function needsOutcomes({ node }: Measure): boolean {
  return node === null
}

function measure(node: string, path: string[], unit: string): Measure {
  return { id: [node, ...path].join('/'), node, path, unit }
}

function outcomeMeasure(kind: OutcomeKind): Measure {
  return { id: `outcomes/${kind}`, node: null, path: [kind], unit: '' }
}

/** Without a node of such a kind an outcome never comes to be. */
const NEEDS: Partial<Record<OutcomeKind, NodeKind>> = {
  negativeBalance: 'eventStore',
  misfolded: 'projection',
  miscounted: 'queue',
  overPrefetch: 'consumer',
  conflict: 'eventStore',
  rejected: 'commandHandler',
}

function isPossible(kind: OutcomeKind, { nodes }: Scenario): boolean {
  const needed = NEEDS[kind]
  return needed === undefined || nodes.some((node) => node.kind === needed)
}
