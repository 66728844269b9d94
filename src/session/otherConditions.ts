/**
 * Conditions that the engine cannot answer: about a person's fold, `fold account-acc1 balance < 0`. Whoever folds
 * says when they are true; from that they are marked, gone to and stopped at like any other.
 */
import type { ConditionAnswer, ReachedMoment } from '../history/answers.ts'
import type { Questions } from './session.ts'
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

/** Who knows about folds. */
export interface OtherAnswerer {
  /** When a condition is true; null if it is about nothing that is there. */
  whenTrue(text: string): Promise<TrueSpans | null>
  /** The numbers that a text may go on to name, each as a condition names it: `fold account-acc1 balance`. */
  offered(text: string): Promise<readonly string[]>
}

export const NOT_ASKED =
  'No fold has such a number. Open the fold view, and choose one that is there.'

/** Answers a question about such a condition as the engine answers those about others. */
export async function answerOther(
  answerer: OtherAnswerer | null,
  name: 'condition' | 'nextTrue' | 'complete',
  ask: unknown,
): Promise<unknown> {
  const { text, ...rest } = ask as Questions['nextTrue']['ask']
  if (name === 'complete') {
    const { caret } = ask as Questions['complete']['ask']
    const before = text.slice(0, caret)
    return { items: completionsOf((await answerer?.offered(before)) ?? [], before), examples: [] }
  }
  const known = (await answerer?.whenTrue(text)) ?? null
  if (name === 'condition') return conditionOf(text, known)
  if (known === null) throw new Error(NOT_ASKED)
  return nextOf(known, rest)
}

const COMPARISONS: readonly [string, string][] = [
  ['<', 'is less than'],
  ['<=', 'is at most'],
  ['>', 'is greater than'],
  ['>=', 'is at least'],
  ['=', 'is'],
  ['!=', 'is not'],
]

/** What may come after what is written before the caret: a number of a fold, then how it compares. */
export function completionsOf(
  numbers: readonly string[],
  before: string,
): Questions['complete']['answer']['items'] {
  const number = numbers.find((each) => before.startsWith(`${each} `))
  if (number === undefined) {
    return numbers
      .filter((each) => each.startsWith(before))
      .map((each) => ({
        insert: `${each} `,
        from: 0,
        label: each,
        meaning: 'a number of the fold',
      }))
  }
  const from = number.length + 1
  const begun = before.slice(from)
  return COMPARISONS.filter(([sign]) => sign !== begun && sign.startsWith(begun)).map(
    ([sign, meaning]) => ({ insert: `${sign} `, from, label: sign, meaning }),
  )
}

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
