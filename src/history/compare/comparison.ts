/**
 * Two runs side by side: the first fact in which they differ, what became of each message in both, and the
 * numbers of each node. Both runs may be of any scenarios; what has the same id in both is the same thing.
 */
import type { History } from '../history.ts'
import { lookOf } from '../looks.ts'
import { RunMeter } from '../metrics/runMeter.ts'
import { type Fate, FateReader } from './fates.ts'
import { type Figure, figuresOf } from './figures.ts'
import { type Difference, Parting } from './parting.ts'
import { NO_TWIN, twinsOf } from './twins.ts'

export interface FateRow {
  label: string
  hue: number
  /** Null where the run has no such message. */
  here: Fate | null
  there: Fate | null
}

export interface Fates {
  same: number
  differing: number
  onlyHere: number
  onlyThere: number
  /** The first of those that are not the same, in the order in which they came to be. */
  rows: FateRow[]
}

export interface Comparison {
  /** Both are compared from 0 to here: as far as both are computed. */
  toUs: number
  difference: Difference | null
  fates: Fates
  figures: Figure[]
}

type Steps<T> = Generator<undefined, T, undefined>

const ROWS_MAX = 200

/** Compares what is computed of two runs, yielding after every `stepFacts` facts. */
export function* compareInSteps(
  here: History,
  there: History,
  stepFacts: number,
): Steps<Comparison> {
  const toUs = Math.min(here.computedUs, there.computedUs)
  const hereTo = here.live.records.facts.countAt(toUs)
  const thereTo = there.live.records.facts.countAt(toUs)
  const parting = new Parting(here, hereTo, there, thereTo)
  while (parting.read(stepFacts)) yield
  const mine = yield* readRun(here, hereTo, stepFacts)
  const others = yield* readRun(there, thereTo, stepFacts)
  return {
    toUs,
    difference: parting.difference,
    fates: fatesOf(here, mine, there, others),
    figures: figuresOf(mine.meter.numbers(toUs), others.meter.numbers(toUs)),
  }
}

/** Compares at once. */
export function compare(here: History, there: History): Comparison {
  const steps = compareInSteps(here, there, Number.POSITIVE_INFINITY)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** What was read of a run's first facts. */
interface Reading {
  meter: RunMeter
  fates: FateReader
  messages: number
}

function* readRun(history: History, to: number, stepFacts: number): Steps<Reading> {
  const messages = messagesBefore(history, to)
  const reading = {
    meter: new RunMeter(history.live),
    fates: new FateReader(history, messages),
    messages,
  }
  for (let from = 0; from < to; from += stepFacts) {
    const end = Math.min(to, from + stepFacts)
    reading.meter.read(end - from)
    reading.fates.read(from, end)
    yield
  }
  return reading
}

/** Messages that were there at a moment: they are numbered in the order in which they were born. */
function messagesBefore({ live }: History, facts: number): number {
  const { messages, facts: log } = live.records
  if (facts === log.count) return messages.count
  const untilUs = facts === 0 ? -1 : log.timeUs(facts - 1)
  let [low, high] = [0, messages.count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (messages.bornUs(middle) <= untilUs) low = middle + 1
    else high = middle
  }
  return low
}

function fatesOf(here: History, mine: Reading, there: History, others: Reading): Fates {
  const twins = twinsOf(here.live, mine.messages, there.live, others.messages)
  const fates: Fates = { same: 0, differing: 0, onlyHere: 0, onlyThere: 0, rows: [] }
  const add = (owner: History, message: number, a: Fate | null, b: Fate | null) => {
    const { label, hue } = lookOf(owner.live.records, message)
    fates.rows.push({ label, hue, here: a, there: b })
  }
  const isTwin = new Uint8Array(others.messages)
  for (let id = 0; id < mine.messages; id++) {
    const twin = twins[id] as number
    if (twin !== NO_TWIN) isTwin[twin] = 1
    if (twin === NO_TWIN) fates.onlyHere++
    else if (mine.fates.isSame(id, others.fates, twin)) {
      fates.same++
      continue
    } else fates.differing++
    if (fates.rows.length >= ROWS_MAX) continue
    add(here, id, mine.fates.of(id), twin === NO_TWIN ? null : others.fates.of(twin))
  }
  for (let id = 0; id < others.messages; id++) {
    if (isTwin[id] === 1) continue
    fates.onlyThere++
    if (fates.rows.length < ROWS_MAX) add(there, id, null, others.fates.of(id))
  }
  return fates
}
