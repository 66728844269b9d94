/** Where the frame of a broker lies, and which ways between its parts are no links of the document. */
import type { Scenario } from '../scenario/document.ts'
import type { Box } from '../scenario/shapes.ts'

const MARGIN = { side: 18, top: 26, bottom: 18 } as const

/** A frame for each AMQP broker of two parts and more, unless something that is no part of it lies there. */
export function frameBoxes(
  { nodes, brokers }: Pick<Scenario, 'nodes' | 'brokers'>,
  boxes: ReadonlyMap<string, Box>,
): { broker: string; box: Box }[] {
  return brokers.flatMap(({ id, family }) => {
    if (family !== 'amqp') return []
    const isPart = (node: Scenario['nodes'][number]) => 'broker' in node && node.broker === id
    const parts = nodes.filter(isPart).flatMap((node) => boxes.get(node.id) ?? [])
    if (parts.length < 2) return []
    const box = around(parts)
    const foreign = nodes
      .filter((node) => !isPart(node))
      .flatMap((node) => boxes.get(node.id) ?? [])
    return foreign.some((other) => overlap(box, other)) ? [] : [{ broker: id, box }]
  })
}

function around(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN.side
  const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN.top
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN.side
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + MARGIN.bottom
  return { x: left, y: top, width: right - left, height: bottom - top }
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

export interface HiddenWay {
  from: string
  to: string
  label: string
}

/** Dead letters of queues, and what an exchange hands to its alternate. */
export function hiddenWays({ nodes }: Pick<Scenario, 'nodes'>): HiddenWay[] {
  return nodes.flatMap((node): HiddenWay[] => {
    if (node.kind === 'exchange' && node.alternate !== undefined) {
      return [{ from: node.id, to: node.alternate, label: 'unroutable' }]
    }
    if (
      (node.kind === 'sqsQueue' || node.kind === 'redisConsumer') &&
      node.deadLetters !== undefined
    ) {
      return [{ from: node.id, to: node.deadLetters, label: 'dead letters' }]
    }
    if (node.kind === 'cloudSubscription' && node.deadLetterTopic !== undefined) {
      return [{ from: node.id, to: node.deadLetterTopic, label: 'dead letters' }]
    }
    if (node.kind !== 'queue' || node.deadLetterExchange === undefined) return []
    const to = node.deadLetterExchange || deadLetterQueue(nodes, node.deadLetterKey)
    return to === undefined ? [] : [{ from: node.id, to, label: 'dead letters' }]
  })
}

/** By the default exchange dead letters go to the queue that the key names. */
function deadLetterQueue(nodes: Scenario['nodes'], key: string | undefined): string | undefined {
  return nodes.find(({ kind, name }) => kind === 'queue' && name === key)?.id
}
