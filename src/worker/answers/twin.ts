/** Which message of another run that is open is this one; -1 where that run has no such message. */
import { twinInSteps } from '../../history/compare/twins.ts'
import type { RunId } from '../protocol.ts'
import { type Asked, besideOf, STEP_FACTS } from './answer.ts'

export function answerTwin(
  asked: Asked,
  { other, message }: { other: RunId; message: number },
): Generator<undefined, number, undefined> {
  return twinInSteps(asked.history.live, message, besideOf(asked, other).live, STEP_FACTS)
}
