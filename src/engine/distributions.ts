/** How long things take and how often they come: the shapes that a scenario may name, and their draws. */
import { usFromMs } from '../base/time.ts'
import { exactExp, exactLog } from './exact.ts'
import type { Random } from './random.ts'
import { normal } from './ziggurat.ts'

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

/**
 * Draws durations. All kinds have one shape here, unlike the documents' objects: a simulation draws from
 * many of them with the same code, which V8 keeps fast only while it sees one.
 */
export class Sampler {
  private readonly kind: Duration['kind']
  /** Of a fixed duration, and of a trace in turn. */
  private readonly fixedUs: number
  private readonly traceMs: readonly number[]
  private readonly minMs: number
  private readonly widthMs: number
  private readonly meanMs: number
  /** Of the normal distribution behind a lognormal one. */
  private readonly deviation: number
  private readonly variance: number

  constructor(duration: Duration) {
    const { kind } = duration
    this.kind = kind
    this.fixedUs = kind === 'fixed' ? usFromMs(duration.ms) : 0
    this.traceMs = kind === 'trace' ? duration.ms : []
    this.minMs = kind === 'uniform' ? duration.minMs : 0
    this.widthMs = kind === 'uniform' ? duration.maxMs - duration.minMs : 0
    this.meanMs = kind === 'exponential' || kind === 'lognormal' ? duration.meanMs : 0
    this.variance = kind === 'lognormal' ? exactLog(1 + duration.cv * duration.cv) : 0
    this.deviation = Math.sqrt(this.variance)
  }

  /** The next duration in microseconds. `turn` counts the draws so far (only a trace looks at it). */
  drawUs(random: Random, turn: number): number {
    // Mostly it is this one: on its own it is short enough to be inlined.
    return this.kind === 'exponential' ? this.exponentialUs(random) : this.otherUs(random, turn)
  }

  private exponentialUs(random: Random): number {
    return usFromMs(this.meanMs * random.exponential())
  }

  private otherUs(random: Random, turn: number): number {
    switch (this.kind) {
      case 'fixed':
        return this.fixedUs
      case 'uniform':
        return usFromMs(this.minMs + random.unit() * this.widthMs)
      case 'lognormal':
        return Math.min(LONGEST_US, usFromMs(this.meanMs * this.lognormal(random)))
      case 'trace':
        return usFromMs(this.traceMs[turn % this.traceMs.length] ?? 0)
      default:
        return 0
    }
  }

  /** A draw from the lognormal distribution with mean 1. */
  private lognormal(random: Random): number {
    return exactExp(this.deviation * normal(random) - this.variance / 2)
  }
}

/** Takes no time. */
export const INSTANT = new Sampler({ kind: 'fixed', ms: 0 })
