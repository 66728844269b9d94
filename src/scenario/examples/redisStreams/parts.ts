/** What the runs on Redis streams have in common: a shop that adds orders, streams of one server, groups and who reads for them. */
import type { LinkDoc, NodeDoc, NodeOf, Scenario } from '../../document.ts'
import { nodeSize } from '../../shapes.ts'
import type { Unplaced } from '../example.ts'

export const LATENCY_MS = 250

export const SERVER: Scenario['brokers'] = [{ id: 'redis', family: 'redisStreams' }]

export function shop(everyMs: number, count: number): Unplaced {
  return {
    kind: 'producer',
    id: 'shop',
    name: 'shop',
    arrivals: { kind: 'interval', every: { kind: 'fixed', ms: everyMs }, firstMs: 500, count },
    bodies: ['Order{n}'],
  }
}

export function stream(
  id: string,
  settings: Partial<Pick<NodeOf<'redisStream'>, 'maxLength' | 'contents'>> = {},
): Unplaced {
  return { kind: 'redisStream', id, name: id, broker: 'redis', ...settings }
}

export function group(id: string, start = '0', createdAtMs?: number): Unplaced {
  const late = createdAtMs === undefined ? {} : { createdAtMs }
  return { kind: 'redisGroup', id, name: id, broker: 'redis', start, ...late }
}

export function reader(
  id: string,
  settings: Pick<NodeOf<'redisReader'>, 'from'> &
    Partial<Omit<NodeOf<'redisReader'>, 'kind' | 'id' | 'position'>>,
): Unplaced {
  return {
    kind: 'redisReader',
    id,
    name: id,
    service: { kind: 'fixed', ms: 400 },
    count: 3,
    blockMs: 2000,
    ...settings,
  }
}

export function consumer(
  id: string,
  settings: Partial<Omit<NodeOf<'redisConsumer'>, 'kind' | 'id' | 'position'>> = {},
): Unplaced {
  return {
    kind: 'redisConsumer',
    id,
    name: id,
    service: { kind: 'fixed', ms: 900 },
    count: 3,
    blockMs: 2000,
    ack: 'after',
    effect: 'Packed: {body}',
    ...settings,
  }
}

const GAP = { x: 30, y: 56 } as const
/** Between a producer and the stream that it adds to: the link needs room to be seen. */
const AFTER_PRODUCER = 96

/** Places nodes in rows from the top down, each in the middle: a stream, its groups below it, and below them who reads. */
export function inRows(rows: readonly Unplaced[][], links: readonly LinkDoc[]): NodeDoc[] {
  const nodes = rows.flat().map((node) => ({ ...node, position: { x: 0, y: 0 } }) as NodeDoc)
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const scenario = { nodes, links: [...links] }
  const sized = rows.map((row) =>
    row.flatMap(({ id }) => {
      const node = byId.get(id)
      return node ? [{ node, ...nodeSize(node, scenario) }] : []
    }),
  )
  const after = (node: NodeDoc) => (node.kind === 'producer' ? AFTER_PRODUCER : GAP.x)
  const widths = sized.map((row) =>
    row.reduce(
      (sum, { node, width }, i) => sum + width + (i < row.length - 1 ? after(node) : 0),
      0,
    ),
  )
  const widest = Math.max(...widths)
  let y = 0
  for (const [i, row] of sized.entries()) {
    let x = Math.round((widest - (widths[i] ?? 0)) / 2)
    for (const { node, width, height } of row) {
      const isLow = node.kind === 'producer'
      const tallest = Math.max(...row.map((each) => each.height))
      node.position = { x, y: isLow ? y + Math.round((tallest - height) / 2) : y }
      x += width + after(node)
    }
    y += Math.max(...row.map(({ height }) => height)) + GAP.y
  }
  return nodes
}
