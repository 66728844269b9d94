/** The hash of the run up to a moment: what is not computed yet is computed first. */
import type { Moment } from '../../history/answers.ts'
import { hashInSteps } from '../../history/runHash.ts'
import { type Asked, STEP_FACTS } from './answer.ts'

export function* answerHash(
  { history }: Asked,
  moment: Moment,
): Generator<undefined, string, undefined> {
  while (!history.hasReached(moment) && history.advance(STEP_FACTS)) yield
  const { records } = history.live
  const { facts } = records
  const count = 'atUs' in moment ? facts.countAt(moment.atUs) : moment.factIndex
  return yield* hashInSteps(records, Math.min(count, facts.count), STEP_FACTS)
}
