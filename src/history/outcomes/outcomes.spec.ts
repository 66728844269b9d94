/** What each detector finds, and what it leaves alone, in small runs of which every step is known. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import type { ConsumerRow } from '../../brokers/amqp/consumer.ts'
import { AMQP_FACTS } from '../../brokers/amqp/facts.ts'
import { actAt, type NodeDoc, type Scenario, type Script } from '../../scenario/document.ts'
import { findExample } from '../../scenario/examples/index.ts'
import { World } from '../../scenario/world.ts'
import { groups } from '../../testing/groups.ts'
import { systems } from '../../testing/systems.ts'
import { factKind } from '../vocabulary.ts'
import { AccountsDetector } from './accounts.ts'
import { type Outcome, OutcomeContext, type OutcomeKind } from './outcome.ts'
import { OutcomeReader, outcomesOf } from './reader.ts'

const S = 1_000_000

function example(id: string): Scenario {
  return must(findExample(id), id).scenario
}

/** The scenario with other settings for a node. */
function having(scenario: Scenario, id: string, changes: Partial<NodeDoc>): Scenario {
  const nodes = scenario.nodes.map((node) =>
    node.id === id ? ({ ...node, ...changes } as NodeDoc) : node,
  )
  return { ...scenario, nodes }
}

function ran(scenario: Scenario, script: Script = [], seed = scenario.seed): World {
  const world = new World(scenario, undefined, seed)
  world.start(script)
  world.run(world.endUs)
  return world
}

/** Outcomes of a kind, with the names of the facts that make each of them. */
function found(world: World, kind: OutcomeKind): { outcome: Outcome; facts: string[] }[] {
  const { facts } = world.records
  return outcomesOf(world)
    .filter((outcome) => outcome.kind === kind)
    .map((outcome) => ({
      outcome,
      facts: outcome.factIndexes.map((at) => factKind(facts.kind(at)).name),
    }))
}

const crash = (node: string, atS: number, forS: number): Script => [
  actAt(atS * S, { do: 'crash', node }),
  actAt((atS + forS) * S, { do: 'restart', node }),
]

describe('given a queue whose consumer acknowledges automatically', () => {
  const orders = example('orders')

  test('when nothing fails, then there is no outcome', () => {
    expect(outcomesOf(ran(orders))).toEqual([])
  })

  test('when the consumer crashes at work, then that order is lost, by its delivery and by the crash', () => {
    const lost = found(ran(orders, crash('worker', 3.5, 1)), 'lost')
    expect(lost.map(({ facts }) => facts)).toEqual([['delivered', 'forgotten']])
    expect(lost[0]?.outcome).toMatchObject({ node: 'worker', message: 0 })
    expect(lost[0]?.outcome.sentence).toBe(
      'Order123 is lost: orders counts it as acknowledged, and worker never finishes it.',
    )
  })

  test('when it acknowledges after the work instead, then a crash loses nothing', () => {
    const manual = having(orders, 'worker', { ack: 'manual', prefetch: 1 })
    expect(found(ran(manual, crash('worker', 3.5, 1)), 'lost')).toEqual([])
  })

  test('when it acknowledges before the work and crashes, then the order is lost', () => {
    const early = having(orders, 'worker', { ack: 'early', prefetch: 1 })
    const lost = found(ran(early, crash('worker', 3.5, 1)), 'lost')
    expect(lost.map(({ facts }) => facts)).toEqual([['acked', 'forgotten']])
  })

  test('when the link to the exchange is cut under an order, then it is lost on that link', () => {
    const script = [
      actAt(1.2 * S, { do: 'cut', link: 'publish' }),
      actAt(2 * S, { do: 'mend', link: 'publish' }),
    ]
    const lost = found(ran(orders, script), 'lost')
    expect(lost.map(({ outcome, facts }) => [outcome.node, ...facts])).toEqual([
      ['publish', 'emptied'],
    ])
  })

  test('when the consumer never comes back, then what waits is stuck', () => {
    const script = [actAt(20 * S, { do: 'crash', node: 'worker' })]
    const stuck = found(ran(orders, script), 'stuck')
    expect(stuck.map(({ outcome }) => outcome.node)).toEqual(['orders'])
  })
})

describe('given two workers that acknowledge after the work', () => {
  const workers = example('orders-workers')
  /** worker-1 is done with Order123 at 5.6 s, and its acknowledgement would arrive at 6.1 s. */
  const cut: Script = [
    actAt(5.7 * S, { do: 'cut', link: 'consume-1' }),
    actAt(7 * S, { do: 'mend', link: 'consume-1' }),
  ]

  test('when the link breaks under an acknowledgement, then the effect happens twice', () => {
    const twice = found(ran(workers, cut), 'duplicated')
    expect(twice[0]?.facts).toEqual(['processed', 'processed'])
    expect(twice[0]?.outcome).toMatchObject({ message: 0 })
    expect(twice[0]?.outcome.sentence).toMatch(/^worker-\d processes Order123/)
    expect(found(ran(workers, cut), 'lost')).toEqual([])
  })

  test('when one crashes at work, then its orders come again and no effect happens twice', () => {
    expect(found(ran(workers, crash('worker-1', 5, 2)), 'duplicated')).toEqual([])
  })

  test('when they work at different speeds, then a later order overtakes an earlier one', () => {
    const [first] = found(ran(workers), 'outOfOrder')
    expect(first?.facts).toEqual(['processed', 'processed'])
    expect(first?.outcome.sentence).toMatch(/which was published later\.$/)
  })

  test('when there is one worker of one speed, then the order holds', () => {
    expect(found(ran(example('orders')), 'outOfOrder')).toEqual([])
  })

  test('when a nack brings an order back, then it comes after its successors', () => {
    const failing = having(example('orders'), 'worker', {
      ack: 'manual',
      prefetch: 3,
      failureRate: 0.3,
      service: { kind: 'fixed', ms: 2900 },
    })
    expect(found(ran(failing), 'outOfOrder').length).toBeGreaterThan(0)
    const dropping = having(failing, 'worker', { onFailure: 'drop' })
    const dropped = found(ran(dropping), 'dropped')
    expect(dropped.map(({ facts }) => facts)).toContainEqual(['rejected'])
  })

  test('when the queue has room for one, then the rest is dropped', () => {
    const narrow = having(workers, 'orders', { maxLength: 1 })
    const slow = ran(narrow, [actAt(0, { do: 'slow', node: 'worker-1', factor: 9 })])
    expect(found(slow, 'dropped').map(({ facts }) => facts[0])).toContain('dropped')
  })
})

describe('given a group with one member', () => {
  test('when it commits before the work and crashes, then the rest of its batch is lost to the group', () => {
    const scenario = groups({ all: { commit: 'before' }, everyMs: 10, count: 10 })
    const lost = found(ran(scenario, crash('a', 0.6, 5)), 'lost')
    expect(lost.length).toBeGreaterThan(0)
    expect(lost[0]?.facts).toEqual(['committed', 'crashed'])
    expect(lost[0]?.outcome.node).toBe('notifications')
  })

  test('when it commits after the work and crashes, then records have their effect twice and none is lost', () => {
    const scenario = groups({ all: { commit: 'after' }, everyMs: 10, count: 10 })
    const world = ran(scenario, crash('a', 0.6, 5))
    expect(found(world, 'lost')).toEqual([])
    expect(found(world, 'duplicated').length).toBeGreaterThan(0)
  })

  test('when a handler throws and its record is skipped, then it is lost by the throw', () => {
    const scenario = groups({ all: { failureRate: 1, onFailure: 'skip' }, count: 1 })
    expect(found(ran(scenario), 'lost').map(({ facts }) => facts)).toEqual([
      ['failed', 'committed'],
    ])
  })

  test('when a person moves the group to the end, then what it skips is no loss', () => {
    const scenario = groups({
      all: { service: { kind: 'fixed', ms: 900 } },
      everyMs: 10,
      count: 10,
    })
    const seek = actAt(2 * S, { do: 'seek', topic: 'notifications', group: 'email', to: 'end' })
    expect(found(ran(scenario, [seek]), 'lost')).toEqual([])
  })
})

describe('given jobs in a queue that is polled', () => {
  const jobs = example('sqs-jobs')
  const slow = [actAt(0, { do: 'slow', node: 'worker-1', factor: 20 })]

  test('when a worker takes longer than the visibility timeout, then another does the same job', () => {
    const twice = found(ran(jobs, slow), 'duplicated')
    expect(twice.map(({ facts }) => facts)).toContainEqual(['processed', 'processed'])
    expect(found(ran(jobs, slow), 'lost')).toEqual([])
  })

  test('when a worker deletes before its work and crashes, then the job is lost', () => {
    const world = ran(jobs)
    const { facts } = world.records
    let at = 0
    while (factKind(facts.kind(at)).name !== 'started') at++
    const worker = world.owner(facts.node(at))
    const early = having(jobs, worker, { deleteWhen: 'before' })
    const script = crash(worker, facts.timeUs(at) / S + 0.7, 2)
    const lost = found(ran(early, script), 'lost')
    expect(lost.map(({ facts: names }) => names)).toEqual([['deleted', 'forgotten']])
    expect(found(ran(jobs, script), 'lost')).toEqual([])
  })

  test('when the handler always throws, then jobs are set aside in the end and none is lost', () => {
    const failing = having(jobs, 'worker-1', { failureRate: 1 })
    const kinds = outcomesOf(ran(having(failing, 'worker-2', { failureRate: 1 }))).map(
      ({ kind }) => kind,
    )
    expect(kinds).toContain('deadLettered')
    expect(kinds).not.toContain('lost')
    expect(kinds).not.toContain('duplicated')
  })
})

describe('given accounts in an event store', () => {
  test('when two writers meet, then the slower one conflicts', () => {
    expect(found(ran(example('account-two-writers')), 'conflict')).not.toEqual([])
  })

  test('when a withdrawal is more than there is, then the command is turned down and the balance stays', () => {
    const teller = {
      bodies: [
        '{"type":"CreateAccount","account":"acc1"}',
        '{"type":"Withdraw","account":"acc1","amount":5}',
      ],
    }
    const world = ran(having(example('account'), 'teller', teller))
    expect(found(world, 'rejected').length).toBeGreaterThan(0)
    expect(found(world, 'negativeBalance')).toEqual([])
  })

  test('when the handler crashes with a command in memory, then the command is lost unless its event was under way', () => {
    const loading = found(ran(example('account'), crash('account', 1.6, 2)), 'lost')
    expect(loading.map(({ facts }) => facts)).toEqual([['lost']])
    /** Decided at 2.7 s, appended at 3.1 s, answered at 3.5 s. */
    expect(found(ran(example('account'), crash('account', 2.8, 2)), 'lost')).toEqual([])
  })

  test('when withdrawals are written past the decider, then the balance below zero is found', () => {
    const world = ran(example('account'))
    const store = must(world.part('events'), 'store') as unknown as {
      append(stream: string, expected: number, events: number[]): void
    }
    const { messages, strings } = world.records
    const withdrawal = (amount: number) =>
      messages.add(world.sim.nowUs, {
        template: strings.id(`{"account":"acc1","amount":${amount}}`),
        ordinal: 1,
        key: strings.id('Withdrawn'),
        props: -1,
        parent: -1,
        source: 0,
      })
    store.append('account-acc1', 2, [withdrawal(50)])
    store.append('account-acc1', 3, [withdrawal(1)])
    const [below] = found(world, 'negativeBalance')
    expect(below?.outcome).toMatchObject({ key: 'acc1', node: 'events' })
    expect(below?.outcome.sentence).toBe('Withdrawn 1 takes the balance of acc1 to -1.')
  })

  test('when a relay crashes before it saves its position, then what listens has the effect twice', () => {
    const world = ran(example('combined'))
    const { facts } = world.records
    let at = 0
    while (factKind(facts.kind(at)).name !== 'relayed') at++
    const relay = world.owner(facts.node(at))
    const script = crash(relay, facts.timeUs(at) / S + 0.001, 1)
    const twice = found(ran(example('combined'), script), 'duplicated')
    expect(twice[0]?.facts).toEqual(['processed', 'processed'])
    expect(twice[0]?.outcome.sentence).toMatch(/a second time\.$/)
  })
})

describe('given any run', () => {
  test('when it is read in pieces, then the outcomes are the same, in the order of time, by facts that happened', () => {
    fc.assert(
      fc.property(
        systems,
        fc.integer({ min: 1, max: 500 }),
        ({ scenario, script, seed }, piece) => {
          const world = new World(scenario, undefined, seed)
          world.start(script)
          world.run(world.endUs, 20_000)
          const whole = outcomesOf(world)
          const reader = new OutcomeReader(world)
          while (reader.read(piece)) {}
          expect(reader.finish()).toEqual(whole)
          let last = 0
          for (const { factIndexes, timeUs, sentence } of whole) {
            const at = must(factIndexes.at(-1), 'fact')
            expect(at).toBeGreaterThanOrEqual(last)
            expect(at).toBeLessThan(world.records.facts.count)
            expect(timeUs).toBe(world.records.facts.timeUs(at))
            expect(sentence).not.toMatch(/undefined|NaN|\[object/)
            last = at
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('given a projection that saves its position by itself', () => {
  const crashed = (point: 'beforeEffect' | 'afterEffect'): Script => [
    actAt(10 * S, { do: 'crashAt', node: 'balance', point }),
    actAt(20 * S, { do: 'restart', node: 'balance' }),
  ]
  const saving = (checkpoint: 'with' | 'before' | 'after') =>
    having(example('account-ledger'), 'balance', { checkpoint })

  test('when it saves after its rows and crashes in between, then an event is counted twice, by both of its facts', () => {
    const misfolded = found(ran(saving('after'), crashed('afterEffect')), 'misfolded')
    expect(misfolded.map(({ facts }) => facts)).toEqual([['processed', 'processed']])
    expect(misfolded[0]?.outcome.sentence).toMatch(/^balance counts .* a second time/)
  })

  test('when it saves before its rows and crashes in between, then an event is never counted', () => {
    const misfolded = found(ran(saving('before'), crashed('beforeEffect')), 'misfolded')
    expect(misfolded.map(({ facts }) => facts)).toEqual([['processed', 'processed']])
    expect(misfolded[0]?.outcome.sentence).toMatch(/goes on behind an event that it never counted/)
  })

  test('when both are one transaction, then its rows are the fold of its events, which is told', () => {
    const world = ran(saving('with'), crashed('afterEffect'))
    const reader = new OutcomeReader(world)
    reader.read()
    expect(reader.finish().filter(({ kind }) => kind === 'misfolded')).toEqual([])
    expect(reader.held()).toContainEqual(
      expect.stringMatching(/^balance is the fold of the first \d+ events/),
    )
  })

  test('when it is built anew after that, then it is right again', () => {
    const rebuilt: Script = [
      ...crashed('afterEffect'),
      actAt(40 * S, { do: 'sourcing', node: 'balance', act: { what: 'rebuild', how: 'inPlace' } }),
    ]
    const reader = new OutcomeReader(ran(saving('after'), rebuilt))
    reader.read()
    expect(reader.counts.misfolded).toBe(1)
    expect(reader.held().some((sentence) => sentence.startsWith('balance is the fold'))).toBe(true)
  })
})

describe('given the invariants of queues', () => {
  const heldBy = (world: World) => {
    const reader = new OutcomeReader(world)
    reader.read()
    reader.finish()
    return reader.held()
  }

  test('when a run ends, then the sum of each queue and the most that a consumer held are told', () => {
    const held = heldBy(ran(example('orders-fanout')))
    expect(held.some((sentence) => sentence.startsWith('Copies add up in '))).toBe(true)
    expect(held.some((sentence) => sentence.startsWith('No consumer held more'))).toBe(true)
  })

  test('when the facts say more deliveries than a prefetch allows, then it is found with two facts', () => {
    const world = ran(example('orders-fanout'))
    const { facts } = world.records
    const started = indexOf(world, AMQP_FACTS.consumerStarted)
    const { prefetch } = world.records.rowAt<ConsumerRow>(facts.message(started))
    const held = prefetch + 1
    const consumer = facts.aux(started)
    const kinds: Outcome[] = []
    const context = new OutcomeContext(world, (outcome) => kinds.push(outcome))
    const detector = new AccountsDetector(context)
    detector.read(started, 0, AMQP_FACTS.consumerStarted, 0, facts.message(started), consumer)
    const queue = indexOf(world, AMQP_FACTS.enqueued)
    for (let i = 0; i < held; i++) {
      detector.read(queue, 0, AMQP_FACTS.enqueued, facts.node(queue), i, 0)
      detector.read(queue + i, 0, AMQP_FACTS.delivered, facts.node(queue), i, consumer)
    }
    expect(kinds.map(({ kind, factIndexes }) => [kind, factIndexes])).toEqual([
      ['overPrefetch', [queue, queue + prefetch]],
    ])
    detector.read(queue, 0, AMQP_FACTS.delivered, facts.node(queue), 0, consumer)
    expect(kinds.at(-1)?.kind).toBe('overPrefetch')
    expect(kinds.some(({ kind }) => kind === 'miscounted')).toBe(true)
  })
})

function indexOf(world: World, kind: number): number {
  const { facts } = world.records
  for (let index = 0; index < facts.count; index++) if (facts.kind(index) === kind) return index
  throw new Error(`no fact of kind ${kind}`)
}
