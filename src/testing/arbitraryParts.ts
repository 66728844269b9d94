/** Exchanges and queues of RabbitMQ of every kind and with every argument, for random scenarios. */
import fc from 'fast-check'
import type { NodeDoc, Scenario } from '../scenario/document.ts'
import type { Draft } from './arbitrary.ts'

/** Stands for an exchange of the same broker that comes later, if there is one. */
const LATER = 'later'

export const exchangeDrafts = fc.record(
  {
    kind: fc.constant('exchange' as const),
    second: fc.boolean(),
    type: fc.constantFrom(
      'default' as const,
      'direct' as const,
      'fanout' as const,
      'topic' as const,
      'headers' as const,
      'x-consistent-hash' as const,
    ),
    durable: fc.boolean(),
    internal: fc.boolean(),
    alternate: fc.constant(LATER),
  },
  { requiredKeys: ['kind', 'second', 'type'] },
)

const limits = {
  maxLength: fc.integer({ min: 1, max: 5 }),
  maxBytes: fc.integer({ min: 5, max: 60 }),
  messageTtlMs: fc.constantFrom(0, 300, 5000),
  expiresMs: fc.constantFrom(2000, 8000),
  singleActiveConsumer: fc.boolean(),
  deadLetterExchange: fc.constantFrom('', LATER),
}

function queuesOf<T extends 'classic' | 'quorum' | 'stream', O extends object>(
  type: T,
  options: { [K in keyof O]: fc.Arbitrary<O[K]> },
) {
  const fixed = {
    kind: fc.constant('queue' as const),
    type: fc.constant(type),
    second: fc.boolean(),
  }
  return fc.record(
    { ...fixed, ...options },
    { requiredKeys: ['kind', 'type', 'second'] as never[] },
  )
}

export const queueDrafts = fc.oneof(
  {
    weight: 3,
    arbitrary: queuesOf('classic', {
      ...limits,
      durable: fc.boolean(),
      autoDelete: fc.boolean(),
      exclusive: fc.boolean(),
      serverNamed: fc.boolean(),
      maxPriority: fc.constantFrom(1, 10),
      overflow: fc.constantFrom('drop-head', 'reject-publish', 'reject-publish-dlx'),
    }),
  },
  {
    weight: 2,
    arbitrary: queuesOf('quorum', {
      ...limits,
      overflow: fc.constantFrom('drop-head', 'reject-publish'),
      deliveryLimit: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: queuesOf('stream', {}) },
) as unknown as fc.Arbitrary<Draft>

/** Puts an exchange that comes later in the place of `LATER`. */
export function leadOn(node: NodeDoc, { nodes }: Scenario): void {
  if (node.kind !== 'exchange' && node.kind !== 'queue') return
  const after = nodes.slice(nodes.indexOf(node) + 1)
  const next = after.find(
    (other) =>
      other.kind === 'exchange' && other.type !== 'default' && other.broker === node.broker,
  )
  if (node.kind === 'queue') {
    if (node.deadLetterExchange !== LATER) return
    if (next) node.deadLetterExchange = next.id
    else delete node.deadLetterExchange
    return
  }
  if (node.type === 'default') {
    delete node.durable
    delete node.internal
    delete node.alternate
  } else if (next && node.alternate === LATER) node.alternate = next.id
  else delete node.alternate
}
