/** What is rare is asked by one number: where that says that something is rare though nothing is, a run is the same. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Channel } from '../brokers/amqp/channel.ts'
import { Exchange } from '../brokers/amqp/exchange.ts'
import { Queue } from '../brokers/amqp/queue.ts'
import { hashOfRun } from '../history/runHash.ts'
import { World } from '../scenario/world.ts'
import type { Run } from './arbitrary.ts'
import { rabbitSystems } from './systems.ts'

const FACTS_MAX = 4000

/** Runs it fact by fact; `look` is called between them. */
function hashOf({ scenario, script, seed }: Run, look: (world: World) => void): string {
  const world = new World(scenario, undefined, seed)
  world.start(script)
  do look(world)
  while (!world.run(world.endUs, 1) && world.records.facts.count < FACTS_MAX)
  return hashOfRun(world.records)
}

/** Has whoever asks one of its brokers' parts told that it is rare. */
function takeForRare({ sim }: World, told: Set<unknown>): void {
  for (const part of sim.parts) {
    const isAsked = part instanceof Exchange || part instanceof Queue || part instanceof Channel
    if (!isAsked || told.has(part)) continue
    Object.defineProperty(part, 'rare', { get: () => 1, set: () => {} })
    told.add(part)
  }
}

test('given queues of any kind, when all of it is taken for rare, then its run is the same', () => {
  let acks = 0
  fc.assert(
    fc.property(rabbitSystems, (run) => {
      const told = new Set<unknown>()
      const rarely = hashOf(run, (world) => takeForRare(world, told))
      expect(rarely).toBe(hashOf(run, () => {}))
      for (const part of told) if (part instanceof Queue) acks += part.ackedCount
    }),
    { numRuns: 100 },
  )
  expect(acks).toBeGreaterThan(1000)
})
