/** Relays that wait for confirms: links are cut and processes die at random, and at rest the broker has everything, and nothing else. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Queue } from '../../../brokers/amqp/queue.ts'
import type { EventStore } from '../../../brokers/eventstore/store.ts'
import type { Topic } from '../../../brokers/log/topic.ts'
import { CRASH_POINTS } from '../../../clients/client.ts'
import type { Service } from '../../../clients/service/service.ts'
import {
  type ActionBody,
  actAt,
  type BrokerDoc,
  type NodeDoc,
  type Scenario,
} from '../../document.ts'
import { World } from '../../world.ts'
import '../../../testing/seed.ts'

const COMMANDS = 8
/** From here on nothing is cut and nobody dies. */
const REST_MS = 1500
const position = { x: 0, y: 0 }
const service = { kind: 'fixed', ms: 20 } as const

interface Drawn {
  target: 'queue' | 'topic'
  latencyMs: number
  batch: number
  relays: number
}

const targets: Record<Drawn['target'], { node: NodeDoc; broker: BrokerDoc }> = {
  queue: {
    node: { id: 'out', kind: 'queue', name: 'out', broker: 'b', position },
    broker: { id: 'b', family: 'amqp' },
  },
  topic: {
    node: { id: 'out', kind: 'topic', name: 'out', broker: 'b', partitions: 2, position },
    broker: { id: 'b', family: 'log' },
  },
}

function scenarioOf(
  { target, latencyMs }: Drawn,
  nodes: NodeDoc[],
  ways: [string, string][],
  brokers: BrokerDoc[] = [],
): Scenario {
  const { node, broker } = targets[target]
  return {
    format: 'eventarium-scenario/1',
    title: 'confirms',
    seed: 1,
    durationMs: 6000,
    brokers: [broker, ...brokers],
    nodes: [...nodes, node],
    links: ways.map(([from, to]) => ({ id: `${from}-${to}`, from, to, latencyMs })),
  }
}

function shop(bodies: string[]): NodeDoc {
  const every = { kind: 'fixed', ms: 100 } as const
  return {
    ...{ id: 'shop', kind: 'producer', name: 'shop', position, bodies },
    arrivals: { kind: 'interval', every, count: COMMANDS },
  }
}

function run(scenario: Scenario, acts: readonly (readonly [number, ActionBody])[]): World {
  const world = new World(scenario)
  world.start(acts.toSorted((a, b) => a[0] - b[0]).map(([ms, act]) => actAt(ms * 1000, act)))
  world.run(world.endUs)
  return world
}

/** What of what the messages at the broker are made: their parents. */
function arrived(world: World, { target }: Drawn): number[] {
  const { messages } = world.records
  if (target === 'queue') {
    const queue = world.part('out') as Queue
    return queue.ready(1000).map((at) => messages.parent(queue.messageAt(at)))
  }
  return (world.part('out') as Topic).partitions.flatMap((partition) =>
    Array.from({ length: partition.end }, (_, at) => messages.parent(partition.messageAt(at))),
  )
}

const drawn = fc.record({
  target: fc.constantFrom('queue' as const, 'topic' as const),
  latencyMs: fc.constantFrom(0, 30),
  batch: fc.integer({ min: 1, max: 3 }),
  relays: fc.integer({ min: 1, max: 2 }),
})

/** Acts on a client and on its link out, at random moments, and then all that puts them right again. */
function troubles(node: string, more: readonly ActionBody[] = []) {
  const link = `${node}-out`
  const [cut, mend]: ActionBody[] = [
    { do: 'cut', link },
    { do: 'mend', link },
  ]
  const [crash, restart]: ActionBody[] = [
    { do: 'crash', node },
    { do: 'restart', node },
  ]
  const armed = CRASH_POINTS.map((point): ActionBody => ({ do: 'crashAt', node, point }))
  const act = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(cut, mend) },
    fc.constantFrom(crash, restart, ...armed, ...more),
  )
  const mended = [1, 100, 200, 600, 1200].flatMap((ms) => [
    [REST_MS + ms, mend] as const,
    [REST_MS + ms, restart] as const,
  ])
  return fc
    .array(fc.tuple(fc.integer({ min: 0, max: REST_MS }), act), { maxLength: 16 })
    .map((all) => [...all, ...mended] as [number, ActionBody][])
}

describe('given an outbox whose relays wait for confirms', () => {
  const scenario = (settings: Drawn) =>
    scenarioOf(
      settings,
      [
        shop(['Order{n}']),
        {
          ...{ id: 'orders', kind: 'service', name: 'orders', position, service, writes: 'outbox' },
          ...{ pollMs: 100, markMs: 30, batch: settings.batch, relays: settings.relays },
          ...{ confirms: true, confirmMs: 150, restartAfterMs: 50 },
        },
      ],
      [
        ['shop', 'orders'],
        ['orders', 'out'],
      ],
    )
  const relays = [0, 1].flatMap((relay): ActionBody[] => [
    { do: 'sourcing', node: 'orders', act: { what: 'crashRelay', relay } },
    { do: 'sourcing', node: 'orders', act: { what: 'restartRelay', relay } },
  ])

  test('when links are cut and processes die in 1,000 runs, then at rest no event is missing and none is a ghost', () => {
    fc.assert(
      fc.property(drawn, troubles('orders', relays), (settings, acts) => {
        // What is armed goes off, and then nobody dies any more.
        const again = [700, 1300, 1900].flatMap((ms) =>
          relays
            .filter((_, i) => i % 2 === 1)
            .map((restart): [number, ActionBody] => [REST_MS + ms, restart]),
        )
        const world = run(scenario(settings), [...acts, ...again])
        const orders = world.part('orders') as Service
        const rows = Array.from({ length: orders.rows }, (_, row) => orders.rowCommands.get(row))
        expect(new Set(arrived(world, settings))).toEqual(new Set(rows))
        expect(orders.relays.marked).toBe(orders.rows)
      }),
      { numRuns: 1000 },
    )
  })

  test('when nobody waits for confirms, then a cut link loses events for good', () => {
    const settings: Drawn = { target: 'queue', latencyMs: 30, batch: 3, relays: 1 }
    const cuts = (world: Scenario) =>
      run(world, [
        [300, { do: 'cut', link: 'orders-out' }],
        [700, { do: 'mend', link: 'orders-out' }],
      ])
    const careless = scenario(settings)
    careless.nodes = careless.nodes.map((node) =>
      node.kind === 'service' ? { ...node, confirms: false } : node,
    )
    expect(new Set(arrived(cuts(scenario(settings)), settings)).size).toBe(COMMANDS)
    expect(new Set(arrived(cuts(careless), settings)).size).toBeLessThan(COMMANDS)
  })
})

describe('given a relay of a store that waits for confirms', () => {
  const scenario = (settings: Drawn) =>
    scenarioOf(
      settings,
      [
        shop(['{"type":"CreateAccount","account":"acc{n}"}']),
        {
          ...{ id: 'accounts', kind: 'commandHandler', name: 'accounts', position, service },
          ...{ domain: 'account', stream: 'account-acc1', retries: 3 },
        },
        { id: 'store', kind: 'eventStore', name: 'events', broker: 'kurrent', position },
        {
          ...{ id: 'relay', kind: 'relay', name: 'relay', position, pollMs: 50, saveMs: 20 },
          ...{ batch: settings.batch, confirms: true, confirmMs: 150 },
        },
      ],
      [
        ['shop', 'accounts'],
        ['accounts', 'store'],
        ['store', 'relay'],
        ['relay', 'out'],
      ],
      [{ id: 'kurrent', family: 'eventstore' }],
    )

  test('when links are cut and it dies in 300 runs, then at rest the broker has every event, and nothing else', () => {
    fc.assert(
      fc.property(drawn, troubles('relay'), (settings, acts) => {
        const world = run(scenario(settings), acts)
        const store = world.part('store') as EventStore
        const events = store.readAll(0, store.count).map((at) => store.log.messageAt(at))
        expect(events).toHaveLength(COMMANDS)
        expect(new Set(arrived(world, settings))).toEqual(new Set(events))
      }),
      { numRuns: 300 },
    )
  })
})
