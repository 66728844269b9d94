/** What happened when, in equal slices of the run so far. */
import type { Density } from '../../history/answers.ts'
import { DensityCounter } from '../../history/density.ts'
import type { History } from '../../history/history.ts'
import { type Asked, STEP_FACTS } from './answer.ts'

/** One counter a run: it goes on where it stopped. */
const counters = new WeakMap<History, DensityCounter>()

export function* answerDensity(
  { history }: Asked,
  { slices }: { slices: number },
): Generator<undefined, Density, undefined> {
  const known = counters.get(history)
  const counter = known?.slices === slices ? known : new DensityCounter(history, slices)
  counters.set(history, counter)
  const until = history.factCount
  while (counter.seen < until) {
    counter.count(STEP_FACTS)
    yield
  }
  return counter.density()
}
