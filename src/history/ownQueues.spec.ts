/** Exclusive and server-named queues: their consumer declares them, and they go with its connection. */
import { expect, test } from 'vitest'
import type { QueueConsumer } from '../clients/consumer/consumer.ts'
import type { Action, QueueDoc, Scenario } from '../scenario/document.ts'
import { exampleCalled } from '../scenario/examples/index.ts'
import { wireName } from '../scenario/queueName.ts'
import { checkScenario } from '../scenario/validate.ts'
import { World } from '../scenario/world.ts'
import { factTexts } from '../testing/factTexts.ts'
import { History } from './history.ts'

/** The fanout run with billing's queue changed. */
function changed(changes: Partial<QueueDoc>, more: Partial<Scenario> = {}): Scenario {
  const { scenario } = exampleCalled('orders-fanout')
  const nodes = scenario.nodes.map((node) => {
    if (node.id !== 'billing-queue' || node.kind !== 'queue') return node
    const { durable: _, ...rest } = node
    return { ...rest, ...changes }
  })
  const made = { ...scenario, nodes, ...more }
  expect(checkScenario(made)).toMatchObject({ ok: true })
  return made
}

function finished(scenario: Scenario, script: Action[] = []) {
  const world = new World(scenario)
  world.start(script)
  world.run(world.endUs)
  const { facts } = world.records
  return { world, facts: factTexts(world.records, facts.count, (part) => world.owner(part)) }
}

const crash: Action[] = [
  { atUs: 20_000_000, do: 'crash', node: 'billing' },
  { atUs: 30_000_000, do: 'restart', node: 'billing' },
]

test('given an exclusive queue, when its consumer dies, then it goes with all that is in it, and is there again afterwards', () => {
  const { world, facts } = finished(changed({ exclusive: true }), crash)
  const about = facts.filter((fact) => /^billing-queue (queueDeleted|redeclared)/.test(fact))
  expect(about.map((fact) => fact.split(' ')[1])).toEqual(['queueDeleted', 'redeclared'])
  const billing = world.part('billing') as QueueConsumer
  const shipping = world.part('shipping') as QueueConsumer
  expect(shipping.processedCount).toBe(18)
  // Orders of the ten seconds without the queue are nowhere.
  expect(billing.processedCount).toBeGreaterThan(10)
  expect(billing.processedCount).toBeLessThan(16)
})

test('given an exclusive queue, when another consumer wants it, then it is refused with 405', () => {
  const { scenario } = exampleCalled('orders-fanout')
  const other = { id: 'spy', from: 'billing-queue', to: 'shipping', latencyMs: 500 }
  const links = [...scenario.links, other]
  const { facts } = finished(changed({ exclusive: true }, { links }))
  expect(facts).toContain('shipping subscriptionLost -1')
})

test('given a server-named queue, then it has a name of the broker’s and is bound under it', () => {
  const scenario = changed({ serverNamed: true, exclusive: true })
  const queue = scenario.nodes.find(({ id }) => id === 'billing-queue') as QueueDoc
  expect(wireName(queue)).toMatch(/^amq\.gen-[0-9a-f]{16}$/)
  const { world } = finished(scenario)
  expect((world.part('billing') as QueueConsumer).processedCount).toBe(18)
})

test('given a queue that went and came again, then any moment of the run is its facts alone', () => {
  const history = new History(changed({ exclusive: true }), crash)
  while (history.advance());
  const frames: unknown[] = []
  const moments = Array.from({ length: 8 }, (_, i) => Math.floor((history.factCount * i) / 7))
  for (const factIndex of moments) {
    history.seek({ factIndex })
    frames.push(history.frame())
  }
  for (const [i, factIndex] of [...moments.entries()].toReversed()) {
    history.seek({ factIndex })
    expect(history.frame()).toEqual(frames[i])
  }
})
