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
export function compareInSteps(
  here: History,
  there: History,
  stepFacts: number,
): Steps<Comparison> {
  const comparing = new Comparing(here, there)
  return comparing.upTo(Math.min(here.computedUs, there.computedUs), stepFacts)
}

/** Compares at once. */
export function compare(here: History, there: History): Comparison {
  const steps = compareInSteps(here, there, Number.POSITIVE_INFINITY)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Two runs that are computed, compared up to one moment after another: to a later one it goes on where it stopped. */
export class Comparing {
  private readonly here: History
  private readonly there: History
  private readonly parting: Parting
  private readonly twins: Int32Array
  /** The twins the other way. */
  private readonly origins: Int32Array
  private mine: Reading
  private others: Reading

  constructor(here: History, there: History) {
    this.here = here
    this.there = there
    const toUs = Math.min(here.computedUs, there.computedUs)
    this.parting = new Parting(here, factsUpTo(here, toUs), there, factsUpTo(there, toUs))
    const count = messagesOf(here)
    const otherCount = messagesOf(there)
    this.twins = twinsOf(here.live, count, there.live, otherCount)
    this.origins = new Int32Array(otherCount).fill(NO_TWIN)
    for (let id = 0; id < count; id++) {
      const twin = this.twins[id] as number
      if (twin !== NO_TWIN) this.origins[twin] = id
    }
    this.mine = beginReading(here)
    this.others = beginReading(there)
  }

  /** The comparison of all that happened up to a moment. One at a time is under way. */
  *upTo(toUs: number, stepFacts: number): Steps<Comparison> {
    const { here, there, parting } = this
    while (parting.read(stepFacts)) yield
    if (this.mine.facts > factsUpTo(here, toUs)) this.mine = beginReading(here)
    if (this.others.facts > factsUpTo(there, toUs)) this.others = beginReading(there)
    const { mine, others } = this
    yield* readOn(mine, factsUpTo(here, toUs), stepFacts)
    yield* readOn(others, factsUpTo(there, toUs), stepFacts)
    return {
      toUs,
      difference: parting.difference,
      fates: this.fates(),
      figures: figuresOf(mine.meter.numbers(toUs), others.meter.numbers(toUs)),
    }
  }

  private fates(): Fates {
    const { mine, others, twins, origins } = this
    const fates: Fates = { same: 0, differing: 0, onlyHere: 0, onlyThere: 0, rows: [] }
    const add = ({ history }: Reading, message: number, a: Fate | null, b: Fate | null) => {
      if (fates.rows.length >= ROWS_MAX) return
      const { label, hue } = lookOf(history.live.records, message)
      fates.rows.push({ label, hue, here: a, there: b })
    }
    const count = messagesBefore(mine.history, mine.facts)
    for (let id = 0; id < count; id++) {
      const twin = twins[id] as number
      if (twin === NO_TWIN) fates.onlyHere++
      else if (mine.fates.isSame(id, others.fates, twin)) {
        fates.same++
        continue
      } else fates.differing++
      add(mine, id, mine.fates.of(id), twin === NO_TWIN ? null : others.fates.of(twin))
    }
    const otherCount = messagesBefore(others.history, others.facts)
    for (let id = 0; id < otherCount; id++) {
      const origin = origins[id] as number
      if (origin !== NO_TWIN && origin < count) continue
      if (origin === NO_TWIN) fates.onlyThere++
      else fates.differing++
      add(others, id, origin === NO_TWIN ? null : mine.fates.of(origin), others.fates.of(id))
    }
    return fates
  }
}

/** What was read of a run's first facts. */
interface Reading {
  history: History
  meter: RunMeter
  fates: FateReader
  facts: number
}

function beginReading(history: History): Reading {
  const meter = new RunMeter(history.live)
  const fates = new FateReader(history, messagesOf(history))
  return { history, meter, fates, facts: 0 }
}

function* readOn(reading: Reading, to: number, stepFacts: number): Steps<void> {
  while (reading.facts < to) {
    const end = Math.min(to, reading.facts + stepFacts)
    reading.meter.read(end - reading.facts)
    reading.fates.read(reading.facts, end)
    reading.facts = end
    yield
  }
}

function factsUpTo({ live }: History, toUs: number): number {
  return live.records.facts.countAt(toUs)
}

function messagesOf({ live }: History): number {
  return live.records.messages.count
}

/** Messages that were there at a moment: they are numbered in the order in which they were born. */
function messagesBefore(history: History, facts: number): number {
  const { messages, facts: log } = history.live.records
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
