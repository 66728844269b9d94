/** What is found in logs that hold a record twice, out of order, or no longer. */
import { describe, expect, test } from 'vitest'
import { actAt, type NodeOf, type Scenario, type Script } from '../../scenario/document.ts'
import { exampleCalled } from '../../scenario/examples/index.ts'
import { World } from '../../scenario/world.ts'
import { factKind } from '../vocabulary.ts'
import type { Outcome, OutcomeKind } from './outcome.ts'
import { outcomesOf } from './reader.ts'

const S = 1_000_000

function ran(scenario: Scenario, script: Script = []): World {
  const world = new World(scenario)
  world.start(script)
  world.run(world.endUs)
  return world
}

function found(world: World, kind: OutcomeKind): Outcome[] {
  return outcomesOf(world).filter((outcome) => outcome.kind === kind)
}

function factsOf(world: World, { factIndexes }: Outcome): string[] {
  return factIndexes.map((at) => factKind(world.records.facts.kind(at)).name)
}

describe('given a producer whose requests and answers get lost', () => {
  const world = ran(exampleCalled('idempotent-producer').scenario)

  test('when it does not number its batches, then duplicates and disorder are found, each with the two records', () => {
    for (const kind of ['duplicated', 'outOfOrder'] as const) {
      const outcomes = found(world, kind)
      const written = outcomes.filter(({ node }) => node === 'payments')
      expect(written.length).toBeGreaterThan(0)
      // What is wrong in the log is wrong with whoever reads it.
      expect(new Set(outcomes.map(({ node }) => node))).toEqual(new Set(['payments', 'books']))
      for (const outcome of written) {
        expect(factsOf(world, outcome)).toEqual(['appended', 'appended'])
      }
    }
  })

  test('when it does, then nothing is found', () => {
    expect(outcomesOf(world).filter(({ node }) => node?.endsWith('-once'))).toEqual([])
  })
})

describe('given a replica that leads although it was behind', () => {
  const { scenario } = exampleCalled('unclean-election')
  const script: Script = [
    actAt(6 * S, { do: 'isolateBroker', broker: 'kafka', index: 1 }),
    actAt(14 * S, { do: 'killBroker', broker: 'kafka', index: 0 }),
  ]

  test('when the election was unclean, then what was acknowledged is found lost', () => {
    const world = ran(scenario, script)
    const lost = found(world, 'lost')
    expect(lost.length).toBeGreaterThan(2)
    for (const outcome of lost)
      expect(factsOf(world, outcome)).toEqual(['confirmReceived', 'recordLost'])
  })

  test('when that is not allowed, then nothing is lost', () => {
    const nodes = scenario.nodes.map((node) => {
      if (node.kind !== 'topic') return node
      const { uncleanLeaderElection: _off, ...rest } = node
      return rest as NodeOf<'topic'>
    })
    expect(found(ran({ ...scenario, nodes }, script), 'lost')).toEqual([])
  })
})

describe('given a group that is slower than the retention', () => {
  test('when records go before it comes to them, then they are found lost to it, and to no other group', () => {
    const world = ran(exampleCalled('retention-and-lag').scenario)
    const lost = found(world, 'lost')
    expect(lost.length).toBeGreaterThan(0)
    for (const outcome of lost) {
      expect(outcome.sentence).toMatch(/lost to archive/)
      expect(factsOf(world, outcome)).toEqual(['segmentsExpired', 'reset'])
    }
  })
})

describe('given partitions that are added while records wait', () => {
  const { scenario } = exampleCalled('adding-partitions')

  test('when none are, then every key keeps its order', () => {
    expect(found(ran(scenario), 'outOfOrder')).toEqual([])
  })

  test('when two are, then bookings of one account are worked on out of order', () => {
    const script: Script = [actAt(12 * S, { do: 'addPartitions', topic: 'bookings', count: 2 })]
    expect(found(ran(scenario, script), 'outOfOrder').length).toBeGreaterThan(0)
  })
})
