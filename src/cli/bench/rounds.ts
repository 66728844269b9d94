/**
 * Interleaved rounds: what is compared takes turns, so that whatever else the machine does hits both. What a
 * second is, the place says in which the bench runs.
 */

/** Where the bench runs. */
export interface Place {
  /** `Node v20 …`, `Chromium 156 …, module worker`. */
  name: string
  /** A clock in milliseconds, and what it counts. */
  nowMs(): number
  clock: string
  /** Tells whoever waits how far it is. */
  say(line: string): void
}

/** How many messages a millisecond a run got through. */
function rate(place: Place, run: () => number): number {
  const startMs = place.nowMs()
  const messages = run()
  return messages / (place.nowMs() - startMs)
}

/** Messages a second of each contender, in rounds; the first round warms up and is not counted. */
export function interleave(
  place: Place,
  rounds: number,
  contenders: readonly (() => number)[],
): number[][] {
  const rates: number[][] = contenders.map(() => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const messagesPerSecond = 1000 * rate(place, contender)
      if (round > 0) rates[i]?.push(messagesPerSecond)
    }
  }
  return rates
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Median of the ratios within each round. */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN)))
}
