/** What holds in an AMQP broker whatever its clients do, in whatever order, with whatever kinds of queues. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Loader } from '../../engine/archive.ts'
import { AmqpAccounts } from '../../testing/amqpAccounts.ts'
import { AmqpWalk, replayed, savedOf, walked, walks } from '../../testing/amqpWalk.ts'

describe('given any walk over any queues', () => {
  test('then every copy is accounted for, prefetch is kept, and order holds within a priority', () => {
    fc.assert(
      fc.property(walks, (drawn) => {
        const walk = walked(drawn)
        const accounts = new AmqpAccounts(walk.records)
        expect(accounts.violations).toEqual([])
        for (const queue of walk.broker.queues) {
          if (!queue.alive || queue.options.type === 'stream') continue
          const { readyCount: ready, unackedCount: unacked } = queue
          expect({ queue: queue.name, ready, unacked }).toEqual({
            queue: queue.name,
            ...accounts.count(queue.node),
          })
        }
      }),
      { numRuns: 400 },
    )
  })

  test('then its facts alone make the same broker, and a checkpoint on the way leads there too', () => {
    fc.assert(
      fc.property(walks, (drawn) => {
        const walk = new AmqpWalk(drawn.kinds, drawn.slow)
        const half = Math.floor(drawn.steps.length / 2)
        for (const each of drawn.steps.slice(0, half)) walk.take(each)
        const [checkpoint, from] = [walk.saved(), walk.records.facts.count]
        for (const each of drawn.steps.slice(half)) walk.take(each)
        const end = [...walk.saved()]
        const { count } = walk.records.facts

        const fresh = replayed(walk.records)
        fresh.sim.applyFacts(0, count)
        expect([...savedOf(fresh.broker)]).toEqual(end)

        const restored = replayed(walk.records)
        const loader = new Loader(checkpoint)
        restored.broker.archive(loader)
        loader.finish()
        expect([...savedOf(restored.broker)]).toEqual([...checkpoint])
        restored.sim.applyFacts(from, count)
        expect([...savedOf(restored.broker)]).toEqual(end)
      }),
      { numRuns: 300 },
    )
  })
})
