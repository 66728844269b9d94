/**
 * Interleaved rounds: what is compared takes turns, so that whatever else the machine does hits both.
 * A second is one of processor time, all threads of this process together, so that work of others on
 * the machine does not count.
 */

/** Processor time of the whole process, in milliseconds. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** How many messages a second a run got through. */
function rate(run: () => number): number {
  const startMs = processorMs()
  const messages = run()
  return (messages / (processorMs() - startMs)) * 1000
}

/** Rates of each contender, in rounds; the first round warms up and is not counted. */
export function interleave(rounds: number, contenders: readonly (() => number)[]): number[][] {
  const rates: number[][] = contenders.map(() => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const messagesPerSecond = rate(contender)
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
