/** Random scenarios under random scripts: what must hold in every run, whatever the design and the faults. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { History } from '../history/history.ts'
import { lineOf } from '../history/lines.ts'
import { hashOfRun } from '../history/runHash.ts'
import { factKind } from '../history/vocabulary.ts'
import { World } from '../scenario/world.ts'
import type { Run } from './arbitrary.ts'
import { violationsOf } from './invariants.ts'
import { systems } from './systems.ts'

const RUNS = 300
const FACTS_MAX = 30_000

/** Checks a property and, where it fails, prints the command that replays it. */
function swarm(property: (run: Run) => void): void {
  fc.assert(
    fc.property(systems, (run) => property(run)),
    {
      numRuns: RUNS,
      reporter: (out) => {
        if (!out.failed) return
        const replay = `SEED=${out.seed} npx vitest run src/testing/swarm.spec.ts`
        throw new Error(`${fc.defaultReportMessage(out)}\nReplay: ${replay}`)
      },
    },
  )
}

function computed({ scenario, script, seed }: Run): History {
  const history = new History(scenario, script, { seed, factsMax: FACTS_MAX })
  while (history.advance(1_000)) {}
  return history
}

describe('given any scenario, script and seed', () => {
  test('when it runs, then nothing is lost or doubled without a fact, and prefetch, offsets and owners hold', () => {
    swarm((run) => {
      expect(violationsOf(computed(run).live.records)).toEqual([])
    })
  })

  test('when it runs twice, then the hash is the same', () => {
    swarm((run) => {
      expect(hashOfRun(computed(run).live.records)).toBe(hashOfRun(computed(run).live.records))
    })
  })

  test('when any moment is sought, then it is the fold from zero, and its frame the same forwards and backwards', () => {
    swarm((run) => {
      const history = computed(run)
      const zero = new World(run.scenario, history.live.records, run.seed)
      const seen: { factIndex: number; frame: unknown; state: Uint8Array }[] = []
      const step = Math.max(1, Math.floor(history.factCount / 7))
      for (let at = 0; at <= history.factCount; at += step) {
        history.seek({ factIndex: at })
        seen.push({ factIndex: at, frame: history.frame(), state: history.viewed.save() })
      }
      let folded = 0
      for (const { factIndex, state } of seen) {
        for (; folded < factIndex; folded++) zero.sim.applyFact(folded)
        expect(state).toEqual(zero.save())
      }
      for (const { factIndex, frame } of seen.toReversed()) {
        history.seek({ factIndex })
        expect(history.frame()).toEqual(frame)
      }
    })
  })

  test('when its facts are told, then each has a sentence without holes', () => {
    swarm((run) => {
      const history = computed(run)
      for (let at = 0; at < Math.min(history.factCount, 300); at++) {
        const { sentence } = lineOf(history, at)
        expect(sentence).not.toMatch(/undefined|NaN|\[object/)
        expect(factKind(history.live.records.facts.kind(at)).name).not.toBe('')
      }
    })
  })
})
