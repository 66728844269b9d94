/** Random Redis streams, groups and readers, and what is done to them, for random scenarios. */
import fc from 'fast-check'
import type { NodeDoc, Scenario } from '../scenario/document.ts'
import type { Body } from './arbitraryActs.ts'

export const redisDrafts = {
  redisStream: fc.oneof(
    fc.record(
      {
        kind: fc.constant('redisStream' as const),
        second: fc.constant(false),
        contents: fc.constant<string[]>(['Old 1', 'Old 2']),
      },
      { requiredKeys: ['kind', 'second'] },
    ),
    fc.record({
      kind: fc.constant('redisStream' as const),
      second: fc.constant(false),
      maxLength: fc.integer({ min: 1, max: 6 }),
      approximate: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('redisStream' as const),
      second: fc.constant(false),
      maxAgeMs: fc.constantFrom(200, 2000),
    }),
  ),
  redisGroup: fc.record(
    {
      kind: fc.constant('redisGroup' as const),
      second: fc.constant(false),
      start: fc.constantFrom('$', '0', '0-1'),
      createdAtMs: fc.constantFrom(0, 1500),
    },
    { requiredKeys: ['kind', 'second', 'start'] },
  ),
}

export function entryWorkSettings<Service>(service: Service) {
  return {
    service,
    count: fc.integer({ min: 1, max: 4 }),
    blockMs: fc.constantFrom(0, 50, 1000),
    failureRate: fc.constantFrom(0, 0.1, 0.5, 1),
    failOn: fc.constantFrom('Order1', 'Old'),
    startAtMs: fc.constantFrom(0, 1200),
    inbox: fc.constantFrom(0, 2),
    restartAfterMs: fc.constantFrom(100, 2000),
    effect: fc.constant('Did {body}'),
    output: fc.constantFrom('{body}!', 'fixed'),
  }
}

export const redisConsumerSettings = {
  ack: fc.constantFrom('after', 'before', 'noack'),
  readsPending: fc.boolean(),
  claimEveryMs: fc.constantFrom(100, 1000),
  minIdleMs: fc.constantFrom(0, 300),
  maxDeliveries: fc.integer({ min: 1, max: 3 }),
}

/** What a person does to streams, groups and consumers. */
export function redisActs(node: NodeDoc, { nodes, links }: Scenario): fc.Arbitrary<Body>[] {
  const at = fc.constant(node.id)
  const does = (act: fc.Arbitrary<unknown>) =>
    fc.record({ do: fc.constant('redisStreams' as const), node: at, act }) as fc.Arbitrary<Body>
  const what = <W extends string>(word: W) => fc.constant(word)
  switch (node.kind) {
    case 'redisStream':
      return [
        does(fc.record({ what: what('trim'), maxLength: fc.nat(4) })),
        does(fc.record({ what: what('trimBefore'), minId: fc.constantFrom('$', '900-0') })),
        does(
          fc.record({
            what: what('trim'),
            maxLength: fc.nat(4),
            approximate: fc.constant(true),
          }),
        ),
        does(fc.record({ what: what('deleteEntry'), message: fc.nat(40) })),
        fc.record({
          do: fc.constant('publish' as const),
          node: at,
          body: fc.constant('By hand'),
        }),
      ]
    case 'redisGroup': {
      const members = nodes.filter(({ id }) =>
        links.some(({ from, to }) => from === node.id && to === id),
      )
      return [
        does(fc.record({ what: what('acknowledge'), message: fc.nat(40) })),
        does(fc.record({ what: what('moveGroup'), to: fc.constantFrom('$', '0', '700-0') })),
        does(fc.record({ what: what('destroyGroup') })),
        does(fc.record({ what: what('createGroup'), start: fc.constantFrom('$', '0') })),
        ...members.flatMap(({ id, name }) => [
          does(fc.record({ what: what('claim'), message: fc.nat(40), by: fc.constant(id) })),
          does(fc.record({ what: what('deleteConsumer'), consumer: fc.constant(name) })),
        ]),
      ]
    }
    case 'redisConsumer':
      return [does(fc.record({ what: what('autoClaim') }))]
    default:
      return []
  }
}
