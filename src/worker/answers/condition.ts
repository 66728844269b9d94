/** When a condition was true in the run so far: how often, first, last, and where to mark it. */
import type { ConditionAnswer, ReachedMoment } from '../../history/answers.ts'
import { openScan, type Scan } from '../../history/conditions/scan.ts'
import type { History } from '../../history/history.ts'
import { type Asked, STEP_FACTS } from './answer.ts'

/** Conditions of one run that are kept: the one shown and the one that stops are enough to go on with. */
const KEPT_MAX = 6
const scans = new WeakMap<History, Map<string, Scan>>()

const NOTHING = { count: 0, first: null, last: null, marks: new Float64Array(0), verdicts: [] }

export function* answerCondition(
  { history }: Asked,
  { text, slices }: { text: string; slices: number },
): Generator<undefined, ConditionAnswer, undefined> {
  const opened = scanOf(history, text)
  if (!opened.ok) return { ...NOTHING, problem: opened.problem, seenUs: 0, over: false }
  const scan = opened.value
  const until = history.factCount
  while (scan.seen < until && scan.read(STEP_FACTS)) yield
  const over = finish(history, scan)
  const { spans } = scan
  const moment = (factIndex: number) => reached(history, factIndex)
  return {
    problem: null,
    count: spans.count,
    first: spans.count === 0 ? null : moment(spans.at(0).from),
    last: spans.count === 0 ? null : moment(spans.at(spans.count - 1).from),
    marks: marksOf(history, scan, slices, over),
    verdicts: scan
      .verdicts(over)
      .map(({ holds, moment: at }) => ({ holds, at: at === null ? null : moment(at) })),
    seenUs: over ? history.live.endUs : scan.seenUs,
    over,
  }
}

/** The moment at which a condition becomes true next after another one, or before it; null if it does not so far. */
export function* answerNextTrue(
  { history }: Asked,
  { text, from, back }: { text: string; from: number; back?: boolean },
): Generator<undefined, { at: ReachedMoment | null; seenUs: number; over: boolean }, undefined> {
  const opened = scanOf(history, text)
  if (!opened.ok) throw new Error(opened.problem.sentence)
  const scan = opened.value
  const { spans } = scan
  const until = back ? Math.min(from, history.factCount) : history.factCount
  while (scan.seen < until && (back || spans.firstAfter(from) === spans.count)) {
    if (!scan.read(STEP_FACTS)) break
    yield
  }
  const over = finish(history, scan)
  const next = spans.firstAfter(from)
  // Going back, the span in which one stands is left by its beginning first.
  let index = back ? next - 1 : next
  if (back && index >= 0 && spans.at(index).from === from) index--
  const isThere = index >= 0 && index < spans.count
  return {
    at: isThere ? reached(history, spans.at(index).from) : null,
    seenUs: over ? history.live.endUs : scan.seenUs,
    over,
  }
}

function scanOf(history: History, text: string): ReturnType<typeof openScan> {
  const known = scans.get(history) ?? new Map<string, Scan>()
  scans.set(history, known)
  const scan = known.get(text)
  if (scan) {
    // The one asked last is given up last.
    known.delete(text)
    known.set(text, scan)
    return { ok: true, value: scan }
  }
  const opened = openScan(history.live, text)
  if (opened.ok) known.set(text, opened.value)
  for (const oldest of known.keys()) {
    if (known.size <= KEPT_MAX) break
    known.delete(oldest)
  }
  return opened
}

/** Whether the run is over and all of it was read; if so what only the end can tell is told. */
function finish(history: History, scan: Scan): boolean {
  const over = history.done && scan.seen === history.factCount
  if (over) scan.end()
  return over
}

function reached({ live }: History, factIndex: number): ReachedMoment {
  return { factIndex, timeUs: factIndex === 0 ? 0 : live.records.facts.timeUs(factIndex - 1) }
}

/** Spans as times, one stretch for all that are closer than a slice. */
function marksOf(history: History, scan: Scan, slices: number, over: boolean): Float64Array {
  const { facts } = history.live.records
  const endUs = Math.max(1, history.live.endUs)
  const sliceUs = endUs / Math.max(1, slices)
  const marks: number[] = []
  const { spans } = scan
  for (let index = 0; index < spans.count; ) {
    const { from, to } = spans.at(index)
    const fromUs = from === 0 ? 0 : facts.timeUs(from - 1)
    const isLast = to >= scan.seen
    // It stays true until the fact after its last moment.
    const toUs = !isLast ? facts.timeUs(to) : over ? endUs : scan.seenUs
    const before = marks[marks.length - 1]
    if (before !== undefined && fromUs - before <= sliceUs) marks[marks.length - 1] = toUs
    else marks.push(fromUs, toUs)
    // Of those that begin within a slice of this one's end, only the last can reach further.
    index = Math.max(index + 1, spans.firstAfter(facts.countAt(toUs + sliceUs)) - 1)
  }
  return Float64Array.from(marks)
}
