/** Kinds of durations and arrivals: their names, how one turns into another, and how a list of times is read. */
import type { Arrivals, Duration } from '../../engine/distributions.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'

export const DURATION_WORDS: Record<Duration['kind'], { name: string; meaning: string }> = {
  fixed: { name: 'fixed', meaning: 'Always the same.' },
  uniform: { name: 'uniform', meaning: 'Anything between two bounds, equally likely.' },
  exponential: {
    name: 'exponential',
    meaning: 'Mostly short, now and then long; how long it took so far says nothing.',
  },
  lognormal: {
    name: 'lognormal',
    meaning: 'Around the mean, with a long tail; CV is standard deviation over mean.',
  },
  trace: { name: 'a list', meaning: 'These durations in turn, then again from the first.' },
}

export const ARRIVAL_WORDS: Record<Arrivals['kind'], { name: string; meaning: string }> = {
  interval: { name: 'at intervals', meaning: 'A message after each interval.' },
  bursts: { name: 'in bursts', meaning: 'Several close together, then a pause.' },
  onOff: { name: 'on and off', meaning: 'At intervals for a while, then silence.' },
  trace: { name: 'as listed', meaning: 'Exactly at these moments.' },
  manual: { name: 'by hand', meaning: 'Never by itself: only when you publish.' },
}

/** The mean, which every kind has. */
export function meanMs(duration: Duration): number {
  switch (duration.kind) {
    case 'fixed':
      return duration.ms
    case 'uniform':
      return (duration.minMs + duration.maxMs) / 2
    case 'exponential':
    case 'lognormal':
      return duration.meanMs
    case 'trace':
      return duration.ms.reduce((sum, ms) => sum + ms, 0) / Math.max(1, duration.ms.length)
  }
}

/** The same mean as another kind, so that changing the kind changes the variation and nothing else. */
export function durationAs(kind: Duration['kind'], duration: Duration): Duration {
  const mean = rounded(meanMs(duration))
  switch (kind) {
    case 'fixed':
      return { kind, ms: mean }
    case 'uniform':
      return { kind, minMs: rounded(mean / 2), maxMs: rounded(mean * 1.5) }
    case 'exponential':
      return { kind, meanMs: Math.max(LIMITS.pauseMinMs, mean) }
    case 'lognormal':
      return { kind, meanMs: Math.max(LIMITS.pauseMinMs, mean), cv: 0.5 }
    case 'trace':
      return { kind, ms: [mean] }
  }
}

/** The same pace as another kind of arrivals. */
export function arrivalsAs(kind: Arrivals['kind'], arrivals: Arrivals): Arrivals {
  const every = intervalOf(arrivals)
  const mean = Math.max(LIMITS.pauseMinMs, rounded(meanMs(every)))
  const count = 'count' in arrivals && arrivals.count !== undefined ? { count: arrivals.count } : {}
  switch (kind) {
    case 'interval':
      return { kind, every, ...count }
    case 'bursts':
      return { kind, size: 5, gapMs: 0, everyMs: rounded(mean * 5), ...count }
    case 'onOff':
      return { kind, every, onMs: rounded(mean * 10), offMs: rounded(mean * 10), ...count }
    case 'trace':
      return { kind, atMs: [mean, rounded(mean * 2), rounded(mean * 3)] }
    case 'manual':
      return { kind }
  }
}

/** Messages a second on average; null where the question has no answer. */
export function ratePerS(arrivals: Arrivals): number | null {
  switch (arrivals.kind) {
    case 'interval':
      return perS(meanMs(arrivals.every))
    case 'bursts':
      return perS(arrivals.everyMs / arrivals.size)
    case 'onOff': {
      const on = perS(meanMs(arrivals.every))
      const wholeMs = arrivals.onMs + arrivals.offMs
      return on === null ? null : (on * arrivals.onMs) / wholeMs
    }
    case 'trace':
    case 'manual':
      return null
  }
}

export type TimesReading =
  | { ms: number[]; problem?: undefined }
  | { ms?: undefined; problem: string }

/** Numbers of milliseconds as a person types them: `120, 80 200`. */
export function readTimes(text: string, least: number): TimesReading {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  if (words.length < least) return { problem: 'Enter at least one number of milliseconds.' }
  if (words.length > LIMITS.traceEntries) {
    return { problem: `Enter at most ${LIMITS.traceEntries} numbers; there are ${words.length}.` }
  }
  const ms = words.map(Number)
  const wrong = ms.findIndex((value) => !(value >= 0 && value <= LIMITS.delayMs))
  if (wrong >= 0) {
    return {
      problem: `Enter numbers of milliseconds from 0 to ${LIMITS.delayMs}; "${words[wrong]}" is none.`,
    }
  }
  return { ms }
}

function intervalOf(arrivals: Arrivals): Duration {
  switch (arrivals.kind) {
    case 'interval':
    case 'onOff':
      return arrivals.every
    case 'bursts':
      return { kind: 'fixed', ms: rounded(arrivals.everyMs / arrivals.size) }
    case 'trace':
    case 'manual':
      return { kind: 'fixed', ms: 1000 }
  }
}

function perS(ms: number): number | null {
  return ms > 0 ? 1000 / ms : null
}

/** To the microsecond, the clock's unit. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
