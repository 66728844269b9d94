/** What the findings say of groups of Redis streams. */
import { describe, expect, test } from 'vitest'
import '../everything.ts'
import { type Action, actAt, type Scenario } from '../../scenario/document.ts'
import { exampleCalled } from '../../scenario/examples/index.ts'
import { World } from '../../scenario/world.ts'
import type { Outcome } from './outcome.ts'
import { outcomesOf } from './reader.ts'

function found(scenario: Scenario, script: Action[] = []): Outcome[] {
  const world = new World(scenario)
  world.start(script)
  world.run(world.endUs)
  return outcomesOf(world)
}

function changed(id: Parameters<typeof exampleCalled>[0], node: string, changes: object): Scenario {
  const { scenario } = exampleCalled(id)
  return {
    ...scenario,
    nodes: scenario.nodes.map((each) => (each.id === node ? { ...each, ...changes } : each)),
  } as Scenario
}

const of = (all: readonly Outcome[], ...kinds: string[]) =>
  all.filter(({ kind }) => kinds.includes(kind)).map(({ sentence }) => sentence)

describe('given a group in which nobody claims', () => {
  const { scenario } = exampleCalled('redis-dead-consumer')

  test('when a consumer dies, then what it had is stuck, and nothing is lost', () => {
    const all = found(scenario)
    expect(of(all, 'stuck')).toEqual([
      'In packing 2 entries stay pending for anna to the end: nobody claims them.',
    ])
    expect(of(all, 'lost')).toEqual([])
  })

  test('when the dead consumer is deleted, then it is lost', () => {
    const all = found(scenario, [
      actAt(9_000_000, {
        do: 'redisStreams',
        node: 'packing',
        act: { what: 'deleteConsumer', consumer: 'anna' },
      }),
    ])
    expect(of(all, 'lost')).toEqual([
      'Order9 is lost to packing: forgotten with the consumer anna, and nobody ever finishes it.',
      'Order10 is lost to packing: forgotten with the consumer anna, and nobody ever finishes it.',
    ])
    expect(of(all, 'stuck')).toEqual([])
  })

  test('when it was acknowledged before the work, then it is lost with the crash', () => {
    const all = found(changed('redis-dead-consumer', 'anna', { ack: 'before' }))
    expect(of(all, 'lost').some((each) => each.includes('acknowledged'))).toBe(true)
  })

  test('when entries are claimed while their owner works, then their effect is a duplicate', () => {
    const eager = changed('redis-dead-consumer', 'rosa', { claimEveryMs: 300, minIdleMs: 200 })
    expect(of(found(eager), 'duplicated').length).toBeGreaterThan(0)
  })
})

describe('given a stream that is trimmed under a slow group', () => {
  test('when entries go before the group was given them, then each is lost to it by two facts', () => {
    const lost = found(exampleCalled('redis-trimming').scenario).filter(
      ({ kind }) => kind === 'lost',
    )
    expect(lost.length).toBeGreaterThan(10)
    for (const { node, factIndexes } of lost) {
      expect(node).toBe('reports')
      expect(factIndexes).toHaveLength(2)
    }
  })
})

describe('given an entry that is set aside', () => {
  test('when there is a stream for it, then it is dead-lettered and not lost', () => {
    const all = found(exampleCalled('redis-poison').scenario)
    expect(of(all, 'deadLettered')).toHaveLength(1)
    expect(of(all, 'lost', 'stuck')).toEqual([])
  })
})

describe('given two groups whose orders are claimed from those who work on them', () => {
  test('when one group has an inbox, then only the other one has effects twice', () => {
    const all = of(found(exampleCalled('redis-claimed-twice').scenario), 'duplicated')
    expect(all).toHaveLength(4)
    expect(all.every((each) => each.startsWith('anna processes'))).toBe(true)
  })
})

describe('given a group that is destroyed', () => {
  test('when orders were pending in it, then they are lost to it', () => {
    const destroy = actAt(9_000_000, {
      do: 'redisStreams',
      node: 'packing',
      act: { what: 'destroyGroup' },
    })
    const all = found(exampleCalled('redis-dead-consumer').scenario, [destroy])
    expect(of(all, 'lost')).toContain(
      'Order9 is lost to packing: forgotten with its group, and nobody ever finishes it.',
    )
  })
})
