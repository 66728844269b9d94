/** A number over the run so far, in as many columns as a chart has; it is condensed while the facts are gone through. */
import type { WatchAnswer } from '../../history/answers.ts'
import type { History } from '../../history/history.ts'
import { openWatch, type Watch } from '../../history/watch/watch.ts'
import { type Asked, STEP_FACTS } from './answer.ts'

/** Watches of one run that are kept: more than fit under a timeline. */
const KEPT_MAX = 16
const watches = new WeakMap<History, Map<string, Watch>>()
const NONE = new Float64Array(0)

export function* answerWatch(
  { history }: Asked,
  { text, columns }: { text: string; columns: number },
): Generator<undefined, WatchAnswer, undefined> {
  const opened = watchOf(history, text)
  const endUs = Math.max(1, history.live.endUs)
  if (!opened.ok) {
    const { problem } = opened
    const whole = { min: Number.NaN, mean: Number.NaN, max: Number.NaN }
    return { problem, unit: 'number', endUs, min: NONE, max: NONE, mean: NONE, last: NONE, whole }
  }
  const { watch } = opened
  const until = history.factCount
  while (watch.seen < until && watch.read(STEP_FACTS)) yield
  const isAll = watch.seen === history.factCount
  const knownUs = isAll ? history.computedUs : watch.seenUs
  const one = watch.columns(1, knownUs)
  const whole = {
    min: one.min[0] as number,
    mean: one.mean[0] as number,
    max: one.max[0] as number,
  }
  return { problem: null, unit: watch.unit, endUs, ...watch.columns(columns, knownUs), whole }
}

/** What the number is right after a fact; NaN where it is not there, or is none. */
export function* answerReading(
  { history }: Asked,
  { text, factIndex }: { text: string; factIndex: number },
): Generator<undefined, number, undefined> {
  const opened = watchOf(history, text)
  if (!opened.ok) return Number.NaN
  const { watch } = opened
  const until = Math.min(factIndex, history.factCount)
  while (watch.seen < until && watch.read(STEP_FACTS)) yield
  return watch.at(until, until === 0 ? 0 : history.live.records.facts.timeUs(until - 1))
}

function watchOf(history: History, text: string): ReturnType<typeof openWatch> {
  const known = watches.get(history) ?? new Map<string, Watch>()
  watches.set(history, known)
  const watch = known.get(text)
  if (watch) return { ok: true, watch }
  const opened = openWatch(history.live, text)
  if (opened.ok) known.set(text, opened.watch)
  for (const oldest of known.keys()) {
    if (known.size <= KEPT_MAX) break
    known.delete(oldest)
  }
  return opened
}
