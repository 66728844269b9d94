/** A producer as its own program needs it, in both languages: when it publishes, and what it does then. */
import { exactLog } from '../../engine/exact.ts'
import type { NodeOf, Scenario } from '../document.ts'
import { type Outlet, outletsOf, type Role } from './plan.ts'
import type { Line } from './program.ts'

/** Whether a role speaks to RabbitMQ: then its own program keeps the run's schedule. */
export function publishesToRabbit(scenario: Scenario, role: Role<'producer'>): boolean {
  return outletsOf(scenario, role).some(isAmqp)
}

/**
 * Whether it publishes to places of pub/sub, to topics of a log or to Redis streams, and to nothing else: its own program
 * keeps the run's schedule too.
 */
export function publishesToPlaces(scenario: Scenario, role: Role<'producer'>): boolean {
  const kinds = new Set(outletsOf(scenario, role).map(({ to }) => to.kind))
  return kinds.size === 1 && [...kinds].every((kind) => PLACES.has(kind))
}

const PLACES: ReadonlySet<string> = new Set([
  'natsServer',
  'redisServer',
  'redisStream',
  'cloudTopic',
  'topic',
])

export function isAmqp({ to }: Outlet): boolean {
  return to.kind === 'exchange' || to.kind === 'queue'
}

/** How it tries again, with what it leaves to the defaults filled in. */
export interface Retry {
  /** Which of the two it answers by one more attempt. */
  refused: boolean
  returned: boolean
  retries: number
  backoffMs: number
  factor: number
  jitter: number
  /** How long after the last message the last attempt may come. */
  longestMs: number
}

/** Null: it gives up what is refused or comes back. */
export function retryOf(producer: NodeOf<'producer'>): Retry | null {
  const { confirms, mandatory, onNack, onReturn } = producer
  const refused = confirms === true && onNack === 'retry'
  const returned = mandatory === true && onReturn === 'retry'
  if (!refused && !returned) return null
  const { retries = 3, backoffMs = 1000, backoffFactor: factor = 2, jitter = 0 } = producer
  let longestMs = 0
  let pauseMs = backoffMs
  for (let i = 0; i < retries; i++) {
    longestMs += pauseMs
    pauseMs *= factor
  }
  return { refused, returned, retries, backoffMs, factor, jitter, longestMs }
}

/** The pauses before messages that come at given moments. */
export function pausesBetween(atMs: readonly number[]): number[] {
  const sorted = atMs.toSorted((a, b) => a - b)
  return sorted.map((at, i) => at - (sorted[i - 1] ?? 0))
}

/** Parameters of the normal distribution behind a lognormal duration in seconds. */
export function lognormalOf(mean: number, cv: number): { mu: number; sigma: number } {
  const variance = exactLog(1 + cv * cv)
  return { mu: exactLog(mean) - variance / 2, sigma: Math.sqrt(variance) }
}

/** The head of the loop over messages, and the pause before each. */
export interface Rhythm {
  before: Line[]
  head: string
  pause: Line[]
}

/** Who publishes by a schedule. */
export type Scheduled = Pick<NodeOf<'producer'>, 'arrivals' | 'firstNumber'>
