/** Frames from a seek to what is painted, as `paintedFrames.mjs` has counted them on the built product. */

interface Spread {
  p50: number
  p90: number
  p99: number
  max: number
}

export interface Painted {
  seeks: number
  /** The most facts that the run had by then. */
  facts: number
  /** Animation frames, the one in which the hand moves included. */
  frames: Spread
  wallMs: Spread
  /** Tasks of the engine's worker before the drawing, their processor time, and that of the drawing itself. */
  tasksBefore: Spread
  waitMs: Spread
  drawMs: Spread
}

export function paintedTable(painted: Painted): string {
  const { seeks, facts, frames, wallMs, tasksBefore, waitMs, drawMs } = painted
  return [
    `From a seek to the painted frame while ${facts} facts are computed, ${seeks} seeks on the built product`,
    `  frames       ${spreadOf(frames, 0)}, the one in which the hand moves included`,
    `  time         ${spreadOf(wallMs, 1)} ms of the wall's`,
    `  waits for    ${spreadOf(tasksBefore, 0)} tasks of the engine: ${spreadOf(waitMs, 2)} ms of processor time`,
    `  drawing      ${spreadOf(drawMs, 2)} ms of processor time`,
  ].join('\n')
}

function spreadOf({ p50, p90, p99, max }: Spread, digits: number): string {
  const [a, b, c, d] = [p50, p90, p99, max].map((value) => value.toFixed(digits))
  return `p50 ${a}, p90 ${b}, p99 ${c}, max ${d}`
}
