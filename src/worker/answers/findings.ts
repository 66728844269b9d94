/** What the run came to that a design wants to avoid, as far as it was looked at, with the facts that make it. */
import type { Findings } from '../../history/answers.ts'
import type { History } from '../../history/history.ts'
import type { Outcome } from '../../history/outcomes/outcome.ts'
import { OutcomeReader } from '../../history/outcomes/reader.ts'
import { type Asked, STEP_FACTS } from './answer.ts'

/** Findings that are listed; all are counted. */
const LISTED_MAX = 300

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
  const found = reading.finished ?? reader.found
  return {
    counts: { ...reader.counts },
    found: found.slice(0, LISTED_MAX).map((outcome) => ({
      ...outcome,
      timesUs: outcome.factIndexes.map((index) => history.live.records.facts.timeUs(index)),
    })),
    held: reader.held(),
    over,
  }
}
