/** Sorted lists of numbers: where a value stands, found by halving. */

/** The first place whose value is not smaller: where a value stands in a sorted list, or would. */
export function placeOf(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
