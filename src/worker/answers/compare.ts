/** This run beside another that is open: both are computed first, then compared, all of them or up to a moment. */
import { Comparing, type Comparison, compareInSteps } from '../../history/compare/comparison.ts'
import type { History } from '../../history/history.ts'
import type { RunId } from '../protocol.ts'
import { type Asked, besideOf, STEP_FACTS } from './answer.ts'

/** The two whose moments were compared last: a playhead that moves on is followed from where it was. */
let latest: { here: History; there: History; comparing: Comparing } | null = null

export function* answerCompare(
  asked: Asked,
  { other, toUs }: { other: RunId; toUs?: number },
): Generator<undefined, Comparison, undefined> {
  const { history } = asked
  const there = besideOf(asked, other)
  for (const run of [history, there]) while (run.advance(STEP_FACTS)) yield
  if (toUs === undefined) return yield* compareInSteps(history, there, STEP_FACTS)
  const known = latest?.here === history && latest.there === there ? latest.comparing : null
  // While it is at work nobody else has it.
  latest = null
  const comparing = known ?? new Comparing(history, there)
  const comparison = yield* comparing.upTo(toUs, STEP_FACTS)
  latest = { here: history, there, comparing }
  return comparison
}
