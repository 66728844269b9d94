/** What holds for a queue of the SQS family whatever its clients do, in whatever order. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Loader } from '../../engine/archive.ts'
import { SqsBench } from '../../testing/sqsBench.ts'
import type { SqsOptions } from './queue.ts'

const GROUPS = ['a', 'b', 'c'] as const

const step = fc.oneof(
  fc.record({
    does: fc.constant('send' as const),
    group: fc.constantFrom(...GROUPS),
    delayMs: fc.constantFrom(0, 0, 700),
    again: fc.boolean(),
  }),
  fc.record({
    does: fc.constant('receive' as const),
    by: fc.constantFrom('one', 'two'),
    max: fc.integer({ min: 1, max: 4 }),
    waitUs: fc.constantFrom(0, 2_000_000),
  }),
  fc.record({ does: fc.constantFrom('delete' as const, 'extend', 'release'), handle: fc.nat(40) }),
  fc.record({ does: fc.constant('pass' as const), ms: fc.constantFrom(1, 300, 1500, 6000) }),
  fc.record({ does: fc.constant('hangUp' as const), by: fc.constantFrom('one', 'two') }),
  fc.record({ does: fc.constant('purge' as const), odds: fc.nat(9) }),
)

const options: fc.Arbitrary<SqsOptions> = fc
  .record({
    fifo: fc.boolean(),
    visibilityUs: fc.constantFrom(1_000_000, 4_000_000),
    delayUs: fc.constantFrom(0, 500_000),
    retention: fc.boolean(),
    redrive: fc.boolean(),
    duplicateRate: fc.constantFrom(0, 0.3),
    disorderRate: fc.constantFrom(0, 0.5),
  })
  .map(({ retention, redrive, ...rest }) => ({
    ...rest,
    contentDeduplication: true,
    ...(retention && { retentionUs: 8_000_000 }),
    ...(redrive && { redrive: { to: 'dead', maxReceiveCount: 2 } }),
  }))

type Steps = (typeof step extends fc.Arbitrary<infer S> ? S : never)[]

function run(orders: SqsOptions, steps: Steps): SqsBench {
  const bench = new SqsBench({ orders, dead: { fifo: orders.fifo ?? false } })
  let sent = 0
  for (const each of steps) {
    switch (each.does) {
      case 'send':
        if (!each.again) sent++
        bench.send(`${each.group}${sent}`, { group: each.group, delayMs: each.delayMs })
        break
      case 'receive':
        bench.receive(each.by, each)
        break
      case 'pass':
        bench.pass(each.ms)
        break
      case 'hangUp':
        bench.hangUp(each.by)
        break
      case 'purge':
        if (each.odds === 0) bench.broker.purge(bench.queue())
        break
      default:
        answerWith(bench, each.does, each.handle)
    }
  }
  return bench
}

function answerWith(bench: SqsBench, does: string, wanted: number): void {
  const queue = bench.queue()
  if (queue.receiptCount === 0) return
  const handle = wanted % queue.receiptCount
  if (does === 'delete') bench.delete(handle)
  else bench.broker.changeVisibility(queue, handle, does === 'extend' ? 3_000_000 : 0)
}

const runs = fc
  .tuple(options, fc.array(step, { maxLength: 80 }))
  .map(([orders, steps]) => ({ orders, bench: run(orders, steps) }))

describe('given senders and receivers that do anything in any order', () => {
  test('then each stored message is exactly one of available, delayed, in flight, deleted, moved and lost', () => {
    fc.assert(
      fc.property(runs, ({ bench }) => {
        const queue = bench.queue()
        const [available, delayed, inFlight] = bench.counts()
        const there = available + delayed + inFlight
        const gone = queue.deletedCount + queue.movedCount + queue.lostCount
        expect(there + gone).toBe(queue.sentCount + queue.duplicateCount)
        expect(bench.counts('dead')[0]).toBe(queue.movedCount)
        const places = Array.from({ length: queue.stored }, (_, at) => queue.whereIs(at))
        const count = (place: string) => places.filter((each) => each === place).length
        expect([count('available'), count('delayed'), count('inFlight')]).toEqual(bench.counts())
      }),
    )
  })

  test('then nobody holds a message that another one holds under a handle in flight', () => {
    fc.assert(
      fc.property(runs, ({ bench }) => {
        const queue = bench.queue()
        const held = [...queue.inFlight.keys()].map((receipt) => queue.receipts.position(receipt))
        expect(new Set(held).size).toBe(held.length)
        for (const untilUs of queue.inFlight.values()) {
          expect(untilUs).toBeGreaterThanOrEqual(bench.sim.nowUs)
        }
      }),
    )
  })

  test('then a FIFO queue gives the messages of a group for the first time in the order in which they were sent', () => {
    fc.assert(
      fc.property(runs, ({ orders, bench }) => {
        if (!orders.fifo) return
        const queue = bench.queue()
        const firsts = new Map<number, number>()
        for (let receipt = 0; receipt < queue.receiptCount; receipt++) {
          if (queue.receipts.count(receipt) > 1) continue
          const lane = queue.receipts.lane(receipt)
          const position = queue.receipts.position(receipt)
          expect(position).toBeGreaterThan(firsts.get(lane) ?? -1)
          firsts.set(lane, position)
        }
      }),
    )
  })

  test('then what is folded from the facts alone is the state that was reached', () => {
    fc.assert(
      fc.property(runs, ({ orders, bench }) => {
        const copy = new SqsBench({ orders, dead: { fifo: orders.fifo ?? false } }, bench.records)
        copy.sim.applyFacts(0, bench.records.facts.count)
        expect(copy.saved()).toEqual(bench.saved())
        const restored = new SqsBench(
          { orders, dead: { fifo: orders.fifo ?? false } },
          bench.records,
        )
        restored.broker.archive(new Loader(bench.saved()))
        expect(restored.saved()).toEqual(bench.saved())
      }),
    )
  })
})
