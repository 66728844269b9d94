/**
 * Where a run can be hurt: at each fact of a client the client can crash, at each thing that leaves on a
 * link the link can be cut. A fault is two actions at exact times, what happens and what ends it, so that
 * anyone can do the same by hand.
 */
import { CLIENT_FACTS } from '../../clients/client.ts'
import { PIPE_FACTS } from '../../engine/pipe.ts'
import { type Action, actAt, type Scenario } from '../../scenario/document.ts'
import { isClientKind } from '../../scenario/kinds.ts'
import type { World } from '../../scenario/world.ts'
import { factKind } from '../vocabulary.ts'

/** A moment at which something can be done to a client or to a link. */
export interface FaultPoint {
  atUs: number
  do: 'crash' | 'cut'
  /** Scenario id of the client or the link. */
  target: string
  /** The same for what is the same but for its time: `crash worker started`. */
  sort: string
}

/** Most points of one run. */
const POINTS_MAX = 2000

/** The points of a run, in the order of time; where there are too many, evenly chosen ones. */
export function faultPoints(world: World): FaultPoint[] {
  const { scenario, records } = world
  const points: FaultPoint[] = []
  const seen = new Set<string>()
  const pipes = scenario.nodes.length
  const broker = pipes + scenario.links.length * 2
  records.facts.each(0, records.facts.count, (atUs, kind, part, _message, aux) => {
    const point =
      part < pipes
        ? crashPoint(scenario, atUs, kind, part)
        : part < broker
          ? cutPoint(scenario, atUs, kind, part - pipes, aux)
          : null
    // What happens to one client within one microsecond cannot be told apart by a crash.
    const id = point && `${point.atUs} ${point.do} ${point.target}`
    if (point === null || id === null || seen.has(id)) return
    seen.add(id)
    points.push(point)
  })
  const every = Math.max(1, Math.ceil(points.length / POINTS_MAX))
  return points.filter((_, i) => i % every === 0)
}

function crashPoint(
  { nodes }: Scenario,
  atUs: number,
  kind: number,
  part: number,
): FaultPoint | null {
  const node = nodes[part]
  if (!node || !isClientKind(node.kind)) return null
  const { name, tone } = factKind(kind)
  if (tone === 'setup' || kind === CLIENT_FACTS.crashed) return null
  return { atUs, do: 'crash', target: node.id, sort: `crash ${node.id} ${name}` }
}

function cutPoint(
  { links }: Scenario,
  atUs: number,
  kind: number,
  pipe: number,
  op: number,
): FaultPoint | null {
  const link = links[pipe >> 1]
  if (!link || kind !== PIPE_FACTS.sent) return null
  return { atUs, do: 'cut', target: link.id, sort: `cut ${link.id} ${pipe & 1} ${op}` }
}

/** The script with a fault at a point that is over after `downMs`, if the run lasts so long. */
export function withFault(
  script: readonly Action[],
  point: FaultPoint,
  downMs: number,
  scenario: Scenario,
): Action[] {
  const { atUs, target } = point
  const overUs = atUs + Math.round(downMs * 1000)
  const [begin, end] =
    point.do === 'crash'
      ? [actAt(atUs, { do: 'crash', node: target }), actAt(overUs, { do: 'restart', node: target })]
      : [actAt(atUs, { do: 'cut', link: target }), actAt(overUs, { do: 'mend', link: target })]
  const added = overUs <= scenario.durationMs * 1000 ? [begin, end] : [begin]
  return [...script, ...added].sort((a, b) => a.atUs - b.atUs)
}

/**
 * Points in an order in which the first few are as different as can be: one of each sort, then the next of
 * each. `from` turns the sorts, so that the next seed begins with others; `pick` chooses within a sort.
 */
export function varied(
  points: readonly FaultPoint[],
  from: number,
  pick: (bound: number) => number,
): FaultPoint[] {
  const sorts = new Map<string, FaultPoint[]>()
  for (const point of points) {
    const known = sorts.get(point.sort)
    if (known) known.push(point)
    else sorts.set(point.sort, [point])
  }
  const lists = [...sorts.values()]
  const turned = lists.map((_, i) => lists[(i + from) % lists.length] as FaultPoint[])
  const order: FaultPoint[] = []
  while (order.length < points.length) {
    for (const list of turned) {
      if (list.length > 0) order.push(...list.splice(pick(list.length), 1))
    }
  }
  return order
}
