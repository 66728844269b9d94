/** What is asked of a long history, each question put to all its facts: conditions, charts, findings. */
import { openScan } from '../../history/conditions/scan.ts'
import type { History } from '../../history/history.ts'
import { OutcomeReader } from '../../history/outcomes/reader.ts'
import { openWatch } from '../../history/watch/watch.ts'
import { type Place, quantile } from './rounds.ts'

/** Of a history of competing consumers. */
const CONDITIONS = [
  'backlog(queue-1) > 50',
  'duplicates(consumer-1-1) > 0',
  'wait.p95(queue-1) > 50ms',
]
const WATCHES = ['backlog(queue-1)', 'wait.p95(queue-1)']
/** Columns of a chart, and how often it is drawn anew. */
const COLUMNS = 2048
const DRAWINGS = 200

export interface AskedFigure {
  what: string
  seconds: number
}

export interface AskedFigures {
  figures: AskedFigure[]
  /** What a chart of all facts takes once it is condensed. */
  chart: { columns: number; p50Ms: number; p99Ms: number }
}

export function measureAsked(place: Place, history: History): AskedFigures {
  const { live } = history
  const timed = (what: string, ask: () => void): AskedFigure => {
    const fromMs = place.nowMs()
    ask()
    return { what, seconds: (place.nowMs() - fromMs) / 1000 }
  }
  const figures = CONDITIONS.map((text) =>
    timed(text, () => {
      const opened = openScan(live, text)
      if (!opened.ok) throw new Error(opened.problem.sentence)
      opened.value.read()
    }),
  )
  const charts: number[] = []
  for (const text of WATCHES) {
    const opened = openWatch(live, text)
    if (!opened.ok) throw new Error(opened.problem.sentence)
    const { watch } = opened
    figures.push(timed(`chart of ${text}`, () => watch.read()))
    for (let n = 0; n < DRAWINGS; n++) {
      const fromMs = performance.now()
      watch.columns(COLUMNS, history.computedUs)
      charts.push(performance.now() - fromMs)
    }
  }
  figures.push(timed('findings of all kinds', () => new OutcomeReader(live).read()))
  const chart = { columns: COLUMNS, p50Ms: quantile(charts, 0.5), p99Ms: quantile(charts, 0.99) }
  return { figures, chart }
}
