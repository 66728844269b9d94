/** Simulated time: an integer count of microseconds since the start of the run (exact to 2^53). */
export const US_PER_MS = 1000
export const US_PER_S = 1_000_000

/** Microseconds of a number of milliseconds, rounded to a whole microsecond. */
export function usFromMs(ms: number): number {
  return Math.round(ms * US_PER_MS)
}
