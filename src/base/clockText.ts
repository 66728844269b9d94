/**
 * Simulated time as a person reads, hears and types it: `00:12.400` on the screen, `12.4 seconds` aloud, and
 * `12.4`, `1:02`, `250ms` or `12400000us` in the time field. Exact to the microsecond in both directions.
 */

import { US_PER_MS, US_PER_S } from './time.ts'

const S_PER_MIN = 60
const S_PER_H = 3600

/** `00:12.400`, with microseconds where there are any (`00:12.400250`) unless `coarse`, as while playing. */
export function clockText(timeUs: number, coarse = false): string {
  const wholeS = Math.floor(timeUs / US_PER_S)
  const restUs = timeUs - wholeS * US_PER_S
  const hours = Math.floor(wholeS / S_PER_H)
  const minutes = Math.floor(wholeS / S_PER_MIN) % S_PER_MIN
  const ms = Math.floor(restUs / US_PER_MS)
  const us = restUs % US_PER_MS
  const clock = `${pad(minutes, 2)}:${pad(wholeS % S_PER_MIN, 2)}.${pad(ms, 3)}`
  const fine = us > 0 && !coarse ? pad(us, 3) : ''
  return `${hours > 0 ? `${hours}:` : ''}${clock}${fine}`
}

/** `12.4`: seconds to the millisecond, without idle zeros. */
export function secondsText(timeUs: number): string {
  return String(Math.round(timeUs / US_PER_MS) / 1000)
}

type TimeReading = { timeUs: number; problem?: undefined } | { timeUs?: undefined; problem: string }

const unitUs: Record<string, number> = {
  us: 1,
  µs: 1,
  μs: 1,
  ms: US_PER_MS,
  s: US_PER_S,
  m: S_PER_MIN * US_PER_S,
  min: S_PER_MIN * US_PER_S,
  h: S_PER_H * US_PER_S,
}

const unreadable = { problem: 'Enter a time such as 12.4, 1:02 or 250ms.' }

/** Reads a time of the run; `endUs` is the last one that there is. */
export function readTime(text: string, endUs: number): TimeReading {
  const plain = text.trim().toLowerCase().replaceAll(',', '.')
  const timeUs = plain.includes(':') ? clockUs(plain) : quantitiesUs(plain)
  if (timeUs === null) return unreadable
  if (timeUs > endUs)
    return { problem: `The run ends at ${clockText(endUs)}; enter a time up to then.` }
  return { timeUs }
}

function clockUs(plain: string): number | null {
  const match = /^(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d*)?)$/.exec(plain)
  if (!match) return null
  const [, hours = '0', minutes = '0', seconds = '0'] = match
  if (Number(seconds) >= 60 || (match[1] !== undefined && Number(minutes) >= 60)) return null
  return Math.round(
    (Number(hours) * S_PER_H + Number(minutes) * S_PER_MIN + Number(seconds)) * US_PER_S,
  )
}

/** A number of seconds, or numbers with units: `2m 30s`. */
function quantitiesUs(plain: string): number | null {
  if (/^(\d+\.?\d*|\.\d+)$/.test(plain)) return Math.round(Number(plain) * US_PER_S)
  if (!/^(\s*(\d+\.?\d*|\.\d+)\s*[a-zµμ]+)+$/.test(plain)) return null
  let sumUs = 0
  for (const [, number = '', unit = ''] of plain.matchAll(/([\d.]+)\s*([a-zµμ]+)/g)) {
    const factor = unitUs[unit]
    if (factor === undefined) return null
    sumUs += Number(number) * factor
  }
  return Math.round(sumUs)
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}
