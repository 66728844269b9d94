/** How long things take and how often they come: the shapes that a scenario may name, and their draws. */
import { usFromMs } from '../base/time.ts'
import { exactExp, exactLog } from './exact.ts'
import type { Random } from './random.ts'
import { exponential, normal } from './ziggurat.ts'

/** A duration. Times are simulated milliseconds. */
export type Duration =
  | { kind: 'fixed'; ms: number }
  | { kind: 'uniform'; minMs: number; maxMs: number }
  | { kind: 'exponential'; meanMs: number }
  /** `cv` is the coefficient of variation: standard deviation over mean. */
  | { kind: 'lognormal'; meanMs: number; cv: number }
  /** The given durations in turn, again from the first when they are used up. */
  | { kind: 'trace'; ms: number[] }

/** When things come. */
export type Arrivals =
  /** One after each duration; the first after one duration, or at `firstMs`. */
  | { kind: 'interval'; every: Duration; firstMs?: number; count?: number }
  /** `size` at once, `gapMs` apart, every `everyMs`. */
  | {
      kind: 'bursts'
      size: number
      gapMs: number
      everyMs: number
      firstMs?: number
      count?: number
    }
  /** As `interval` for `onMs`, then silent for `offMs`, and so on. */
  | { kind: 'onOff'; every: Duration; onMs: number; offMs: number; count?: number }
  /** At exactly these moments. */
  | { kind: 'trace'; atMs: number[] }
  /** Never by itself: only when the person acts. */
  | { kind: 'manual' }

/** No draw is longer: thirty years, so that times stay whole numbers however heavy the tail. */
const LONGEST_US = 1e15

/** Draws durations, in microseconds. `turn` counts the draws so far (only `trace` looks at it). */
export function drawUs(duration: Duration, random: Random, turn: number): number {
  switch (duration.kind) {
    case 'fixed':
      return usFromMs(duration.ms)
    case 'uniform':
      return usFromMs(duration.minMs + random.unit() * (duration.maxMs - duration.minMs))
    case 'exponential':
      return usFromMs(duration.meanMs * exponential(random))
    case 'lognormal':
      return Math.min(LONGEST_US, usFromMs(duration.meanMs * lognormal(random, duration.cv)))
    case 'trace':
      return usFromMs(duration.ms[turn % duration.ms.length] ?? 0)
  }
}

/** A draw from the lognormal distribution with mean 1 and coefficient of variation `cv`. */
function lognormal(random: Random, cv: number): number {
  const variance = exactLog(1 + cv * cv)
  return exactExp(Math.sqrt(variance) * normal(random) - variance / 2)
}
