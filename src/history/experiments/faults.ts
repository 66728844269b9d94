/**
 * Where a run can be hurt: at each fact of a client the client can crash, or between its effect and its
 * acknowledgement; at each thing that leaves on a link the link can be cut; with each message that a queue
 * stores its broker can start anew. A fault is an action at an exact time and mostly one that ends it, so that
 * anyone can do the same by hand.
 */
import { AMQP_FACTS } from '../../brokers/amqp/facts.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { PIPE_FACTS } from '../../engine/pipe.ts'
import { type Action, actAt, type NodeKind, type Scenario } from '../../scenario/document.ts'
import { isClientKind } from '../../scenario/kinds.ts'
import type { World } from '../../scenario/world.ts'
import { factKind } from '../vocabulary.ts'

/** A moment at which something can be done to a client or to a link. */
export interface FaultPoint {
  atUs: number
  /** `crashAt`: as its work ends, after the effect and before the acknowledgement. */
  do: 'crash' | 'crashAt' | 'cut' | 'restartBroker'
  /** Scenario id of the client, the link or the broker. */
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
  const add = (point: FaultPoint | null) => {
    // What happens to one client within one microsecond cannot be told apart by a crash.
    const id = point && `${point.atUs} ${point.do} ${point.target}`
    if (point === null || id === null || seen.has(id)) return
    seen.add(id)
    points.push(point)
  }
  records.facts.each(0, records.facts.count, (atUs, kind, part, _message, aux) => {
    if (part < pipes) {
      add(betweenPoint(scenario, atUs, kind, part))
      add(crashPoint(scenario, atUs, kind, part))
      add(restartPoint(scenario, atUs, kind, part))
    } else if (part < broker) add(cutPoint(scenario, atUs, kind, part - pipes, aux))
  })
  points.sort((a, b) => a.atUs - b.atUs)
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

/** Clients with a moment between the effect and the acknowledgement. */
const CRASHING_BETWEEN: ReadonlySet<NodeKind> = new Set<NodeKind>([
  'consumer',
  'pollingConsumer',
  'redisConsumer',
])

/** Armed a moment before the work ends. Other clients have no such point. */
function betweenPoint(
  { nodes }: Scenario,
  atUs: number,
  kind: number,
  part: number,
): FaultPoint | null {
  const node = nodes[part]
  if (!node || !CRASHING_BETWEEN.has(node.kind)) return null
  if (kind !== CLIENT_FACTS.processed || atUs === 0) return null
  return { atUs: atUs - 1, do: 'crashAt', target: node.id, sort: `crashAt ${node.id}` }
}

function restartPoint(
  { nodes }: Scenario,
  atUs: number,
  kind: number,
  part: number,
): FaultPoint | null {
  const node = nodes[part]
  if (node?.kind !== 'queue' || kind !== AMQP_FACTS.enqueued) return null
  return { atUs, do: 'restartBroker', target: node.broker, sort: `restart ${node.broker}` }
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
  const { begin, end } = actionsOf(point, Math.round(downMs * 1000))
  const isOver = end !== null && end.atUs <= scenario.durationMs * 1000
  return [...script, begin, ...(isOver ? [end] : [])].sort((a, b) => a.atUs - b.atUs)
}

function actionsOf(
  { atUs, target, do: what }: FaultPoint,
  downUs: number,
): { begin: Action; end: Action | null } {
  const end = atUs + downUs
  switch (what) {
    case 'crash':
      return {
        begin: actAt(atUs, { do: 'crash', node: target }),
        end: actAt(end, { do: 'restart', node: target }),
      }
    case 'crashAt':
      return {
        begin: actAt(atUs, { do: 'crashAt', node: target, point: 'afterEffect' }),
        end: actAt(end + 1, { do: 'restart', node: target }),
      }
    case 'cut':
      return {
        begin: actAt(atUs, { do: 'cut', link: target }),
        end: actAt(end, { do: 'mend', link: target }),
      }
    case 'restartBroker':
      return { begin: actAt(atUs, { do: 'restartBroker', broker: target }), end: null }
  }
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
