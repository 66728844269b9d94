/** Forks of records: a run that goes on from a checkpoint on a fork is the run itself, and never disturbs it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cut, Records } from '../engine/records.ts'
import type { Run } from '../testing/arbitrary.ts'
import { systems } from '../testing/systems.ts'
import type { Action } from './document.ts'
import { World } from './world.ts'

const RUNS = 80
const FACTS_MAX = 8_000

interface Checkpoint {
  state: Uint8Array
  clock: Uint8Array
  cut: Cut
  atUs: number
}

/** Everything that a run wrote down, as one list. */
function written(records: Records): unknown[] {
  const all: unknown[] = []
  const { facts, messages, strings } = records
  facts.each(0, facts.count, (...fact) => all.push(...fact))
  for (let id = 0; id < messages.count; id++) {
    all.push(messages.bornUs(id), messages.template(id), messages.ordinal(id), messages.key(id))
    all.push(messages.props(id), messages.parent(id), messages.source(id))
  }
  for (let id = 0; id < strings.size; id++) all.push(strings.text(id))
  for (let row = 0; row < records.cut().rows; row++) all.push(JSON.stringify(records.rowAt(row)))
  return all
}

/** Runs to the end, at most `FACTS_MAX` facts, with a checkpoint after each `every` facts. */
function runOn(world: World, every = Number.POSITIVE_INFINITY): Checkpoint[] {
  const checkpoints: Checkpoint[] = []
  const { facts } = world.records
  for (;;) {
    const room = Math.min(every, FACTS_MAX - facts.count)
    if (room <= 0 || world.run(world.endUs, room)) return checkpoints
    checkpoints.push({
      state: world.save(),
      clock: world.saveClock(),
      cut: world.records.cut(),
      atUs: world.sim.nowUs,
    })
  }
}

function started({ scenario, script, seed }: Run): World {
  const world = new World(scenario, undefined, seed)
  world.start(script)
  return world
}

/** The world of a fork at a checkpoint, ready to run on. */
function forked(run: Run, parent: Records, at: Checkpoint, script = run.script): World {
  const world = new World(run.scenario, parent.fork(at.cut), run.seed)
  world.resume(at.state, at.clock, script)
  return world
}

/** The state of a world that was only shown the facts, from a checkpoint on. */
function folded(run: Run, records: Records, from: Checkpoint): Uint8Array {
  const viewed = new World(run.scenario, records, run.seed)
  viewed.restore(from.state)
  viewed.sim.applyFacts(from.cut.facts, records.facts.count)
  return viewed.save()
}

function everyRun(property: (run: Run, share: number) => void): void {
  fc.assert(fc.property(systems, fc.double({ min: 0, max: 1, noNaN: true }), property), {
    numRuns: RUNS,
  })
}

/** A run with checkpoints, and one of them by its share of all; null if it is too short for any. */
function halted(run: Run, share: number): { world: World; at: Checkpoint } | null {
  const world = started(run)
  const checkpoints = runOn(world, 37)
  const at = checkpoints[Math.floor(share * (checkpoints.length - 1))]
  return at ? { world, at } : null
}

describe('given any run and a checkpoint of it', () => {
  test('when a fork runs on from there under the same script, then it writes what the run wrote', () => {
    everyRun((run, share) => {
      const parent = halted(run, share)
      if (parent === null) return
      const { world, at } = parent
      const fork = forked(run, world.records, at)
      runOn(fork)
      expect(written(fork.records)).toEqual(written(world.records))
      expect(fork.save()).toEqual(world.save())
      expect(folded(run, fork.records, at)).toEqual(world.save())
    })
  })

  test('when a fork goes another way while the run goes on, then the run is what it would have been', () => {
    everyRun((run, share) => {
      const alone = started(run)
      runOn(alone)
      // One that never ends stops where its slices do.
      if (alone.records.facts.count >= FACTS_MAX) return
      const world = started(run)
      const facts = Math.floor(share * alone.records.facts.count)
      if (world.run(world.endUs, facts)) return
      const cut = world.records.cut()
      const at = { state: world.save(), clock: world.saveClock(), cut, atUs: world.sim.nowUs }
      const fork = forked(run, world.records, at, otherWay(run, at.atUs))
      const beforeCut = written(world.records).slice(0, cut.facts * 5)
      // In turn, so that both write into what they share.
      for (let more = true; more; ) {
        const forkDone = fork.run(fork.endUs, 11) || fork.records.facts.count > FACTS_MAX
        const room = Math.min(7, FACTS_MAX - world.records.facts.count)
        const done = room <= 0 || world.run(world.endUs, room)
        more = !(forkDone && done)
      }
      expect(written(world.records)).toEqual(written(alone.records))
      expect(world.save()).toEqual(alone.save())
      expect(folded(run, world.records, at)).toEqual(alone.save())
      expect(folded(run, fork.records, at)).toEqual(fork.save())
      expect(written(fork.records).slice(0, cut.facts * 5)).toEqual(beforeCut)
    })
  })

  test('when a fork is forked again, then the last one too writes what the run wrote', () => {
    everyRun((run, share) => {
      const parent = halted(run, share / 2)
      if (parent === null) return
      const { world, at } = parent
      const first = forked(run, world.records, at)
      const later = runOn(first, 53).at(-1)
      if (later === undefined) return
      const second = forked(run, first.records, later)
      runOn(second)
      expect(written(second.records)).toEqual(written(world.records))
      expect(folded(run, second.records, at)).toEqual(world.save())
    })
  })
})

/** The script so far, then everyone crashes. */
function otherWay(run: Run, atUs: number): Action[] {
  const soFar = run.script.filter((action) => action.atUs <= atUs)
  const crashes = run.scenario.nodes.map(({ id }) => ({ atUs, do: 'crash', node: id }) as Action)
  return [...soFar, ...crashes]
}
