/** Seeking: the state at a moment is the same by checkpoint, forwards, backwards and from zero. */
import { describe, expect, test } from 'vitest'
import { must } from '../base/assert.ts'
import { Random } from '../engine/random.ts'
import { findExample } from '../scenario/examples/index.ts'
import { World } from '../scenario/world.ts'
import { History } from './history.ts'
import { hashOfRun } from './runHash.ts'

const scenario = { ...must(findExample('mm1'), 'mm1').scenario, durationMs: 40_000_000 }

function computed(): History {
  const history = new History(scenario)
  while (history.advance()) {}
  return history
}

describe('given a long run', () => {
  const history = computed()

  test('when moments are sought at random, then each equals a fold from zero', () => {
    const random = new Random(3, 'seeks')
    const zero = new World(scenario, history.live.records)
    const empty = zero.save()
    expect(history.factCount).toBeGreaterThan(100_000)
    for (let n = 0; n < 12; n++) {
      const factIndex = random.below(history.factCount)
      history.seek({ factIndex })
      const sought = history.viewed.save()
      zero.restore(empty)
      for (let i = 0; i < factIndex; i++) zero.sim.applyFact(i)
      expect(sought).toEqual(zero.save())
    }
  })

  test('when it is run again, then the hash is the same; with another seed it is not', () => {
    expect(hashOfRun(computed().live.records)).toBe(hashOfRun(history.live.records))
    const other = new History(scenario, [], { seed: 5 })
    while (other.advance()) {}
    expect(hashOfRun(other.live.records)).not.toBe(hashOfRun(history.live.records))
  })

  test('when a moment is sought by time, then all facts of that microsecond have happened', () => {
    const { facts } = history.live.records
    const { factIndex } = history.seek({ atUs: 1_000_000 })
    expect(facts.timeUs(factIndex - 1)).toBeLessThanOrEqual(1_000_000)
    expect(facts.timeUs(factIndex)).toBeGreaterThan(1_000_000)
  })

  test('when a fraction of a fact is sought, then it is the moment after the whole ones', () => {
    expect(history.seek({ factIndex: 20_000.7 }).factIndex).toBe(20_000)
    expect(history.seek({ factIndex: 0.4 })).toEqual({ timeUs: 0, factIndex: 0 })
  })
})

describe('given a limit on facts', () => {
  test('when the run reaches it, then it stops with a sentence', () => {
    const history = new History(scenario, [], { factsMax: 5_000 })
    while (history.advance()) {}
    expect(history.factCount).toBeGreaterThanOrEqual(5_000)
    expect(history.stopped).toContain('5000 facts')
  })
})

describe('given a run of less than a thousand facts', () => {
  const short = { ...scenario, durationMs: 150_000 }
  const run = (history: History) => {
    while (history.advance()) {}
    return history
  }

  test('when a branch leaves it, then what both have in common lies in the same memory', () => {
    const parent = run(new History(short))
    expect(parent.factCount).toBeLessThan(1_000)
    const atUs = parent.live.records.facts.timeUs(parent.factCount - 10)
    const branch = run(parent.fork([{ atUs, do: 'crash', node: 'server' }]))
    expect(branch.forkIndex).toBeGreaterThanOrEqual(parent.factCount / 2)
    const shared = parent.live.records.facts.stretch(0, 1).words
    expect(branch.live.records.facts.stretch(0, 1).words).toBe(shared)
    expect(parent.live.records.facts.stretch(branch.forkIndex - 1, parent.factCount).words).toBe(
      shared,
    )
    expect(branch.live.records.facts.stretch(branch.forkIndex, branch.factCount).words).not.toBe(
      shared,
    )
  })
})
