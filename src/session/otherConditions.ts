/**
 * Conditions that the engine cannot answer: about a person's fold, `fold account-acc1 balance < 0`. Whoever folds
 * says when they are true; from that they are marked, gone to and stopped at like any other.
 */
import type { ConditionAnswer, ReachedMoment } from '../history/answers.ts'
import type { NextTrue } from './stopper.ts'

/** A stretch of a run in which a condition is true; `to` is null while it still is. */
export interface TrueSpan {
  from: ReachedMoment
  to: ReachedMoment | null
}

/** All stretches up to `seenUs`, in order; `over` if nothing more will come. */
export interface TrueSpans {
  spans: readonly TrueSpan[]
  seenUs: number
  over: boolean
}

/** Says when a condition is true; null if it is about nothing that is there. */
export type OtherAnswerer = (text: string) => Promise<TrueSpans | null>

export const NOT_ASKED =
  'No fold has such a number. Open the fold view, and choose one that is there.'

export function conditionOf(text: string, known: TrueSpans | null): ConditionAnswer {
  const { spans, seenUs, over } = known ?? { spans: [], seenUs: 0, over: false }
  const problem = known === null ? { from: 0, to: text.length, sentence: NOT_ASKED } : null
  const marks = spans.flatMap(({ from, to }) => [from.timeUs, to?.timeUs ?? seenUs])
  const [first, last] = [spans[0]?.from ?? null, spans.at(-1)?.from ?? null]
  const rest = { count: spans.length, verdicts: [], seenUs, over }
  return { problem, first, last, marks: Float64Array.from(marks), ...rest }
}

/** The beginning of the next stretch after a fact, or of the one before it. */
export function nextOf(
  { spans, seenUs, over }: TrueSpans,
  { from, back = false }: { from: number; back?: boolean },
): NextTrue {
  const isThere = ({ factIndex }: ReachedMoment) => (back ? factIndex < from : factIndex > from)
  const begins = spans.map((span) => span.from)
  const at = (back ? begins.findLast(isThere) : begins.find(isThere)) ?? null
  return { at, seenUs, over }
}
