/** Moments, spans and counts as the inspector writes them: exact, tabular, no more digits than are known. */
import { US_PER_MS, US_PER_S } from '../base/time.ts'

const S_PER_MIN = 60
const S_PER_HOUR = 3600

/** A moment of the run: `00:12.400`, hours only where there are some, microseconds only where they say something. */
export function momentText(timeUs: number): string {
  const seconds = Math.floor(timeUs / US_PER_S)
  const hours = Math.floor(seconds / S_PER_HOUR)
  const minutes = Math.floor((seconds % S_PER_HOUR) / S_PER_MIN)
  const restUs = timeUs % US_PER_S
  const fraction =
    restUs % US_PER_MS === 0
      ? digits(restUs / US_PER_MS, 3)
      : `${digits(Math.floor(restUs / US_PER_MS), 3)}${digits(restUs % US_PER_MS, 3)}`
  const clock = `${digits(minutes, 2)}:${digits(seconds % S_PER_MIN, 2)}.${fraction}`
  return hours > 0 ? `${hours}:${clock}` : clock
}

/** How long something takes: `40 µs`, `250 ms`, `1.5 s`, `2 min 5 s`. */
export function spanText(us: number): string {
  if (us < US_PER_MS) return `${trimmed(us, 0)} µs`
  if (us < US_PER_S) return `${trimmed(us / US_PER_MS, us < 10 * US_PER_MS ? 2 : 0)} ms`
  const seconds = us / US_PER_S
  if (seconds < S_PER_MIN) return `${trimmed(seconds, seconds < 10 ? 2 : 1)} s`
  const wholeSeconds = Math.round(seconds)
  if (wholeSeconds < S_PER_HOUR) {
    return joined(Math.floor(wholeSeconds / S_PER_MIN), 'min', wholeSeconds % S_PER_MIN, 's')
  }
  const wholeMinutes = Math.round(seconds / S_PER_MIN)
  return joined(Math.floor(wholeMinutes / S_PER_MIN), 'h', wholeMinutes % S_PER_MIN, 'min')
}

const counts = new Intl.NumberFormat('en')

/** A whole number: `12,345`. */
export function countText(count: number): string {
  return counts.format(count)
}

/** A measured number with its unit: three digits that count, `0.824`, `12.5 /s`. */
export function amountText(value: number, unit = ''): string {
  const size = Math.abs(value)
  const text = Number.isInteger(value)
    ? countText(value)
    : size >= 100
      ? countText(Math.round(value))
      : trimmed(value, size >= 10 ? 1 : size >= 1 ? 2 : 3)
  return unit === '' ? text : `${text} ${value === 1 ? (ONE[unit] ?? unit) : unit}`
}

/** What one of the units that are counted is called. */
const ONE: Readonly<Record<string, string>> = {
  messages: 'message',
  records: 'record',
  events: 'event',
  commands: 'command',
  entries: 'entry',
  streams: 'stream',
  rows: 'row',
  bytes: 'byte',
}

/** `1st`, `2nd`, `3rd`, `4th`, `11th`. */
export function ordinalText(n: number): string {
  const tens = n % 100
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${ending}`
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

function trimmed(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)))
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
