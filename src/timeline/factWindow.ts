/**
 * The part of the fact log that is on the page. A run may have millions of facts; the page holds a few hundred lines
 * around where the reader is, knows which span of facts they cover, and asks for more at either edge.
 */
import { SCAN_MAX } from '../history/answers.ts'
import type { FactLine } from '../session/session.ts'

export interface FactWindow {
  /** In the order of the run; what the filter leaves out is missing. */
  lines: readonly FactLine[]
  /** Every matching fact from `from` (inclusive) to `to` (exclusive) is among the lines. */
  from: number
  to: number
}

/** Most lines on the page; beyond it the far edge is given up. */
export const LINES_MAX = 240
/** Lines asked for at an edge. */
export const PAGE = 80
/** Lines of the future that a window around the playhead shows. */
export const AHEAD = 30

export const emptyWindow: FactWindow = { lines: [], from: 0, to: 0 }

/** A window around a fact: what was asked for before and after it, in a run of `factCount` facts or more by then. */
export function windowAround(
  factIndex: number,
  before: readonly FactLine[],
  after: readonly FactLine[],
  factCount: number,
): FactWindow {
  const base = { lines: [], from: factIndex, to: factIndex }
  return withLater(withEarlier(base, before, PAGE), after, AHEAD, factCount)
}

/** Adds the answer to `limit` lines before the window; with fewer, all that were looked at are covered. */
export function withEarlier(
  window: FactWindow,
  earlier: readonly FactLine[],
  limit: number,
): FactWindow {
  const lines = [...earlier, ...window.lines]
  const lookedTo = Math.max(0, window.from - SCAN_MAX)
  const from = earlier.length < limit ? lookedTo : (earlier[0]?.index ?? lookedTo)
  if (lines.length <= LINES_MAX) return { lines, from, to: window.to }
  const kept = lines.slice(0, LINES_MAX)
  return { lines: kept, from, to: (kept.at(-1)?.index ?? from) + 1 }
}

/** Adds the answer to `limit` lines after the window, from a run that had `factCount` facts or more by then. */
export function withLater(
  window: FactWindow,
  later: readonly FactLine[],
  limit: number,
  factCount: number,
): FactWindow {
  const lines = [...window.lines, ...later]
  const lastTo = (later.at(-1)?.index ?? window.to - 1) + 1
  const lookedTo = Math.min(factCount, window.to + SCAN_MAX)
  const to = later.length < limit ? Math.max(lastTo, lookedTo) : lastTo
  if (lines.length <= LINES_MAX) return { lines, from: window.from, to }
  const kept = lines.slice(-LINES_MAX)
  return { lines: kept, from: kept[0]?.index ?? to, to }
}

/** Position of the last line at or before the playhead; -1 if all of them are still to come. */
export function currentPosition(lines: readonly FactLine[], factIndex: number): number {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.index ?? 0) < factIndex) low = middle + 1
    else high = middle
  }
  return low - 1
}

type NextQuestion = 'around' | 'earlier' | 'later' | null

/** What to ask so that the playhead is inside, with lines to see on both sides of it. */
export function nextQuestion(
  window: FactWindow,
  factIndex: number,
  factCount: number,
): NextQuestion {
  if (factIndex < window.from || factIndex > window.to) return 'around'
  const before = currentPosition(window.lines, factIndex) + 1
  if (before < AHEAD && window.from > 0) return 'earlier'
  const after = window.lines.length - before
  return after < AHEAD / 2 && window.to < factCount ? 'later' : null
}
