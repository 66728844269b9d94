/** What the run came to that a design wants to avoid, as far as it was looked at, with the facts that make it. */
import type { Findings } from '../../history/answers.ts'
import type { History } from '../../history/history.ts'
import type { Outcome, OutcomeKind } from '../../history/outcomes/outcome.ts'
import { OutcomeReader } from '../../history/outcomes/reader.ts'
import type { Violation } from '../../history/outcomes/violations.ts'
import { type Asked, STEP_FACTS } from './answer.ts'

/** Findings of one kind that are listed; all are counted. */
const LISTED_MAX = 100

interface Reading {
  reader: OutcomeReader
  seen: number
  finished: Outcome[] | null
}

/** One reading a run: it goes on where it stopped. */
const readings = new WeakMap<History, Reading>()

export function* answerFindings(
  { history }: Asked,
  _ask: Record<string, never>,
): Generator<undefined, Findings, undefined> {
  const { reader, finished } = yield* readOn(history)
  return {
    counts: { ...reader.counts },
    found: firstOfEach(finished ?? reader.found).map((outcome) => ({
      ...outcome,
      timesUs: outcome.factIndexes.map((index) => history.live.records.facts.timeUs(index)),
    })),
    held: reader.held(),
    over: finished !== null,
  }
}

/** The broken promises among them, for the timeline: what only the end can tell comes with the end. */
export function* answerViolations(
  { history }: Asked,
  _ask: Record<string, never>,
): Generator<undefined, Violation[], undefined> {
  const { reader } = yield* readOn(history)
  return reader.violations.list()
}

/** Reads all facts that are there. */
function* readOn(history: History): Generator<undefined, Reading, undefined> {
  const known = readings.get(history)
  const reading = known ?? { reader: new OutcomeReader(history.live), seen: 0, finished: null }
  readings.set(history, reading)
  const { reader } = reading
  const until = history.factCount
  while (reading.seen < until) {
    const step = Math.min(STEP_FACTS, until - reading.seen)
    reader.read(step)
    reading.seen += step
    yield
  }
  const over = history.done && reading.seen === history.factCount
  if (over) reading.finished ??= reader.finish()
  return reading
}

function firstOfEach(found: readonly Outcome[]): Outcome[] {
  const listed = new Map<OutcomeKind, number>()
  return found.filter(({ kind }) => {
    const count = listed.get(kind) ?? 0
    listed.set(kind, count + 1)
    return count < LISTED_MAX
  })
}
