/** This run beside another that is open: both are computed first, then compared. */
import { type Comparison, compareInSteps } from '../../history/compare/comparison.ts'
import type { RunId } from '../protocol.ts'
import { type Asked, besideOf, STEP_FACTS } from './answer.ts'

export function* answerCompare(
  asked: Asked,
  { other }: { other: RunId },
): Generator<undefined, Comparison, undefined> {
  const { history } = asked
  const there = besideOf(asked, other)
  for (const run of [history, there]) while (run.advance(STEP_FACTS)) yield
  return yield* compareInSteps(history, there, STEP_FACTS)
}
