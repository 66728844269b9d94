/**
 * Random systems in which something happens: scenarios of one family (or all), with every node linked to
 * what it can be linked to, and a script of faults. `arbitrary.ts` draws designs; this draws runs.
 */
import fc from 'fast-check'
import type { NodeDoc, NodeKind, Scenario } from '../scenario/document.ts'
import { whyNotLinked } from '../scenario/schema/references.ts'
import { type Run, scenarios, scripts } from './arbitrary.ts'

/** Kinds that make a whole together; senders and receivers several times, so that they are drawn often. */
const FAMILIES: readonly (readonly NodeKind[])[] = [
  ['producer', 'producer', 'exchange', 'queue', 'queue', 'consumer', 'consumer', 'consumer'],
  ['producer', 'producer', 'sqsQueue', 'sqsQueue', 'pollingConsumer', 'pollingConsumer'],
  [
    'producer',
    'producer',
    'cloudTopic',
    'cloudSubscription',
    'cloudSubscription',
    'pollingConsumer',
    'pollingConsumer',
    'sqsQueue',
    'queue',
  ],
  ['mqttClient', 'mqttClient', 'mqttBroker', 'mqttClient', 'mqttClient', 'mqttClient'],
  [
    'producer',
    'producer',
    'natsRequester',
    'natsServer',
    'natsStream',
    'natsConsumer',
    'natsSubscriber',
    'natsSubscriber',
    'natsSubscriber',
  ],
  ['producer', 'producer', 'redisServer', 'redisSubscriber', 'redisSubscriber'],
  [
    'producer',
    'producer',
    'redisStream',
    'redisGroup',
    'redisGroup',
    'redisConsumer',
    'redisConsumer',
    'redisConsumer',
    'redisReader',
  ],
  ['producer', 'producer', 'topic', 'groupConsumer', 'groupConsumer', 'groupConsumer'],
  ['producer', 'producer', 'commandHandler', 'eventStore', 'projection', 'relay', 'topic', 'queue'],
  ['producer', 'commandHandler', 'eventStore', 'projection', 'processManager', 'commandHandler'],
  ['producer', 'producer', 'service', 'service', 'queue', 'consumer', 'topic', 'groupConsumer'],
  [
    'producer',
    'queue',
    'consumer',
    'topic',
    'groupConsumer',
    'commandHandler',
    'eventStore',
    'relay',
  ],
]

/** One of everything that RabbitMQ has, so that most runs get as far as its rarer rules. */
const RABBITS: readonly NodeKind[] = [
  'producer',
  'producer',
  'exchange',
  'queue',
  'queue',
  'consumer',
  'consumer',
  'exchange',
  'queue',
  'consumer',
]
const RABBIT_WAYS = [
  [0, 2],
  [1, 2],
  [1, 3],
  [2, 3],
  [2, 4],
  [2, 7],
  [3, 5],
  [4, 6],
  [3, 6],
  [7, 8],
  [8, 9],
] as const

const rabbits: fc.Arbitrary<Scenario> = fc.constantFrom(0, 20, 250).chain((latencyMs) =>
  scenarios({ cast: RABBITS, durationMinMs: 8000, durationMaxMs: 20_000, messagesMax: 60 })
    .map(onOneBroker)
    .map((scenario) => joined(scenario, RABBIT_WAYS, latencyMs)),
)

const mixed: fc.Arbitrary<Scenario> = fc
  .tuple(fc.constantFrom(...FAMILIES), fc.constantFrom(0, 0, 20, 250), fc.constantFrom(1, 2))
  .chain(([kinds, latencyMs, linksEach]) =>
    scenarios({ kinds, nodesMax: 9, durationMaxMs: 20_000, messagesMax: 60 }).map((scenario) =>
      linked(scenario, latencyMs, linksEach),
    ),
  )

/** A family's whole cast in the order in which messages flow, so that most runs get from one end to the other. */
const whole: fc.Arbitrary<Scenario> = fc
  .tuple(fc.constantFrom(...FAMILIES), fc.constantFrom(0, 20, 250), fc.constantFrom(1, 2))
  .chain(([cast, latencyMs, linksEach]) =>
    scenarios({ cast, durationMinMs: 4000, durationMaxMs: 15_000, messagesMax: 30 }).map(
      (scenario) => linked({ ...scenario, links: [] }, latencyMs, linksEach),
    ),
  )

/** A system with a script and a seed. */
export const systems: fc.Arbitrary<Run> = runsOf(
  fc.oneof(
    { weight: 3, arbitrary: mixed },
    { weight: 2, arbitrary: rabbits },
    { weight: 2, arbitrary: whole },
  ),
)

/** The same of RabbitMQ alone. */
export const rabbitSystems: fc.Arbitrary<Run> = runsOf(rabbits)

function runsOf(systems: fc.Arbitrary<Scenario>): fc.Arbitrary<Run> {
  return systems.chain((scenario) =>
    fc.record({
      scenario: fc.constant(scenario),
      script: scripts(scenario),
      seed: fc.maxSafeNat(),
    }),
  )
}

/** Every node gets up to `linksEach` links out, to the first nodes that it may be linked to. */
function linked(scenario: Scenario, latencyMs: number, linksEach: number): Scenario {
  const made: Scenario = { ...scenario, links: [...scenario.links] }
  for (const [i, from] of made.nodes.entries()) {
    let links = made.links.filter((link) => link.from === from.id).length
    for (let n = 0; n < made.nodes.length && links < linksEach; n++) {
      const to = made.nodes[(i + n) % made.nodes.length]
      if (!to || whyNotLinked(made, from, to) !== null) continue
      const id = `link${made.links.length}`
      if (made.links.some((link) => link.id === id)) continue
      const isLossy = from.kind === 'mqttClient' || to.kind === 'mqttClient'
      const lossRate = isLossy && latencyMs !== 0 ? { lossRate: 0.1 } : {}
      const weight = weightFor(from)
      made.links.push({ id, from: from.id, to: to.id, latencyMs, ...weight, ...lossRate })
      links++
    }
  }
  return made
}

/** All nodes on the first broker of the family, without the links that were drawn. */
function onOneBroker(scenario: Scenario): Scenario {
  const broker = { id: 'amqp1', family: 'amqp' as const }
  let hasDefault = false
  const nodes = scenario.nodes.map((node) => {
    if (node.kind === 'exchange' && node.type === 'default') {
      // One broker has one nameless exchange, and bindings lead to others only.
      if (hasDefault || node.alternate !== undefined)
        return { ...node, broker: 'amqp1', type: 'topic' as const }
      hasDefault = true
    }
    return 'broker' in node ? { ...node, broker: 'amqp1' } : node
  })
  return { ...scenario, brokers: [broker], nodes, links: [] }
}

/** Links between nodes by their places, as far as there may be any. */
function joined(
  scenario: Scenario,
  ways: readonly (readonly [number, number])[],
  latencyMs: number,
): Scenario {
  const made: Scenario = { ...scenario, nodes: [...scenario.nodes], links: [] }
  for (const [i, j] of ways) {
    const [from, to] = [made.nodes[i], made.nodes[j]]
    if (!from || !to || whyNotLinked(made, from, to) !== null) continue
    const key = to.kind === 'exchange' && to.type === 'default' ? { key: 'queue3' } : {}
    const id = `link${made.links.length}`
    made.links.push({ id, from: from.id, to: to.id, latencyMs, ...key, ...weightFor(from) })
    if (from.kind === 'queue' && from.type === 'stream') made.nodes[j] = readsStreams(to)
  }
  return made
}

/** Others than these are refused by a stream: it wants a prefetch and acknowledgements. */
function readsStreams(node: NodeDoc): NodeDoc {
  if (node.kind !== 'consumer') return node
  const { prefetchScope: _, priority: __, ...rest } = node
  return { ...rest, ack: 'manual', prefetch: Math.max(1, node.prefetch) }
}

/** A consistent-hash exchange wants a weight on each binding. */
function weightFor(from: NodeDoc): { key?: string } {
  return from.kind === 'exchange' && from.type === 'x-consistent-hash' ? { key: '1' } : {}
}
