/** The world as a whole: the article's queue runs, and a viewed world folded from facts equals it. */
import { describe, expect, test } from 'vitest'
import type { Queue } from '../brokers/amqp/queue.ts'
import type { QueueConsumer } from '../clients/consumer/consumer.ts'
import type { Scenario } from './document.ts'
import { actAt } from './document.ts'
import { World } from './world.ts'

const work: Scenario = {
  format: 'eventarium-scenario/1',
  title: 'orders',
  seed: 7,
  durationMs: 60_000,
  brokers: [{ id: 'rabbit', family: 'amqp' }],
  nodes: [
    {
      id: 'shop',
      kind: 'producer',
      name: 'shop',
      position: { x: 0, y: 0 },
      arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 500 }, count: 40 },
      bodies: ['Order{n}'],
    },
    { id: 'orders', kind: 'queue', name: 'orders', broker: 'rabbit', position: { x: 0, y: 0 } },
    ...['a', 'b'].map((id) => ({
      id,
      kind: 'consumer' as const,
      name: id,
      position: { x: 0, y: 0 },
      service: { kind: 'uniform' as const, minMs: 500, maxMs: 1500 },
      ack: 'manual' as const,
      prefetch: 2,
      concurrency: 1,
      failureRate: 0.1,
    })),
  ],
  links: [
    { id: 'shop-orders', from: 'shop', to: 'orders', latencyMs: 300 },
    { id: 'orders-a', from: 'orders', to: 'a', latencyMs: 200 },
    { id: 'orders-b', from: 'orders', to: 'b', latencyMs: 0 },
  ],
}

const script = [
  actAt(5_000_000, { do: 'crash', node: 'a' }),
  actAt(9_000_000, { do: 'restart', node: 'a' }),
  actAt(9_000_000, { do: 'set', node: 'b', name: 'prefetch', value: 1 }),
  actAt(12_000_000, { do: 'crash', node: 'b' }),
  actAt(12_100_000, { do: 'restart', node: 'b' }),
]

function finished(): World {
  const world = new World(work)
  world.start(script)
  world.run(world.endUs)
  return world
}

describe('given two consumers that crash and restart', () => {
  test('when the run ends, then every order was processed and acknowledged', () => {
    const world = finished()
    const queue = world.part('orders') as Queue
    expect(queue.ackedCount).toBe(40)
    expect(queue.readyCount + queue.unackedCount).toBe(0)
    const a = world.part('a') as QueueConsumer
    const b = world.part('b') as QueueConsumer
    expect(a.processedCount + b.processedCount).toBeGreaterThanOrEqual(40)
  })

  test('when a viewed world folds the facts one by one, then it equals the world that ran at every checkpoint', () => {
    const live = new World(work)
    const checkpoints: { count: number; state: Uint8Array }[] = []
    live.start(script)
    for (let us = 0; us <= live.endUs; us += 700_000) {
      live.run(us)
      checkpoints.push({ count: live.records.facts.count, state: live.save() })
    }
    const viewed = new World(work, live.records)
    let at = 0
    for (const { count, state } of checkpoints) {
      for (; at < count; at++) viewed.sim.applyFact(at)
      expect(viewed.save()).toEqual(state)
    }
    for (const { count, state } of checkpoints.toReversed()) {
      viewed.restore(state)
      expect(viewed.save()).toEqual(state)
      const next = checkpoints.find((c) => c.count > count)
      for (let i = count; next && i < next.count; i++) viewed.sim.applyFact(i)
      if (next) expect(viewed.save()).toEqual(next.state)
    }
  })
})

describe('given a link to a consumer that is cut', () => {
  const cut = actAt(4_000_000, { do: 'cut', link: 'orders-a' })

  test('when it stays cut, then the broker misses heartbeats and gives the messages to the other one', () => {
    const world = new World(work)
    world.start([cut])
    world.run(13_900_000)
    const queue = world.part('orders') as Queue
    expect(queue.consumerCount).toBe(2)
    world.run(14_000_000)
    expect(queue.consumerCount).toBe(1)
    world.run(world.endUs)
    expect(queue.ackedCount).toBe(40)
  })

  test('when it is mended, then the consumer connects again and what was unacknowledged is redelivered', () => {
    const world = new World(work)
    world.start([cut, actAt(6_000_000, { do: 'mend', link: 'orders-a' })])
    world.run(world.endUs)
    const queue = world.part('orders') as Queue
    expect(queue.consumerCount).toBe(2)
    expect(queue.ackedCount).toBe(40)
    expect(queue.unackedCount + queue.readyCount).toBe(0)
  })

  test('when the consumer crashes and restarts while it is cut, then all is well after the mend', () => {
    const world = new World(work)
    world.start([
      cut,
      actAt(4_500_000, { do: 'crash', node: 'a' }),
      actAt(5_000_000, { do: 'restart', node: 'a' }),
      actAt(6_000_000, { do: 'mend', link: 'orders-a' }),
    ])
    world.run(world.endUs)
    const queue = world.part('orders') as Queue
    expect(queue.consumerCount).toBe(2)
    expect(queue.ackedCount).toBe(40)
  })
})

test('given a stream, when its consumers acknowledge record after record, then each reads all of it', () => {
  const nodes = work.nodes.map((node) => {
    if (node.kind === 'queue') return { ...node, type: 'stream' as const }
    return node.kind === 'consumer' ? { ...node, failureRate: 0 } : node
  })
  for (const latencyMs of [0, 100]) {
    const links = work.links.map((link) => ({ ...link, latencyMs }))
    const world = new World({ ...work, nodes, links })
    world.start()
    world.run(world.endUs)
    for (const id of ['a', 'b']) {
      expect((world.part(id) as QueueConsumer).processedCount, `${id}, ${latencyMs} ms`).toBe(40)
    }
  }
})
