/** The numbers of a node over the run so far. */
import type { Series } from '../../history/answers.ts'
import type { History } from '../../history/history.ts'
import { SeriesReader } from '../../history/series.ts'
import { type Asked, STEP_FACTS } from './answer.ts'

/** Facts that one answer folds: the rest comes with the next. */
const FACTS_MAX = 100_000

/** One reader a run: it goes on where it stopped. */
const readers = new WeakMap<History, SeriesReader>()

export function* answerSeries(
  { history }: Asked,
  { node, slices }: { node: string; slices: number },
): Generator<undefined, Series[], undefined> {
  const known = readers.get(history)
  const reader = known?.slices === slices ? known : new SeriesReader(history, slices)
  readers.set(history, reader)
  for (let read = 0; read < FACTS_MAX; read += STEP_FACTS) {
    if (!reader.read(STEP_FACTS)) break
    yield
  }
  return reader.of(node)
}
