/** Where a moment lies on the track, how far keys move, and which moments the ruler names. */

import { clockText, secondsText } from '../base/clockText.ts'
import { US_PER_MS, US_PER_S } from '../base/time.ts'

/** From 0 at the start of the run to 1 at its end. */
export function fractionOf(timeUs: number, endUs: number): number {
  return endUs > 0 ? Math.min(1, Math.max(0, timeUs / endUs)) : 0
}

/** The moment under a point, as round as one pixel can tell: 24.12 s, not 24.123456 s. */
export function momentAt(offsetPx: number, widthPx: number, endUs: number): number {
  if (widthPx <= 0) return 0
  const timeUs = fractionOf(offsetPx, widthPx) * endUs
  let roundUs = 1
  while (roundUs * 10 <= endUs / widthPx) roundUs *= 10
  return Math.min(endUs, Math.round(timeUs / roundUs) * roundUs)
}

/** PageUp and PageDown: ten seconds, or a tenth of a run that is shorter than a hundred. */
export function pageUs(endUs: number): number {
  return Math.max(1, Math.min(10 * US_PER_S, Math.round(endUs / 10)))
}

const stepsUs = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((ms) => ms * US_PER_MS),
  ...[1, 2, 5, 10, 30, 60, 120, 300, 600, 1800].map((s) => s * US_PER_S),
  ...[1, 2, 6, 12, 24, 48, 120, 240, 480].map((h) => h * 3600 * US_PER_S),
]

export interface Tick {
  timeUs: number
  /** Empty for the hairlines between two names. */
  label: string
}

/** Hairlines at round moments, the wider ones with names; never closer than a name needs. */
export function ruler(endUs: number, widthPx: number): Tick[] {
  if (endUs <= 0 || widthPx <= 0) return []
  const fitting = (px: number) => stepsUs.find((us) => (us / endUs) * widthPx >= px) ?? endUs
  // `14:00:00` is wider than `14 s`, and the last name stands left of its hairline.
  const namedUs = fitting(endUs < 3600 * US_PER_S ? 72 : 96)
  const stepUs = finest(namedUs, (us) => (us / endUs) * widthPx >= 8)
  const ticks: Tick[] = []
  for (let timeUs = 0; timeUs <= endUs; timeUs += stepUs) {
    ticks.push({ timeUs, label: timeUs % namedUs === 0 ? tickText(timeUs, namedUs) : '' })
  }
  return ticks
}

/** The finest division of a named step into ten, five or two that still can be told apart. */
function finest(namedUs: number, fits: (us: number) => boolean): number {
  const divisions = [10, 5, 2].map((parts) => namedUs / parts)
  return divisions.find((us) => Number.isInteger(us) && fits(us)) ?? namedUs
}

function tickText(timeUs: number, stepUs: number): string {
  if (timeUs === 0) return '0'
  if (stepUs < US_PER_MS) return `${timeUs} µs`
  if (timeUs < US_PER_S) return `${timeUs / US_PER_MS} ms`
  if (timeUs < 60 * US_PER_S) return `${secondsText(timeUs)} s`
  return clockText(timeUs)
    .replace(/\.000$/, '')
    .replace(/^0/, '')
}
