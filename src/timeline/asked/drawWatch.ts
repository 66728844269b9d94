/** Draws a number's course: band and line, a column a pixel or less. */
import type { WatchAnswer } from '../../history/answers.ts'
import type { Palette } from '../../ui/theme.ts'

export interface Range {
  low: number
  high: number
}

/** From 0, or below it where the number goes there, to its greatest value. */
export function rangeOf({ min, max }: WatchAnswer): Range {
  let low = 0
  let high = Number.NEGATIVE_INFINITY
  for (const value of min) if (value < low) low = value
  for (const value of max) if (value > high) high = value
  return { low, high: high > low ? high : low + 1 }
}

interface Box {
  widthPx: number
  heightPx: number
}

export function drawWatch(
  pen: CanvasRenderingContext2D,
  { widthPx, heightPx }: Box,
  palette: Palette,
  { min, max, last }: WatchAnswer,
  { low, high }: Range,
): void {
  const count = last.length
  const x = (column: number) => (column / count) * widthPx
  const y = (value: number) => 2 + (1 - (value - low) / (high - low)) * (heightPx - 4)
  pen.clearRect(0, 0, widthPx, heightPx)
  pen.fillStyle = palette.accent
  pen.globalAlpha = 0.25
  for (let i = 0; i < count; i++) {
    const from = max[i] as number
    if (Number.isNaN(from)) continue
    const top = y(from)
    pen.fillRect(x(i), top, Math.max(1, widthPx / count), Math.max(1, y(min[i] as number) - top))
  }
  pen.globalAlpha = 1
  pen.strokeStyle = palette.accent
  pen.lineWidth = 1.25
  pen.beginPath()
  let drawing = false
  for (let i = 0; i < count; i++) {
    const value = last[i] as number
    if (Number.isNaN(value)) drawing = false
    else {
      const at = y(value)
      if (drawing) pen.lineTo(x(i), at)
      else pen.moveTo(x(i), at)
      pen.lineTo(x(i + 1), at)
      drawing = true
    }
  }
  pen.stroke()
}

/** What it was within a column: one value, or from the least to the greatest and their mean over time. */
export function rangeText({ min, mean, max, unit }: WatchAnswer, column: number): string {
  const [low, middle, high] = [min, mean, max].map((values) =>
    valueText(values[column] ?? Number.NaN, unit),
  )
  return low === high ? `${low}` : `${low} to ${high}, mean ${middle}`
}

/** What it was over the whole run so far. */
export function wholeText({ whole: { min, mean, max }, unit }: WatchAnswer): string {
  if (Number.isNaN(mean)) return ''
  if (unit === 'truth') return `true ${valueText(mean, 'share')} of the time`
  const [low, middle, high] = [min, mean, max].map((value) => valueText(value, unit))
  return `min ${low} · mean ${middle} · max ${high}`
}

/** A value with its unit, rounded to what can be told apart. */
export function valueText(value: number, unit: WatchAnswer['unit']): string {
  if (Number.isNaN(value)) return '–'
  if (unit === 'truth') return value === 1 ? 'true' : 'false'
  if (unit === 'duration')
    return value < 1_000_000 ? `${rounded(value / 1000)} ms` : `${rounded(value / 1e6)} s`
  if (unit === 'share') return `${rounded(value * 100)} %`
  return unit === 'rate' ? `${rounded(value)}/s` : rounded(value)
}

function rounded(value: number): string {
  const digits =
    Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return String(Number(value.toFixed(digits)))
}
