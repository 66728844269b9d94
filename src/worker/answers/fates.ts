/** What has become of one message up to a moment, here and of its twin in another run that is open. */
import type { FateRow } from '../../history/compare/comparison.ts'
import { FateReader } from '../../history/compare/fates.ts'
import { NO_TWIN, twinInSteps } from '../../history/compare/twins.ts'
import type { History } from '../../history/history.ts'
import { lookOf } from '../../history/looks.ts'
import type { RunId } from '../protocol.ts'
import { type Asked, besideOf, inSteps, STEP_FACTS } from './answer.ts'

interface Ask {
  other: RunId
  message: number
  toUs: number
}

export function* answerFates(
  asked: Asked,
  { other, message, toUs }: Ask,
): Generator<undefined, FateRow, undefined> {
  const { history } = asked
  const { records } = history.live
  if (!(message >= 0 && message < records.messages.count)) {
    throw new Error(`There is no message ${message} in this run.`)
  }
  const beside = besideOf(asked, other)
  const twin = yield* twinInSteps(history.live, message, beside.live, STEP_FACTS)
  const here = yield* fateOf(history, message, toUs)
  const there = twin === NO_TWIN ? null : yield* fateOf(beside, twin, toUs)
  const { label, hue } = lookOf(records, message)
  return { label, hue, here, there }
}

function* fateOf(history: History, message: number, toUs: number) {
  const fates = new FateReader(history, message + 1)
  const to = history.live.records.facts.countAt(toUs)
  yield* inSteps(0, to, (from, until) => fates.read(from, until))
  return fates.of(message)
}
