/** How the fold view says counts and times. */
import { clockText } from '../base/clockText.ts'
import type { LogName } from '../session/folds.ts'

const counts = new Intl.NumberFormat('en')

export function countText(count: number): string {
  return counts.format(count)
}

export function eventsText(count: number): string {
  return count === 1 ? '1 event' : `${countText(count)} events`
}

/** A moment of the run, or a date of a log from elsewhere, which is told in UTC. */
export function timeText(log: LogName, timeUs: number): string {
  if (log !== 'file') return clockText(timeUs)
  return new Date(Math.floor(timeUs / 1000))
    .toISOString()
    .replace('T', ' ')
    .replace(/\.000Z$|Z$/, '')
}

/** How long something took to be known: `at once`, `800 ms later`, `2.5 s later`. */
export function laterText(us: number): string {
  if (us <= 0) return 'at once'
  if (us < 1_000_000) return `${Math.round(us / 100) / 10} ms later`
  return `${Math.round(us / 10_000) / 100} s later`
}
