/** Acts on consumers and on brokers for random scripts, and how random groups share out. */
import fc from 'fast-check'
import type { Action, Scenario } from '../scenario/document.ts'

export type Body = { do: Action['do'] }

export function consumerActs(node: string): fc.Arbitrary<Body>[] {
  const at = fc.constant(node)
  return [
    fc.record({
      do: fc.constantFrom(
        'pause' as const,
        'resume' as const,
        'cancel' as const,
        'consume' as const,
        'closeChannel' as const,
      ),
      node: at,
    }),
    fc.record({
      do: fc.constant('crashAt' as const),
      node: at,
      point: fc.constantFrom('beforeEffect', 'afterEffect', 'afterAck'),
    }),
    fc.record({
      do: fc.constant('answer' as const),
      node: at,
      message: fc.nat(40),
      how: fc.constantFrom('ack', 'nack', 'requeue'),
    }),
    fc.record({ do: fc.constant('poison' as const), message: fc.nat(40) }),
  ]
}

const seekTarget = fc.oneof(
  fc.constantFrom('beginning' as const, 'end' as const),
  fc.nat(20),
  fc.record({ timeMs: fc.nat(20_000) }),
)

/** The same for a member of a consumer group. */
export function memberActs(node: string): fc.Arbitrary<Body> {
  const seek = fc.record(
    {
      do: fc.constant('seekMember' as const),
      node: fc.constant(node),
      to: seekTarget,
      partition: fc.nat(2),
    },
    { requiredKeys: ['do', 'node', 'to'] },
  )
  return fc.oneof({ weight: 6, arbitrary: plainMemberActs(node) }, { weight: 1, arbitrary: seek })
}

function plainMemberActs(node: string): fc.Arbitrary<Body> {
  return fc.record({
    do: fc.constantFrom(
      'pause' as const,
      'resume' as const,
      'cancel' as const,
      'consume' as const,
      'stall' as const,
      'commitNow' as const,
    ),
    node: fc.constant(node),
  })
}

/** What can be done to the broker and its queues. */
export function brokerActs({ nodes, brokers }: Scenario): fc.Arbitrary<Body>[] {
  const queues = nodes.filter(({ kind }) => kind === 'queue').map(({ id }) => id)
  const topics = nodes.filter(({ kind }) => kind === 'topic').map(({ id }) => id)
  const logs = brokers.filter(({ family }) => family === 'log').map(({ id }) => id)
  const rabbits = brokers.filter(({ family }) => family === 'amqp').map(({ id }) => id)
  return [
    ...queues.map((id) => fc.record({ do: fc.constant('purge' as const), node: fc.constant(id) })),
    ...queues.map((id) =>
      fc.record({ do: fc.constant('drop' as const), at: fc.constant(id), message: fc.nat(40) }),
    ),
    ...topics.map((topic) =>
      fc.record({
        do: fc.constant('addPartitions' as const),
        topic: fc.constant(topic),
        count: fc.integer({ min: 1, max: 3 }),
      }),
    ),
    ...topics.map((topic) =>
      fc.record({
        do: fc.constant('alterTopic' as const),
        topic: fc.constant(topic),
        name: fc.constantFrom('retentionMs', 'retentionBytes', 'segmentBytes'),
        value: fc.constantFrom(20, 400, null),
      }),
    ),
    ...logs.map((broker) =>
      fc.record({
        do: fc.constantFrom(
          'killBroker' as const,
          'startBroker' as const,
          'isolateBroker' as const,
          'rejoinBroker' as const,
        ),
        broker: fc.constant(broker),
        index: fc.constant(0),
      }),
    ),
    ...rabbits.map((id) =>
      fc.record({ do: fc.constant('restartBroker' as const), broker: fc.constant(id) }),
    ),
  ]
}

/** Members of a group agree on how it shares out: its name says how. */
export const GROUP_TERMS: Record<string, object> = {
  dealt: { assignor: 'roundrobin', staticMember: true },
  sticky: { assignor: 'sticky' },
  cooperative: { assignor: 'cooperative-sticky' },
  both: { assignor: 'cooperative-sticky', staticMember: true },
  server: { protocol: 'consumer' },
  queue: { protocol: 'share', lockMs: 700, deliveryLimit: 2 },
  renewing: { protocol: 'share', lockMs: 700, deliveryLimit: 2, renewEveryMs: 300 },
}

/** Groups that read a topic from elsewhere. */
export function seeks(scenario: Scenario): fc.Arbitrary<Body>[] {
  return scenario.links.flatMap(({ from, to }) => {
    const reader = scenario.nodes.find(({ id }) => id === to)
    if (reader?.kind !== 'groupConsumer') return []
    return fc.record({
      do: fc.constant('seek' as const),
      topic: fc.constant(from),
      group: fc.constant(reader.group),
      to: seekTarget,
    })
  })
}
